/**
 * The worker: a thin adapter between the frame's port and the Python side (static/python/).
 *
 * A program in this worker can reach everything here; what keeps it harmless is the origin the worker runs in.
 */

import { ConsoleChannel } from "./console-channel.js";
import { OutputCapture } from "./output-capture.js";
import { Packages } from "./packages.js";
import { bootPython } from "./python-runtime.js";
import { Surroundings } from "./surroundings.js";

const PACKAGE_FOLDER = "/lib/codeplatform_runner";
const PACKAGE_NAME = "codeplatform_runner";

let send;
let console_;
let surroundings;
let python;
let packages;
let runner;
let tests;
// What programs print while they are put to a test; null while they run for a person.
let capture = null;
const requested = new Map();

self.onmessage = async ({ data: parts }) => {
  self.onmessage = null;
  const { port } = parts;
  // Bound before any program runs: one that replaces postMessage then replaces its own only.
  send = port.postMessage.bind(port);
  port.onmessage = ({ data }) => handlers[data.type]?.(data);
  try {
    await boot(parts);
  } catch (error) {
    send({ type: "crashed", message: String(error?.message ?? error) });
  }
};
self.postMessage("up");

const handlers = {
  run: (message) => run(message),
  check: (message) => check(message),
  install: (message) => install(message),
  answer: ({ text }) => console_.answered(text),
  stop: () => console_.stop(),
  asset({ name, bytes, message }) {
    const { resolve, reject } = requested.get(name) ?? {};
    requested.delete(name);
    if (bytes) resolve?.(bytes);
    else reject?.(new Error(message));
  },
};

async function boot(parts) {
  const started = performance.now();
  console_ = new ConsoleChannel(parts.memory, send);
  surroundings = new Surroundings(parts.place);
  const lock = JSON.parse(parts.lock);
  const booted = await bootPython({ ...parts, lock }, requestAsset);
  python = booted.python;
  python.setStdout({ write: writerTo("out"), isatty: true });
  python.setStderr({ write: writerTo("err"), isatty: true });
  if (console_.canBlock) python.setInterruptBuffer(console_.views.interrupt);
  writePackage(parts.python);
  packages = new Packages(python, lock);
  startRunners(packages.ofImport);
  send({
    type: "ready",
    restored: booted.restored,
    reason: booted.reason ?? null,
    boot_ms: performance.now() - started,
  });
}

function writePackage(files) {
  for (const [name, text] of Object.entries(files)) {
    const path = `${PACKAGE_FOLDER}/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, text);
  }
}

function writerTo(stream) {
  return (bytes) => {
    if (capture === null) console_.write(stream, bytes);
    else if (stream === "out") capture.write(bytes);
    return bytes.length;
  };
}

function startRunners(packageOfImport) {
  const globals = python.toPy({ packages: packageOfImport });
  globals.set("host", hostForPython);
  python.runPython(
    `
import sys
sys.path.append("/lib")
from ${PACKAGE_NAME}.checking.run_test import TestRunner
from ${PACKAGE_NAME}.run_program import ProgramRunner
from ${PACKAGE_NAME}.worker_host import WorkerHost
host = WorkerHost(host)
runner = ProgramRunner(host, packages)
tests = TestRunner(runner, host)
`,
    { globals },
  );
  runner = globals.get("runner");
  tests = globals.get("tests");
}

const hostForPython = {
  get canBlock() {
    return console_.canBlock;
  },
  readLine: (hidden) => console_.readLine(hidden),
  readLineLater: (hidden) => console_.readLineLater(hidden),
  showTyped: (text) => console_.write("typed", new TextEncoder().encode(text)),
  sleep: (ms) => console_.sleep(ms),
  sleepLater: (ms) => console_.sleepLater(ms),
  sleepBusily: (ms) => console_.sleepBusily(ms),
  isStopping: () => console_.isStopping(),
  showPng(picture) {
    const png = picture.slice().buffer;
    console_.sendInOrder({ type: "figure", png }, [png]);
  },
  takeOutput: () => capture?.take() ?? "",
  loadPackages: (names) => loadPackages([...names]),
  surroundings: () => surroundings.known(),
  probe: (url) => surroundings.probe(url),
};

async function run({ run, files, entry, preparedInput }) {
  console_.startRun(run);
  const started = performance.now();
  try {
    const given = asPythonFiles(files);
    const shadowing = runner.shadowing_files(given).toJs();
    if (shadowing.length) console_.sendInOrder({ type: "shadowing", paths: shadowing });
    await loadPackages(runner.packages_needed(given, entry).toJs());
    if (console_.isStopping()) {
      finish({ outcome: "stopped" }, started);
      return;
    }
    const ending = await callWaiting(runner.run, given, entry, preparedInput ?? undefined);
    finish(asObject(ending.report), started, changesOf(ending.changes));
    // After the ending, and in its wake: the run has ended well, and the next one gets another worker.
    if (runner.is_worn()) console_.sendInOrder({ type: "crashed", message: "The program has changed Python itself." });
  } catch (error) {
    // Programs' errors are reported by Python itself: what arrives here is the runtime's own end.
    send({ type: "crashed", message: String(error?.message ?? error) });
  }
}

async function check({ run, files, entry, test }) {
  console_.startRun(run);
  capture = new OutputCapture();
  try {
    const given = asPythonFiles(files);
    await loadPackages(test.kind === "structure" ? [] : runner.packages_needed(given, entry).toJs());
    console_.sendInOrder({ type: "started" });
    const observation = await callWaiting(tests.observe, given, entry, JSON.stringify(test));
    const memory_bytes = python._module.HEAPU8.byteLength;
    console_.sendInOrder({ type: "checked", observation, worn: runner.is_worn(), memory_bytes });
  } catch (error) {
    send({ type: "crashed", message: String(error?.message ?? error) });
  } finally {
    capture = null;
  }
}

function asPythonFiles(files) {
  const given = python.toPy(new Map(files.map(({ path, bytes }) => [path, bytes])));
  return python.runPython("lambda files: {path: bytes(content) for path, content in files.items()}")(given);
}

/** Call Python so that it can be suspended while it waits, where the browser knows how. */
function callWaiting(call, ...given) {
  return "Suspending" in WebAssembly ? call.callPromising(...given) : call(...given);
}

function changesOf({ written, deleted, skipped }) {
  return {
    written: Object.entries(asObject(written)).map(([path, bytes]) => ({ path, bytes: bytes.slice().buffer })),
    deleted: deleted.toJs(),
    skipped: Object.entries(asObject(skipped)).map(([path, reason]) => ({ path, reason })),
  };
}

function asObject(dict) {
  return dict.toJs({ dict_converter: Object.fromEntries });
}

function finish(report, started, changes = { written: [], deleted: [], skipped: [] }) {
  console_.sendInOrder({
    type: "finished",
    outcome: report.outcome,
    code: report.code ?? null,
    error: report.error ?? null,
    changes,
    duration_ms: performance.now() - started,
    dropped_bytes: console_.dropped,
    memory_bytes: python._module.HEAPU8.byteLength,
  });
}

async function loadPackages(names) {
  const missing = packages.missing(names);
  if (missing.length) send({ type: "progress", run: console_.run, packages: missing });
  // Waits for what is being loaded ahead, if anything is.
  const errors = await packages.load(missing);
  if (errors.length) console_.write("err", new TextEncoder().encode(`${errors.join("\n")}\n`));
  if (missing.length) send({ type: "progress", run: console_.run, packages: [] });
}

async function install({ modules }) {
  send({ type: "installed", complete: await packages.loadAhead(modules) });
}

function requestAsset(name) {
  return new Promise((resolve, reject) => {
    requested.set(name, { resolve, reject });
    send({ type: "asset", name });
  });
}
