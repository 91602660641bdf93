/**
 * A readable difference of an expected and a printed text, as plain data for whoever draws it.
 *
 * @typedef {object} Difference
 * @property {import("./difference-lines.js").Row[]} rows
 * @property {number} first index of the first row that differs, or -1
 * @property {boolean} isOnlyWhiteSpace nothing else differs in these rows; what is marked then shows it: · → ↵
 * @property {boolean} hasMore the texts go on after the last row
 */

import { readLines, startOfDifference } from "./difference-lines.js";
import { readWordLines } from "./difference-words.js";
import { unixLines } from "./text-comparison.js";

const CONTEXT = 3; // lines that are the same, before and after those that differ
const MAX_LINE = 400; // characters of a line, around its first difference
const BEFORE_MARK = 60;
const WHITE_SPACE = { " ": "·", "\t": "→", "\r": "␍", "\u00a0": "⍽" };

/**
 * @param {string} expected
 * @param {string} actual
 * @param {import("./text-comparison.js").CompareMode} mode how the two were compared: what did not count is not marked.
 *   `contains` and `regex` have no two sides that belong together; for them lines are compared.
 * @param {number} [tolerance] as in the test
 * @returns {Difference}
 */
export function textDifference(expected, actual, mode, tolerance = 0) {
  const [left, right] = [unixLines(expected), unixLines(actual)];
  const isByWord = mode === "words" || mode === "numbers";
  const { rows, skippedCount, hasMore } = isByWord
    ? readWordLines(left, right, mode === "numbers" ? tolerance : 0)
    : readLines(left, right, startOfDifference(left, right, mode), mode, CONTEXT);
  const isOnlyWhiteSpace = !isByWord && rows.some(differs) && rows.filter(differs).every(isWhiteSpace);
  const shown = folded(rows, skippedCount).map((row) => cut(isOnlyWhiteSpace ? withVisibleSpace(row) : row));
  return { rows: shown, first: shown.findIndex(differs), isOnlyWhiteSpace, hasMore };
}

function differs(row) {
  return row.kind !== "same" && row.kind !== "skipped";
}

function isWhiteSpace({ expected, actual }) {
  const [left, right] = [expected, actual].map((side) => textOf(side).replace(/\s+/gu, ""));
  return left === right;
}

function textOf(segments) {
  return (segments ?? []).map((segment) => segment.text).join("");
}

/** The rows with one `skipped` for each long stretch of lines that are the same. */
function folded(rows, skippedCount) {
  const isNear = rows.map(() => false);
  rows.forEach((row, index) => {
    if (differs(row)) isNear.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const shown = skippedCount > 0 ? [skipped(skippedCount)] : [];
  rows.forEach((row, index) => {
    if (isNear[index]) shown.push(row);
    else if (shown.at(-1)?.kind === "skipped") shown.at(-1).count += 1;
    else shown.push(skipped(1));
  });
  return shown;
}

function skipped(count) {
  return { kind: "skipped", expected: null, actual: null, count };
}

function withVisibleSpace(row) {
  const show = (segments) => {
    const marked = segments?.map(({ text, isMarked }) => ({
      text: isMarked ? text.replace(/[ \t\r\u00a0]/g, (space) => WHITE_SPACE[space]) : text,
      isMarked,
    }));
    return marked?.length === 0 && differs(row) ? [{ text: "↵", isMarked: true }] : (marked ?? null);
  };
  return { ...row, expected: show(row.expected), actual: show(row.actual) };
}

/** A row whose sides are short enough to read, each with its first mark in sight. */
function cut(row) {
  return { ...row, expected: row.expected && cutSide(row.expected), actual: row.actual && cutSide(row.actual) };
}

function cutSide(segments) {
  const length = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= MAX_LINE) return segments;
  const marked = segments.findIndex((segment) => segment.isMarked);
  const before = segments.slice(0, Math.max(0, marked)).reduce((sum, { text }) => sum + text.length, 0);
  const from = Math.max(0, Math.min(before - BEFORE_MARK, length - MAX_LINE));
  const shown = [];
  let at = 0;
  for (const { text, isMarked } of segments) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, from + MAX_LINE - at));
    if (part) shown.push({ text: part, isMarked });
    at += text.length;
  }
  if (from > 0) shown.unshift({ text: "…", isMarked: false });
  if (from + MAX_LINE < length) shown.push({ text: "…", isMarked: false });
  return shown;
}
