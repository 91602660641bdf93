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

import { gettext, interpolate, ngettext } from "../language/gettext.js";
import { isReadable } from "./observations.js";
import { areEqual, asPython } from "./tagged-values.js";
import { isAsExpected } from "./text-comparison.js";

const UNREADABLE = gettext("The program's answer could not be read. It may have changed what checks it.");

/**
 * @param {object} test the JSON of a test, from exercises/representation.py
 * @param {unknown} observation what a worker reported, as observations.js describes it; nothing of it is trusted
 * @returns {Verdict}
 */
export function compare(test, observation) {
  if (!isReadable(test, observation)) return verdict("error", UNREADABLE);
  if (observation.timedOut)
    return verdict(
      "timeout",
      interpolate(gettext("The program took longer than %(seconds)s."), { seconds: seconds(test.time_limit_s) }),
    );
  try {
    return JUDGES[test.kind](test, observation);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return verdict(
      "error",
      interpolate(gettext("This test's regular expression cannot be read: %(message)s"), { message: error.message }),
    );
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
  printed: () => gettext("What is printed is not what was expected."),
  file: ({ name, actual }) =>
    actual === null
      ? interpolate(gettext("The program did not write the file %(name)s."), { name })
      : interpolate(gettext("What is in %(name)s is not what was expected."), { name }),
  returned: ({ expected, actual }) =>
    actual === "None" && expected !== "None"
      ? gettext("The function returned None. It may lack a return.")
      : gettext("What is returned is not what was expected."),
  raised: ({ expected, actual }) =>
    actual === null
      ? interpolate(gettext("Expected %(expected)s; nothing was raised."), { expected })
      : interpolate(gettext("Expected %(expected)s; came %(actual)s."), { expected, actual }),
  left: ({ name }) => interpolate(gettext("What %(name)s holds afterwards is not what was expected."), { name }),
  uses: ({ name }) => interpolate(gettext("The program does not use %(name)s."), { name: constructWords(name) }),
  avoids: ({ name }) =>
    interpolate(gettext("The program uses %(name)s, and should do without."), { name: constructWords(name) }),
  method: ({ name, actual }) =>
    actual ? `${name}: ${actual}` : interpolate(gettext("%(name)s did not pass."), { name }),
};

const CONSTRUCT_WORDS = {
  loop: gettext("a loop (for or while)"),
  for: gettext("a for loop"),
  while: gettext("a while loop"),
  if: "if",
  function: gettext("a function of its own (def)"),
  class: gettext("a class of its own"),
  recursion: gettext("recursion: a function that calls itself"),
  comprehension: gettext("a comprehension"),
  try: "try",
  with: "with",
  lambda: "lambda",
  "f-string": gettext("an f-string"),
};

/** A construct of the format in words that go on a sentence: "a for loop", "the function sorted()". */
export function constructWords(construct) {
  const [kind, name] = construct.split(":");
  if (name === undefined) return CONSTRUCT_WORDS[kind];
  return {
    call: interpolate(gettext("a call of %(name)s()"), { name }),
    method: interpolate(gettext("the method %(name)s()"), { name }),
    import: `import ${name}`,
    function: interpolate(gettext("a function named %(name)s"), { name }),
    class: interpolate(gettext("a class named %(name)s"), { name }),
  }[kind];
}

function errorSentence({ type, message, line }) {
  const error = message ? `${type}: ${message}` : type;
  return line === null
    ? interpolate(gettext("The program stopped with %(error)s."), { error })
    : interpolate(gettext("The program stopped in line %(line)s with %(error)s."), { line, error });
}

function seconds(count) {
  return interpolate(ngettext("a second", "%(count)s seconds", count), { count });
}
