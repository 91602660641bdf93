/**
 * What a worker reports of a program under test. The program may have changed the worker's Python, so that everything here
 * is checked for its shape before it is looked at.
 *
 *     all but structure  timedOut: boolean, error: null | {type, message, line: number|null}, where the program went wrong
 *     io                 stdout: string, without the prompts of input()
 *     file               content: string | null, null when there is no such file or it is not text
 *     call               stdout: string, of the call alone; returned: Tagged | null; raised: null | {type, message};
 *                        leaves: {name: Tagged}
 *     structure          uses: string[], syntaxError: null | {message, line: number|null}
 *     unittest           results: {name: "Class.test_name", outcome: "passed"|"failed"|"error", message: string}[]
 */

import { isTagged } from "./tagged-values.js";

const MAX_TEXT = 4_000_000; // what a program prints is cut far below, before it comes here
const MAX_MESSAGE = 100_000;
const MAX_NAME = 1_000;
const MAX_CONSTRUCTS = 50_000;
const MAX_RESULTS = 2_000;
const OUTCOMES = new Set(["passed", "failed", "error"]);

/** Whether `observation` has the shape that a test of this kind asks for; further keys do not matter. */
export function isReadable(test, observation) {
  if (!isObject(observation)) return false;
  const { timedOut, error } = observation;
  if (test.kind === "structure") return isStructure(observation);
  if (typeof timedOut !== "boolean") return false;
  // A worker that was ended has nothing more to tell.
  return timedOut || (orNull(isError)(error) && SHAPES[test.kind](observation));
}

const SHAPES = {
  io: ({ stdout }) => isText(stdout, MAX_TEXT),
  file: ({ content }) => content === null || isText(content, MAX_TEXT),
  call: ({ stdout, returned, raised, leaves }) =>
    isText(stdout, MAX_TEXT) &&
    orNull(isTagged)(returned) &&
    orNull(isRaised)(raised) &&
    isObject(leaves) &&
    Object.values(leaves).every(isTagged),
  unittest: ({ results }) => isList(results, MAX_RESULTS, isResult),
};

function isStructure({ uses, syntaxError }) {
  const isProblem = (problem) => isObject(problem) && isText(problem.message, MAX_MESSAGE) && isLine(problem.line);
  return isList(uses, MAX_CONSTRUCTS, (name) => isText(name, MAX_NAME)) && orNull(isProblem)(syntaxError);
}

function isResult(result) {
  return (
    isObject(result) &&
    isText(result.name, MAX_NAME) &&
    OUTCOMES.has(result.outcome) &&
    isText(result.message, MAX_MESSAGE)
  );
}

function isError(error) {
  return isRaised(error) && isLine(error.line);
}

function isRaised(error) {
  return isObject(error) && isText(error.type, MAX_NAME) && isText(error.message, MAX_MESSAGE);
}

function isLine(line) {
  return line === null || (Number.isSafeInteger(line) && line > 0);
}

function isText(text, most) {
  return typeof text === "string" && text.length <= most;
}

function isList(list, most, isItem) {
  return Array.isArray(list) && list.length <= most && list.every(isItem);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function orNull(check) {
  return (value) => value === null || check(value);
}
