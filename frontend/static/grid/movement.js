/**
 * Where a key leads in a grid, as in a spreadsheet: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 *
 * @typedef {{row: number, column: number}} Place
 */

const PAGE_ROWS = 10;

/** The keys that look for the next cell of a kind, and for the one before. */
const SEARCHES = {
  n: { kinds: ["claimed"], step: 1 },
  p: { kinds: ["claimed"], step: -1 },
  s: { kinds: ["stuck"], step: 1 },
};

const STEPS = {
  ArrowUp: (place) => ({ ...place, row: place.row - 1 }),
  ArrowDown: (place) => ({ ...place, row: place.row + 1 }),
  ArrowLeft: (place) => ({ ...place, column: place.column - 1 }),
  ArrowRight: (place) => ({ ...place, column: place.column + 1 }),
  PageUp: (place) => ({ ...place, row: place.row - PAGE_ROWS }),
  PageDown: (place) => ({ ...place, row: place.row + PAGE_ROWS }),
  Home: (place, _size, isCtrl) => ({ row: isCtrl ? 0 : place.row, column: 0 }),
  End: (place, size, isCtrl) => ({ row: isCtrl ? size.rows - 1 : place.row, column: size.columns - 1 }),
};

/**
 * @param {{key: string, ctrlKey: boolean}} press
 * @param {Place} place where the focus is
 * @param {string[][]} states of the cells that are shown, row by row
 * @returns {Place | null} null where the key means nothing here
 */
export function moved({ key, ctrlKey }, place, states) {
  const size = { rows: states.length, columns: states[0]?.length ?? 0 };
  if (SEARCHES[key] && !ctrlKey) return found(SEARCHES[key], place, states, size);
  const next = STEPS[key]?.(place, size, ctrlKey);
  return next ? { row: within(next.row, size.rows), column: within(next.column, size.columns) } : null;
}

/** Down one column after the other, as one marks, and round to where it began. */
function found({ kinds, step }, place, states, { rows, columns }) {
  const count = rows * columns;
  for (let distance = 1; distance <= count; distance += 1) {
    const index = (place.column * rows + place.row + step * distance + count * 2) % count;
    const at = { row: index % rows, column: Math.floor(index / rows) };
    if (kinds.includes(states[at.row][at.column])) return at;
  }
  return place;
}

function within(number, size) {
  return Math.min(Math.max(number, 0), size - 1);
}
