import { presentableDiff } from "../vendor/codemirror-merge.js";

/**
 * Where two texts differ, by words rather than letters.
 * @param {string} before
 * @param {string} after
 * @returns {{before: [number, number][], after: [number, number][]}} ranges of each text, in order
 */
export function textChanges(before, after) {
  const changes = presentableDiff(before, after, { scanLimit: 500, timeout: 300 });
  const ranges = (from, to) => changes.map((change) => [change[from], change[to]]).filter(([a, b]) => a < b);
  return { before: ranges("fromA", "toA"), after: ranges("fromB", "toB") };
}
