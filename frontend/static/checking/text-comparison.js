/** Whether a printed text is as a test expects it: the ways of comparing of docs/exercise-format.md. */

/** @typedef {"exact"|"lines"|"words"|"numbers"|"contains"|"regex"} CompareMode */

/** A careless pattern takes time that grows far faster than the text, so that it sees no more characters than these. */
export const MAX_PATTERN_TEXT = 20_000;
// What a difference of two floats is itself off by: 0.301 is within 0.001 of 0.3.
const FLOAT_NOISE = 1e-15;
// Whole numbers with more digits are the same to a float though they differ.
const MOST_DIGITS = 15;
const NUMBERS = /(?<![\p{L}\p{N}_.])[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?|\d+(?:\.\d+)?(?:e[-+]?\d+)?/gu;

/**
 * @param {CompareMode} mode
 * @param {string} expected
 * @param {string} actual
 * @param {number} tolerance for `numbers`: how far one may be off
 * @returns {boolean}
 * @throws {SyntaxError} `expected` is no regular expression, with the mode `regex`
 */
export function isAsExpected(mode, expected, actual, tolerance) {
  switch (mode) {
    case "exact":
      return withoutLastLineEnd(expected) === withoutLastLineEnd(actual);
    case "lines":
      return linesOf(expected).join("\n") === linesOf(actual).join("\n");
    case "words":
      return wordsOf(expected).join(" ") === wordsOf(actual).join(" ");
    case "numbers":
      return haveSameWords(wordsOf(expected), wordsOf(actual), tolerance);
    case "contains":
      return firstMissingLine(expected, actual) === null;
    case "regex":
      return new RegExp(expected, "su").test(unixLines(actual).slice(0, MAX_PATTERN_TEXT));
  }
  throw new TypeError(`There is no way of comparing named ${mode}.`);
}

/** The lines that count: without white space at their ends, without empty ones at the end. */
export function linesOf(text) {
  const lines = unixLines(text).normalize("NFC").split("\n");
  const trimmed = lines.map((line) => line.trimEnd());
  while (trimmed.length > 0 && trimmed.at(-1) === "") trimmed.pop();
  return trimmed;
}

/** The words, without regard to case. */
export function wordsOf(text) {
  return plain(text).split(" ").filter(Boolean);
}

/**
 * A word taken apart, once, for many comparisons.
 * @typedef {{word: string, frame: string, numbers: string[]}} ReadWord `frame`: the word with 0 for each of its numbers
 */

/** @returns {ReadWord} */
export function readWord(word) {
  return { word, frame: word.replace(NUMBERS, "0"), numbers: word.match(NUMBERS) ?? [] };
}

/** Whether two words are the same but for their numbers, and those within `tolerance`. */
export function isSameWord(expected, actual, tolerance) {
  if (expected.word === actual.word) return true;
  if (expected.frame !== actual.frame || expected.numbers.length !== actual.numbers.length) return false;
  return expected.numbers.every((number, index) => areNear(number, actual.numbers[index], tolerance));
}

/** The first line of `expected`, as written, that does not occur in `actual` after those before it; null when all do. */
export function firstMissingLine(expected, actual) {
  const text = plain(actual);
  let from = 0;
  for (const line of unixLines(expected).split("\n")) {
    const wanted = plain(line);
    const at = text.indexOf(wanted, from);
    if (at < 0) return line;
    from = at + wanted.length;
  }
  return null;
}

/** Text with the line ends of Unix, whichever system it was written on. */
export function unixLines(text) {
  return text.replaceAll("\r\n", "\n");
}

function withoutLastLineEnd(text) {
  return unixLines(text).replace(/\n$/, "");
}

function plain(text) {
  return text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();
}

function haveSameWords(expected, actual, tolerance) {
  if (expected.length !== actual.length) return false;
  return expected.every(
    (word, index) => word === actual[index] || isSameWord(readWord(word), readWord(actual[index]), tolerance),
  );
}

function areNear(expected, actual, tolerance) {
  if (expected === actual) return true;
  if ([expected, actual].every((number) => number.length > MOST_DIGITS && /^[-+]?\d+$/.test(number))) return false;
  const [one, other] = [Number(expected), Number(actual)];
  if (!Number.isFinite(one) || !Number.isFinite(other)) return one === other;
  return Math.abs(one - other) <= tolerance + FLOAT_NOISE * Math.max(1, Math.abs(one), Math.abs(other));
}
