/**
 * Python values as tagged JSON, as python/checking/values.py writes them: checked, compared, and shown as Python.
 * @typedef {[string, ...any]} Tagged
 */

const MAX_DEPTH = 70;
const MAX_PARTS = 60_000;
const MAX_UNORDERED = 200; // elements of sets, keys of dictionaries, that only a tolerance can pair
const NUMBER = /^(?:-?\d+(?:\.\d+)?(?:e[-+]\d+)?|-?inf|nan)$/;
const INTEGER = /^-?(?:\d+|0x[\da-f]+)$/;
const SEQUENCES = { list: ["[", "]"], tuple: ["(", ")"], set: ["{", "}"], frozenset: ["frozenset({", "})"] };
const UNORDERED = new Set(["set", "frozenset"]);

/** Whether anything at all is a tagged value, within the limits that values.py keeps. */
export function isTagged(value) {
  const budget = { parts: MAX_PARTS };
  return isTaggedWithin(value, budget, MAX_DEPTH);
}

function isTaggedWithin(value, budget, depth) {
  budget.parts -= 1;
  if (!Array.isArray(value) || budget.parts < 0 || depth < 0) return false;
  const isInside = (part) => isTaggedWithin(part, budget, depth - 1);
  const [tag, first, second] = value;
  if (tag === "none") return value.length === 1;
  if (tag === "complex" || tag === "other") {
    const isPart = (text) => typeof text === "string" && (tag === "other" || NUMBER.test(text));
    return value.length === 3 && isPart(first) && isPart(second);
  }
  if (value.length !== 2) return false;
  if (tag === "bool") return typeof first === "boolean";
  if (tag === "int") return typeof first === "string" && INTEGER.test(first);
  if (tag === "float") return typeof first === "string" && NUMBER.test(first);
  if (tag === "str" || tag === "bytes") return typeof first === "string";
  if (tag === "dict") {
    return Array.isArray(first) && first.every((entry) => isPair(entry) && entry.every(isInside));
  }
  return typeof tag === "string" && Object.hasOwn(SEQUENCES, tag) && Array.isArray(first) && first.every(isInside);
}

function isPair(entry) {
  return Array.isArray(entry) && entry.length === 2;
}

/**
 * Whether two tagged values are the same: of one type, and for floats within `tolerance` of one another, relative to the
 * larger of the two, or absolute for those below 1. The order of sets and of dictionaries' entries does not count.
 * What is "other" equals nothing.
 */
export function areEqual(expected, actual, tolerance) {
  const [tag, content] = expected;
  if (tag !== actual[0] || tag === "other") return false;
  if (tag === "float") return areClose(expected[1], actual[1], tolerance);
  if (tag === "complex") {
    return areClose(expected[1], actual[1], tolerance) && areClose(expected[2], actual[2], tolerance);
  }
  if (!Array.isArray(content)) return content === actual[1];
  if (content.length !== actual[1].length) return false;
  if (tag === "dict") return canPair(content, actual[1], areEntriesEqual, tolerance);
  if (UNORDERED.has(tag)) return canPair(content, actual[1], areEqual, tolerance);
  return content.every((part, index) => areEqual(part, actual[1][index], tolerance));
}

/** Whether two floats, written as Python writes them, are as good as equal; `nan` is as good as `nan`. */
function areClose(expected, actual, tolerance) {
  if (expected === actual) return true;
  const [one, other] = [toNumber(expected), toNumber(actual)];
  if (!Number.isFinite(one) || !Number.isFinite(other)) return one === other;
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
}

function toNumber(text) {
  return text.endsWith("inf") ? Number(text.replace("inf", "Infinity")) : Number(text);
}

function areEntriesEqual(expected, actual, tolerance) {
  return expected.every((part, index) => areEqual(part, actual[index], tolerance));
}

/** Whether each of `expected` has its own equal in `actual`, which is as long. */
function canPair(expected, actual, equal, tolerance) {
  const unmatched = new Map();
  for (const part of actual) {
    const text = JSON.stringify(part);
    unmatched.set(text, [...(unmatched.get(text) ?? []), part]);
  }
  const left = expected.filter((part) => {
    const same = holdsOther(part) ? undefined : unmatched.get(JSON.stringify(part));
    return same === undefined || same.pop() === undefined;
  });
  const others = [...unmatched.values()].flat();
  if (left.length > MAX_UNORDERED) return false;
  return left.every((part) => {
    const at = others.findIndex((other) => equal(part, other, tolerance));
    if (at >= 0) others.splice(at, 1);
    return at >= 0;
  });
}

function holdsOther(part) {
  return JSON.stringify(part).includes('["other",');
}

/**
 * A tagged value as Python would write it, cut to `most` characters.
 * @param {Tagged} value
 * @returns {string} such as `[1, 'a', None]`
 */
export function asPython(value, most = 2000) {
  const text = written(value, { left: most });
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** `budget.left` counts down, so that of a value far too long no more is written than will be shown. */
function written(value, budget) {
  const text = writtenInFull(value, budget);
  if (!Array.isArray(value[1])) budget.left -= text.length;
  return text;
}

function writtenInFull([tag, first, second], budget) {
  switch (tag) {
    case "none":
      return "None";
    case "bool":
      return first ? "True" : "False";
    case "complex":
      return `complex(${first}, ${second})`;
    case "str":
      return quoted(first.slice(0, Math.max(0, budget.left) + 1));
    case "bytes":
      return `bytes.fromhex('${first.slice(0, Math.max(0, budget.left) + 1)}')`;
    case "dict":
      return `{${joined(first, budget, ([key, item]) => `${written(key, budget)}: ${written(item, budget)}`)}}`;
    case "other":
      return second;
    case "int":
    case "float":
      return first;
  }
  if (first.length === 0 && UNORDERED.has(tag)) return `${tag}()`;
  const [open, close] = SEQUENCES[tag];
  const comma = tag === "tuple" && first.length === 1 ? "," : "";
  return `${open}${joined(first, budget, (part) => written(part, budget))}${comma}${close}`;
}

function joined(parts, budget, write) {
  const texts = [];
  for (const part of parts) {
    if (budget.left < 0) return `${texts.join(", ")}, …`;
    texts.push(write(part));
    budget.left -= 2;
  }
  return texts.join(", ");
}

const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = Array.from(text, (character) => {
    if (character === quote) return `\\${quote}`;
    if (Object.hasOwn(ESCAPES, character)) return ESCAPES[character];
    const code = character.codePointAt(0);
    if (code < 32 || code === 127) return `\\x${code.toString(16).padStart(2, "0")}`;
    return /\p{Cs}|\p{Cf}|\p{Zl}|\p{Zp}/u.test(character) ? `\\u${code.toString(16).padStart(4, "0")}` : character;
  });
  return `${quote}${inner.join("")}${quote}`;
}
