/** The table of the class grid in the page: moving in it by keys, and taking over what a newer one says. */
import { moved } from "../grid/movement.js";

/** The rows that are shown, each a list of its cells. */
function cellsOf(table) {
  return [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [...row.cells].slice(2));
}

/** What the focus stands on in a cell: its link, or where there is none the cell. */
function stopOf(cell) {
  return cell.querySelector("a") ?? cell;
}

/** Makes the table one stop of the Tab key, in which arrow keys move. */
export function wireKeys(table) {
  table.setAttribute("role", "grid");
  const rows = cellsOf(table);
  for (const cell of rows.flat()) stopOf(cell).tabIndex = -1;
  if (rows[0]?.[0]) stopOf(rows[0][0]).tabIndex = 0;
  table.addEventListener("keydown", (event) => move(table, event));
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("tbody td[data-state]");
    if (cell) makeStop(table, cell);
  });
}

function move(table, event) {
  const from = event.target.closest("tbody td[data-state]");
  if (!from || event.altKey || event.metaKey) return;
  const rows = cellsOf(table);
  const row = rows.findIndex((cells) => cells.includes(from));
  const states = rows.map((cells) => cells.map((cell) => cell.dataset.state));
  const to = moved(event, { row, column: rows[row].indexOf(from) }, states);
  if (!to) return;
  event.preventDefault();
  focusCell(rows[to.row][to.column]);
}

function focusCell(cell) {
  const stop = stopOf(cell);
  stop.tabIndex = 0;
  stop.focus();
  stop.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function makeStop(table, cell) {
  for (const other of table.querySelectorAll('tbody td [tabindex="0"], tbody td[tabindex="0"]')) other.tabIndex = -1;
  stopOf(cell).tabIndex = 0;
}

/**
 * Brings the cells up to date with those of a newer table; order, focus and what is hidden stay.
 * @returns {number} how many cells changed, or -1 where students or exercises are others than before
 */
export function takeOver(table, newer) {
  const newRows = new Map([...newer.tBodies[0].rows].map((row) => [row.dataset.row, row]));
  const rows = [...table.tBodies[0].rows];
  const isOther = rows.length !== newRows.size || rows.some((row) => !newRows.has(row.dataset.row));
  if (isOther || table.dataset.columns !== newer.dataset.columns) return -1;
  table.dataset.change = newer.dataset.change;
  table.tFoot.replaceWith(document.adoptNode(newer.tFoot));
  let count = 0;
  for (const row of rows) {
    const cells = [...newRows.get(row.dataset.row).cells];
    [...row.cells].forEach((cell, index) => {
      const isChanged = index > 0 && refresh(cell, cells[index]);
      cell.classList.toggle("fresh", isChanged);
      if (isChanged && index > 1) count += 1;
    });
  }
  return count;
}

function refresh(cell, newer) {
  if (said(cell) === said(newer)) return false;
  const before = stopOf(cell);
  const hadFocus = before === document.activeElement;
  const tabIndex = before.tabIndex;
  cell.removeAttribute("tabindex");
  if (newer.dataset.state) cell.dataset.state = newer.dataset.state;
  cell.replaceChildren(...[...newer.childNodes].map((node) => document.adoptNode(node)));
  if (newer.dataset.state || cell.dataset.state) stopOf(cell).tabIndex = tabIndex;
  if (hadFocus) stopOf(cell).focus({ preventScroll: true });
  return true;
}

function said(cell) {
  const inner = cell.firstElementChild;
  return [cell.dataset.state, cell.textContent, inner?.title, inner?.getAttribute("href")].join("|");
}
