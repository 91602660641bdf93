/**
 * Every message between the page, the sandbox frame and its workers, written down once.
 *
 * What comes out of the frame is untrusted: a program can forge any of it. `readMessage` lets through nothing but
 * plain data of the right shape and size; the page shows it as text or as a picture, and never acts on more.
 *
 * Page → frame
 * @typedef {{type: "compile", wasm: ArrayBuffer}} CompileOrder   before `assets`
 * @typedef {{type: "assets", stdlib: ArrayBuffer, snapshot: ArrayBuffer | null, lock: string, pyodide: string,
 *   pyodideAsm: string, python: Object<string, string>, memoryLimitBytes: number}} AssetsOrder
 * @typedef {{type: "modules", modules: {name: string, text: string}[]}} ModulesOrder   the worker's own, before `start`
 * @typedef {{type: "start" | "terminate" | "stop", worker: number}} WorkerOrder
 * @typedef {{type: "shown", worker: number, isDrawn: boolean}} ShownOrder   a chunk of output was read; not drawn: only kept
 * @typedef {{type: "run", worker: number, run: string, files: {path: string, bytes: Uint8Array}[], entry: string,
 *   preparedInput: string | null}} RunOrder
 * @typedef {{type: "check", worker: number, run: string, files: {path: string, bytes: Uint8Array}[], entry: string,
 *   test: Object<string, unknown>}} CheckOrder   `test` from checking/without-answers.js: nothing that is expected is in it
 * @typedef {{type: "install", worker: number, modules: string[]}} InstallOrder   what programs will import, while none runs
 * @typedef {{type: "answer", worker: number, text: string | null}} AnswerOrder   null is the end of input
 * @typedef {{type: "asset", worker: number, name: string, bytes?: ArrayBuffer, message?: string}} AssetOrder
 * @typedef {{type: "try", attempt: number, url: string}} TryOrder   ask an address as a program would
 *
 * Frame → page
 * @typedef {{type: "capabilities", sharesMemory: boolean, suspends: boolean}} Capabilities
 * @typedef {{type: "prepared"}} Prepared
 * @typedef {{type: "tried", attempt: number, outcome: "answered" | "late" | "failed", status: number, at: string,
 *   contentType: string, isOnline: boolean, isForbidden: boolean, answers: boolean | null}} Tried   `at` is the address
 *   after redirects; `answers`: whether anything is there, null where the browser does not tell
 * @typedef {{type: "broken", message: string}} Broken   the frame itself failed
 *
 * Worker → page, each with its `worker`
 * @typedef {{type: "ready", restored: boolean, reason: string | null, boot_ms: number}} Ready
 * @typedef {{type: "crashed", message: string}} Crashed   the worker is of no more use
 * @typedef {{type: "installed", complete: boolean}} Installed   answers `install`; not complete: a run has begun
 * @typedef {{type: "asset", name: string}} AssetRequest   the name of a file of the runtime
 * and, with the `run` they belong to,
 * @typedef {{type: "progress", packages: string[]}} Progress   being loaded now; empty when done
 * @typedef {{type: "shadowing", paths: string[]}} Shadowing   files of the run that bear a library's name; before output
 * @typedef {{type: "output", segments: {stream: "out" | "err" | "typed", text: string}[]}} Output   typed: an answer
 *   that was prepared
 * @typedef {{type: "input", prompt: string, hidden: boolean}} InputRequest   hidden: a password
 * @typedef {{type: "figure", png: ArrayBuffer}} Figure
 * @typedef {{type: "finished", outcome: "ok" | "error" | "exit" | "stopped", code: number | null,
 *   error: ErrorReport | null, changes: Changes, duration_ms: number, dropped_bytes: number,
 *   memory_bytes: number}} Finished
 * @typedef {{type: "started"}} Started   of a check: its packages are there, its program begins
 * @typedef {{type: "checked", observation: unknown, worn: boolean, memory_bytes: number}} Checked   ends a check. The worker
 *   sends JSON; `observation` is what is in it, of any shape (checking/observations.js looks), or null. worn: the program
 *   has changed Python itself
 * @typedef {{type: string, message: string, traceback: string, file: string | null, line: number | null,
 *   column: number | null, end_line: number | null, end_column: number | null,
 *   explanation: {text: string, link: "cors" | "compatibility" | null} | null}} ErrorReport
 *   Lines count from 1, columns from 0. Code in the explanation stands between backticks; the page knows the addresses
 *   that `link` stands for.
 * @typedef {{written: {path: string, bytes: Uint8Array}[], deleted: string[],
 *   skipped: {path: string, reason: string}[]}} Changes
 */

const MAX_CHUNK_CHARS = 2_100_000; // the whole output ring, decoded, and then some
const MAX_SEGMENTS = 100_000;
const MAX_TEXT_CHARS = 50_000;
const MAX_NAME_CHARS = 500;
const MAX_EXPLANATION_CHARS = 1_500;
const MAX_PNG_BYTES = 20 * 1024 * 1024;
const MAX_FILES = 400;
const MAX_FILE_BYTES = 5 * 1024 * 1024;
const MAX_CHANGED_BYTES = 20 * 1024 * 1024; // a whole project
const MAX_SKIPPED = 100;
const MAX_OBSERVATION_CHARS = 30_000_000; // 2 MB of text, each character escaped, and then some
const EXPLANATION_LINKS = ["cors", "compatibility"];
const STREAMS = new Set(["out", "err", "typed"]);
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The message as plain data of one of the shapes above, or null. */
export function readMessage(data) {
  try {
    const { type, worker, run } = record(data);
    if (typeof type !== "string" || !Object.hasOwn(READERS, type)) return null;
    return { ...READERS[type](data), type, worker: numberOr(worker, 0), run: textOr(run, 100, null) };
  } catch {
    // Whatever fails while data is read, the data is to blame.
    return null;
  }
}

class Malformed extends Error {}

const READERS = {
  capabilities: ({ sharesMemory, suspends }) => ({ sharesMemory: sharesMemory === true, suspends: suspends === true }),
  prepared: () => ({}),
  broken: ({ message }) => ({ message: text(message, MAX_TEXT_CHARS) }),
  tried: readTried,
  ready: ({ restored, reason, boot_ms }) => ({
    restored: restored === true,
    reason: textOr(reason, MAX_TEXT_CHARS, null),
    boot_ms: numberOr(boot_ms, 0),
  }),
  crashed: ({ message }) => ({ message: text(message, MAX_TEXT_CHARS) }),
  installed: ({ complete }) => ({ complete: complete === true }),
  asset: ({ name }) => ({ name: text(name, MAX_NAME_CHARS) }),
  progress: ({ packages }) => ({ packages: list(packages, MAX_FILES).map((name) => text(name, MAX_NAME_CHARS)) }),
  shadowing: ({ paths }) => ({ paths: list(paths, MAX_FILES).map((path) => text(path, MAX_NAME_CHARS)) }),
  output: ({ segments }) => ({ segments: readSegments(segments) }),
  input: ({ prompt, hidden }) => ({ prompt: text(prompt, MAX_TEXT_CHARS), hidden: hidden === true }),
  figure: ({ png }) => ({ png: readPng(png) }),
  finished: readFinished,
  started: () => ({}),
  checked: ({ observation, worn, memory_bytes }) => ({
    observation: readJson(observation),
    worn: worn === true,
    memory_bytes: numberOr(memory_bytes, 0),
  }),
};

function readTried({ attempt, outcome, status, at, contentType, isOnline, isForbidden, answers }) {
  return {
    attempt: numberOr(attempt, 0),
    outcome: ["answered", "late"].includes(outcome) ? outcome : "failed",
    status: numberOr(status, 0),
    at: textOr(at, MAX_NAME_CHARS, ""),
    contentType: textOr(contentType, MAX_NAME_CHARS, ""),
    isOnline: isOnline !== false,
    isForbidden: isForbidden === true,
    answers: typeof answers === "boolean" ? answers : null,
  };
}

function readSegments(segments) {
  let left = MAX_CHUNK_CHARS;
  return list(segments, MAX_SEGMENTS).map((segment) => {
    const content = text(record(segment).text, left);
    left -= content.length;
    return { stream: STREAMS.has(segment.stream) ? segment.stream : "out", text: content };
  });
}

function readPng(png) {
  if (!(png instanceof ArrayBuffer) || png.byteLength > MAX_PNG_BYTES) throw new Malformed();
  const start = new Uint8Array(png, 0, Math.min(png.byteLength, PNG_SIGNATURE.length));
  if (PNG_SIGNATURE.some((byte, index) => start[index] !== byte)) throw new Malformed();
  return png;
}

function readFinished(data) {
  const outcome = ["ok", "error", "exit", "stopped"].includes(data.outcome) ? data.outcome : "error";
  return {
    outcome,
    code: numberOr(data.code, null),
    error: data.error === null ? null : readError(record(data.error)),
    changes: readChanges(record(data.changes)),
    duration_ms: numberOr(data.duration_ms, 0),
    dropped_bytes: numberOr(data.dropped_bytes, 0),
    memory_bytes: numberOr(data.memory_bytes, 0),
  };
}

function readError(error) {
  return {
    type: text(error.type, MAX_NAME_CHARS),
    message: text(error.message, MAX_TEXT_CHARS),
    traceback: text(error.traceback, MAX_TEXT_CHARS),
    file: textOr(error.file, MAX_NAME_CHARS, null),
    line: numberOr(error.line, null),
    column: numberOr(error.column, null),
    end_line: numberOr(error.end_line, null),
    end_column: numberOr(error.end_column, null),
    explanation: isRecord(error.explanation) ? readExplanation(error.explanation) : null,
  };
}

function readExplanation(explanation) {
  return {
    text: text(explanation.text, MAX_EXPLANATION_CHARS),
    link: EXPLANATION_LINKS.includes(explanation.link) ? explanation.link : null,
  };
}

function readChanges({ written, deleted, skipped }) {
  let left = MAX_CHANGED_BYTES;
  return {
    written: list(written, MAX_FILES).map((file) => {
      const { path, bytes } = record(file);
      if (!(bytes instanceof ArrayBuffer) || bytes.byteLength > Math.min(left, MAX_FILE_BYTES)) throw new Malformed();
      left -= bytes.byteLength;
      return { path: text(path, MAX_NAME_CHARS), bytes: new Uint8Array(bytes) };
    }),
    deleted: list(deleted, MAX_FILES).map((path) => text(path, MAX_NAME_CHARS)),
    skipped: list(skipped, MAX_SKIPPED).map((file) => ({
      path: text(record(file).path, MAX_NAME_CHARS),
      reason: text(file.reason, MAX_NAME_CHARS),
    })),
  };
}

function readJson(value) {
  if (typeof value !== "string" || value.length > MAX_OBSERVATION_CHARS) return null;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value) {
  if (!isRecord(value)) throw new Malformed();
  return value;
}

function list(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new Malformed();
  // Without holes, which every later loop would have to think of.
  return [...value];
}

function text(value, most) {
  if (typeof value !== "string") throw new Malformed();
  return value.length > most ? value.slice(0, most) : value;
}

function textOr(value, most, otherwise) {
  return typeof value === "string" ? text(value, most) : otherwise;
}

function numberOr(value, otherwise) {
  return Number.isFinite(value) ? value : otherwise;
}
