/** The rows of a text difference where texts are compared word by word: the printed words stand beside their expected line. */

import { align } from "./alignment.js";
import { isSameWord, readWord } from "./text-comparison.js";

const MAX_WORDS = 600; // of each text, from the first difference on
const MAX_ROWS = 120; // more than anybody reads
const MAX_WORDS_BEFORE = 40;

/**
 * @param {string} left
 * @param {string} right
 * @param {number} tolerance how far numbers may be off
 * @returns {{rows: import("./difference-lines.js").Row[], skippedCount: number, hasMore: boolean}}
 */
export function readWordLines(left, right, tolerance) {
  const [one, other] = [new Words(left), new Words(right)];
  let [expected, actual] = [one.next(), other.next()];
  const isSame = (a, b) => a.text === b.text || isSameWord(read(a), read(b), tolerance);
  // The words that are the same in the line where the first difference is, so that it is seen in its place
  let before = [];
  while (expected && actual && isSame(expected, actual)) {
    if (expected.isFirst) before = [];
    if (before.length >= MAX_WORDS_BEFORE) before.shift();
    before.push([expected, actual]);
    [expected, actual] = [one.next(), other.next()];
  }
  const [leftWords, rightWords] = [one.collect(expected, MAX_WORDS), other.collect(actual, MAX_WORDS)];
  const pairs = [...before, ...align(leftWords, rightWords, isSame)];
  const skippedCount = (before[0]?.[0] ?? expected)?.line ?? 0;
  const rows = rowsOf(pairs);
  return {
    rows: rows.slice(0, MAX_ROWS),
    skippedCount,
    hasMore: one.hasMore || other.hasMore || rows.length > MAX_ROWS,
  };
}

function read(word) {
  word.read ??= readWord(word.text.normalize("NFC").toLowerCase());
  return word.read;
}

/** The words of a text one after the other, each with the number of its line. */
class Words {
  hasMore = false;
  #text;
  #at = 0;
  #line = 0;
  #lastLine = -1;

  constructor(text) {
    this.#text = text;
  }

  next() {
    const text = this.#text;
    while (this.#at < text.length && isSpace(text, this.#at)) {
      if (text.charCodeAt(this.#at) === 10) this.#line += 1;
      this.#at += 1;
    }
    const start = this.#at;
    while (this.#at < text.length && !isSpace(text, this.#at)) this.#at += 1;
    if (start === this.#at) return null;
    const word = { text: text.slice(start, this.#at), line: this.#line, isFirst: this.#line !== this.#lastLine };
    this.#lastLine = this.#line;
    return word;
  }

  collect(first, most) {
    const words = [];
    let word = first;
    for (; word !== null && words.length < most; word = this.next()) words.push(word);
    this.hasMore = word !== null;
    return words;
  }
}

function isSpace(text, at) {
  const code = text.charCodeAt(at);
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/u.test(text[at]);
}

function rowsOf(pairs) {
  const rows = [];
  let line = null;
  for (const [expected, actual] of pairs) {
    if (rows.length === 0 || (expected !== null && line !== null && expected.line !== line)) {
      rows.push({ kind: "same", expected: [], actual: [] });
    }
    if (expected !== null) line = expected.line;
    const row = rows.at(-1);
    const isMarked = expected === null || actual === null;
    if (expected !== null) add(row.expected, expected.text, isMarked);
    if (actual !== null) add(row.actual, actual.text, isMarked);
    if (isMarked) row.kind = "changed";
  }
  return rows.map(named);
}

function add(segments, text, isMarked) {
  const last = segments.at(-1);
  if (last?.isMarked === isMarked) last.text += ` ${text}`;
  else if (last === undefined) segments.push({ text, isMarked });
  else {
    // The space between a marked word and another is not marked.
    if (isMarked) last.text += " ";
    segments.push({ text: isMarked ? text : ` ${text}`, isMarked });
  }
}

function named(row) {
  if (row.actual.length === 0) return { kind: "missing", expected: row.expected, actual: null };
  if (row.expected.length === 0) return { kind: "extra", expected: null, actual: row.actual };
  return row;
}
