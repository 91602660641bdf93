/** How far an arrow key moves a divider, in pixels; with Shift, the second. */
export const STEP_PX = 16;
export const BIG_STEP_PX = 80;

const MIN_SHARE = 1;
const MAX_SHARE = 99;

/**
 * The size that a key asks for, or null for a key that moves nothing.
 *
 * @param {{key: string, shiftKey: boolean}} event
 * @param {{axis: "x" | "y", grows: 1 | -1, size: number, total: number}} place as `Splitter` measures it
 */
export function sizeAfterKey({ key, shiftKey }, { axis, grows, size, total }) {
  if (key === "Home") return 0;
  if (key === "End") return total;
  const direction = { x: { ArrowLeft: -1, ArrowRight: 1 }, y: { ArrowUp: -1, ArrowDown: 1 } }[axis][key];
  if (direction === undefined) return null;
  return within(size + direction * grows * (shiftKey ? BIG_STEP_PX : STEP_PX), total);
}

/** The size after the divider was dragged `delta` pixels to the right or down. */
export function sizeAfterDrag(delta, { grows, size, total }) {
  return within(size + delta * grows, total);
}

/** Whole percent of `size` in `total`, 0 where there is no room at all. */
export function percentOf(size, total) {
  return total > 0 ? Math.round((within(size, total) / total) * 100) : 0;
}

/** The share of `size` in `total` as a number of `fr`, one decimal, never so small that its part cannot be had back. */
export function shareOf(size, total) {
  const share = total > 0 ? (size / total) * 100 : 50;
  return Math.round(Math.min(MAX_SHARE, Math.max(MIN_SHARE, share)) * 10) / 10;
}

function within(size, total) {
  return Math.min(Math.max(size, 0), Math.max(total, 0));
}
