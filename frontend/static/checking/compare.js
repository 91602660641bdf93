/**
 * Judges what a worker saw of a program against what a test expects. Pure: it runs in the page, where no program of a student
 * runs, and nothing of what it compares with is ever sent to one.
 *
 * A pattern of the mode `regex` is the one thing here that can take long: judge.js compares where the page can end it.
 *
 * @typedef {import("./tagged-values.js").Tagged} Tagged
 * @typedef {{type: string, message: string, line: number|null}} ProgramError how a program ended that went wrong
 *
 * @typedef {object} Part one thing that was compared, as text for people
 * @property {"printed"|"file"|"returned"|"raised"|"left"|"uses"|"avoids"|"method"} what
 * @property {string|null} name of the file, variable, construct or method
 * @property {boolean} passed
 * @property {string|null} expected null: nothing to show
 * @property {string|null} actual null: there was none
 * @property {import("./text-comparison.js").CompareMode|null} compare how texts were compared; null for values
 *
 * @typedef {object} Verdict
 * @property {"passed"|"failed"|"error"|"timeout"} outcome
 * @property {number} share of the points, from 0 to 1: only a unittest gives any between
 * @property {{sentence: string, parts: Part[], error: ProgramError|null}} detail `sentence` is empty for "passed"
 */

import { isReadable } from "./observations.js";
import { areEqual, asPython } from "./tagged-values.js";
import { isAsExpected } from "./text-comparison.js";

const UNREADABLE = "The program's answer could not be read. It may have changed what checks it.";

/**
 * @param {object} test the JSON of a test, from exercises/representation.py
 * @param {unknown} observation what a worker reported, as observations.js describes it; nothing of it is trusted
 * @returns {Verdict}
 */
export function compare(test, observation) {
  if (!isReadable(test, observation)) return verdict("error", UNREADABLE);
  if (observation.timedOut) return verdict("timeout", `The program took longer than ${seconds(test.time_limit_s)}.`);
  try {
    return JUDGES[test.kind](test, observation);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return verdict("error", `This test's regular expression cannot be read: ${error.message}`);
  }
}

const JUDGES = { io: judgeText, file: judgeText, call: judgeCall, structure: judgeStructure, unittest: judgeUnittest };

function judgeText(test, observation) {
  const isFile = test.kind === "file";
  const part = isFile
    ? textPart("file", test.path, test, test.expected, observation.content)
    : textPart("printed", null, test, test.expected, observation.stdout);
  return judged([part], observation.error);
}

function judgeCall(test, observation) {
  const { raised, error } = observation;
  if (error !== null || (raised !== null && test.raises === null))
    return judged([], error ?? { ...raised, line: null });
  const parts = [];
  if (test.raises !== null) parts.push(raisedPart(test.raises, raised));
  if (test.returns !== null)
    parts.push(valuePart("returned", null, test.returns, observation.returned, test.tolerance));
  for (const [name, expected] of Object.entries(test.leaves)) {
    const actual = Object.hasOwn(observation.leaves, name) ? observation.leaves[name] : null;
    parts.push(valuePart("left", name, expected, actual, test.tolerance));
  }
  if (test.prints !== null) {
    const way = { compare: test.compare, tolerance: test.text_tolerance };
    parts.push(textPart("printed", null, way, test.prints, observation.stdout));
  }
  return judged(parts, null);
}

function judgeStructure(test, observation) {
  if (observation.syntaxError !== null) return judged([], { type: "SyntaxError", ...observation.syntaxError });
  const uses = new Set(observation.uses);
  return judged(
    [
      ...test.must_use.map((name) => structurePart("uses", name, uses.has(name))),
      ...test.must_not_use.map((name) => structurePart("avoids", name, !uses.has(name))),
    ],
    null,
  );
}

function judgeUnittest(test, observation) {
  // By the names that stand in the file: a program that hides a test of it does not pass that.
  const results = new Map(observation.results.map((result) => [result.name, result]));
  const parts = test.methods.map((name) => {
    const result = results.get(name);
    const passed = result?.outcome === "passed";
    return { what: "method", name, passed, expected: null, actual: result?.message ?? null, compare: null };
  });
  const share = parts.filter((part) => part.passed).length / parts.length;
  return { ...judged(parts, observation.error), share: observation.error === null ? share : 0 };
}

function textPart(what, name, { compare, tolerance }, expected, actual) {
  const passed = actual !== null && isAsExpected(compare, expected, actual, tolerance);
  return { what, name, passed, expected, actual, compare };
}

function valuePart(what, name, expected, actual, tolerance) {
  const passed = actual !== null && areEqual(expected, actual, tolerance);
  return { what, name, passed, expected: asPython(expected), actual: actual && asPython(actual), compare: null };
}

function raisedPart(expected, raised) {
  const actual = raised && (raised.message ? `${raised.type}: ${raised.message}` : raised.type);
  return { what: "raised", name: null, passed: raised?.type === expected, expected, actual, compare: null };
}

function structurePart(what, name, passed) {
  return { what, name, passed, expected: null, actual: null, compare: null };
}

function judged(parts, error) {
  if (error !== null) return verdict("error", errorSentence(error), parts, error);
  const missed = parts.find((part) => !part.passed);
  return missed ? verdict("failed", SENTENCES[missed.what](missed), parts) : verdict("passed", "", parts);
}

function verdict(outcome, sentence, parts = [], error = null) {
  return { outcome, share: outcome === "passed" ? 1 : 0, detail: { sentence, parts, error } };
}

const SENTENCES = {
  printed: () => "What is printed is not what was expected.",
  file: ({ name, actual }) =>
    actual === null ? `The program did not write the file ${name}.` : `What is in ${name} is not what was expected.`,
  returned: ({ expected, actual }) =>
    actual === "None" && expected !== "None"
      ? "The function returned None. It may lack a return."
      : "What is returned is not what was expected.",
  raised: ({ expected, actual }) =>
    `Expected ${expected}; ${actual === null ? "nothing was raised" : `came ${actual}`}.`,
  left: ({ name }) => `What ${name} holds afterwards is not what was expected.`,
  uses: ({ name }) => `The program does not use ${constructWords(name)}.`,
  avoids: ({ name }) => `The program uses ${constructWords(name)}, and should do without.`,
  method: ({ name, actual }) => (actual ? `${name}: ${actual}` : `${name} did not pass.`),
};

const CONSTRUCT_WORDS = {
  loop: "a loop (for or while)",
  for: "a for loop",
  while: "a while loop",
  if: "if",
  function: "a function of its own (def)",
  class: "a class of its own",
  recursion: "recursion: a function that calls itself",
  comprehension: "a comprehension",
  try: "try",
  with: "with",
  lambda: "lambda",
  "f-string": "an f-string",
};

/** A construct of the format in words that go on a sentence: "a for loop", "the function sorted()". */
export function constructWords(construct) {
  const [kind, name] = construct.split(":");
  if (name === undefined) return CONSTRUCT_WORDS[kind];
  return {
    call: `a call of ${name}()`,
    method: `the method ${name}()`,
    import: `import ${name}`,
    function: `a function named ${name}`,
    class: `a class named ${name}`,
  }[kind];
}

function errorSentence({ type, message, line }) {
  const place = line === null ? "" : ` in line ${line}`;
  return `The program stopped${place} with ${message ? `${type}: ${message}` : type}.`;
}

function seconds(count) {
  return count === 1 ? "a second" : `${count} seconds`;
}
