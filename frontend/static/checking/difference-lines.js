/**
 * The rows of a text difference where texts are compared line by line.
 *
 * @typedef {{text: string, isMarked: boolean}} Segment marked: this differs
 * @typedef {object} Row the two sides of one line
 * @property {"same"|"changed"|"missing"|"extra"|"skipped"} kind missing: expected and not printed; extra: the other way
 *   about; skipped: `count` lines that are the same on both sides
 * @property {Segment[]|null} expected null where this side has no such line
 * @property {Segment[]|null} actual
 * @property {number} [count]
 */

import { align } from "./alignment.js";

const MAX_LINES = 120; // of each text, from shortly before the first difference: more than anybody reads
const MAX_CHARACTERS = 100_000;

/**
 * Where the first line begins that differs, in each text: nothing before it needs to be looked at again.
 * @returns {[number, number]}
 */
export function startOfDifference(left, right, mode) {
  const most = Math.min(left.length, right.length);
  let same = 0;
  while (same < most && left.charCodeAt(same) === right.charCodeAt(same)) same += 1;
  const start = same === 0 ? 0 : left.lastIndexOf("\n", same - 1) + 1;
  let [leftAt, rightAt] = [start, start];
  // What differs may be white space that does not count.
  while (leftAt < left.length && rightAt < right.length) {
    const [leftEnd, rightEnd] = [endOfLine(left, leftAt), endOfLine(right, rightAt)];
    if (!isSameLine(left.slice(leftAt, leftEnd), right.slice(rightAt, rightEnd), mode)) break;
    [leftAt, rightAt] = [leftEnd + 1, rightEnd + 1];
  }
  return [Math.min(leftAt, left.length), Math.min(rightAt, right.length)];
}

/**
 * @param {string} left
 * @param {string} right
 * @param {[number, number]} starts from startOfDifference
 * @param {string} mode
 * @param {number} context how many lines before the difference are among the rows
 * @returns {{rows: Row[], skippedCount: number, hasMore: boolean}}
 */
export function readLines(left, right, [leftStart, rightStart], mode, context) {
  const [one, other] = [
    excerpt(left, backward(left, leftStart, context)),
    excerpt(right, backward(right, rightStart, context)),
  ];
  if (mode !== "exact") [one, other].forEach(dropEmptyEnd);
  const pairs = align(one.lines, other.lines, (a, b) => isSameLine(a, b, mode));
  const hasMore = one.isCut || other.isCut;
  return { rows: paired(pairs).map((pair) => rowOf(pair, mode)), skippedCount: countLines(left, one.from), hasMore };
}

function isSameLine(one, other, mode) {
  return one === other || (mode !== "exact" && one.trimEnd().normalize("NFC") === other.trimEnd().normalize("NFC"));
}

function endOfLine(text, from) {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function backward(text, from, count) {
  let at = from;
  for (let line = 0; line < count && at > 0; line += 1) at = at === 1 ? 0 : text.lastIndexOf("\n", at - 2) + 1;
  return at;
}

function excerpt(text, from) {
  const lines = text.slice(from, from + MAX_CHARACTERS).split("\n");
  const isCut = from + MAX_CHARACTERS < text.length || lines.length > MAX_LINES;
  if (!isCut && lines.at(-1) === "") lines.pop(); // the line end at the very end begins no line
  return { from, lines: lines.slice(0, MAX_LINES), isCut };
}

function dropEmptyEnd({ lines, isCut }) {
  while (!isCut && lines.at(-1)?.trimEnd() === "") lines.pop();
}

function countLines(text, end) {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** The pairs with each line that is missing beside one that is there in its place, where there is such a one. */
function paired(pairs) {
  const result = [];
  let [missing, extra] = [[], []];
  const flush = () => {
    for (let at = 0; at < Math.max(missing.length, extra.length); at += 1) {
      result.push([missing[at] ?? null, extra[at] ?? null, false]);
    }
    [missing, extra] = [[], []];
  };
  for (const [one, other] of pairs) {
    if (one !== null && other !== null) {
      flush();
      result.push([one, other, true]);
    } else if (one !== null) missing.push(one);
    else extra.push(other);
  }
  flush();
  return result;
}

function rowOf([one, other, isSame], mode) {
  if (isSame) return { kind: "same", expected: plain(one), actual: plain(other) };
  if (other === null) return { kind: "missing", expected: marked(one), actual: null };
  if (one === null) return { kind: "extra", expected: null, actual: marked(other) };
  const [left, right] = mode === "exact" ? [one, other] : [one.trimEnd(), other.trimEnd()];
  return { kind: "changed", ...splitAtDifference(left, right) };
}

function splitAtDifference(left, right) {
  const [one, other] = [Array.from(left), Array.from(right)];
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const segments = (characters) => [
    ...plain(characters.slice(0, start).join("")),
    ...marked(characters.slice(start, characters.length - end).join("")),
    ...plain(characters.slice(characters.length - end).join("")),
  ];
  return { expected: segments(one), actual: segments(other) };
}

function plain(text) {
  return text ? [{ text, isMarked: false }] : [];
}

function marked(text) {
  return text ? [{ text, isMarked: true }] : [];
}
