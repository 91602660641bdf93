import assert from "node:assert/strict";
import { test } from "node:test";
import { readMessage } from "../../static/runner/protocol.js";

const HTML = "<img src=x onerror=alert(1)>\u202e\x1b[31m";
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]).buffer;
const NO_CHANGES = { written: [], deleted: [], skipped: [] };
const FINISHED = { type: "finished", outcome: "ok", error: null, changes: NO_CHANGES };
const ERROR = { type: "ValueError", message: "m", traceback: "t" };
const PLACE_KEYS = ["file", "line", "column", "end_line", "end_column"];

// What a program can put where text, a number, a list or a record is expected: whatever can be cloned.
const ODD = [
  undefined,
  null,
  true,
  1,
  Number.NaN,
  -1n,
  HTML,
  [],
  [[]],
  {},
  new Map([["length", 1]]),
  new Set([1]),
  new Date(Number.NaN),
  /x/,
  new Error(HTML),
  new ArrayBuffer(8),
  new Uint8Array(8),
  Array(10),
  JSON.parse('{"__proto__": {"type": "output"}, "length": 3, "text": "x"}'),
];

/** Every value inside `message`, however deep. */
function* leaves(message) {
  for (const value of Object.values(message)) {
    if (value !== null && typeof value === "object" && !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
      yield* leaves(value);
    } else yield value;
  }
}

function assertPlain(message) {
  if (message === null) return;
  assert.equal(typeof message.type, "string");
  assert.equal(typeof message.worker, "number");
  for (const value of leaves(message)) {
    const isBytes = value instanceof ArrayBuffer || value instanceof Uint8Array;
    assert.ok(value === null || isBytes || ["string", "number", "boolean"].includes(typeof value), String(value));
    if (typeof value === "number") assert.ok(Number.isFinite(value));
  }
}

test("each message of the right shape is read", () => {
  const messages = [
    { type: "capabilities", sharesMemory: true, suspends: false },
    { type: "prepared" },
    { type: "broken", message: HTML },
    { type: "ready", restored: true, reason: null, boot_ms: 12.5 },
    { type: "started" },
    { type: "crashed", message: HTML },
    { type: "asset", name: "numpy.whl" },
    { type: "progress", packages: ["numpy"] },
    { type: "shadowing", paths: ["random.py"] },
    { type: "output", segments: [{ stream: "err", text: HTML }] },
    { type: "input", prompt: "Name? " },
    { type: "figure", png: PNG },
    FINISHED,
  ];
  for (const message of messages) {
    const read = readMessage({ ...message, worker: 3, run: "abc" });
    assert.equal(read.worker, 3);
    assert.equal(read.run, "abc");
    for (const [key, value] of Object.entries(message)) assert.deepEqual(read[key], value);
  }
});

test("what a check reports is read from its JSON, whatever it is", () => {
  const read = (observation) => readMessage({ type: "checked", observation, worn: 1 });
  assert.deepEqual(read('{"stdout": "x"}').observation, { stdout: "x" });
  for (const odd of [...ODD, "{", `"${"x".repeat(30_000_001)}"`]) assert.equal(read(odd).observation, null);
  assert.equal(read("1").worn, false);
});

test("what is no message is none", () => {
  for (const odd of ODD) assert.equal(readMessage(odd), null);
  assert.equal(readMessage([["type", "prepared"]]), null);
  assert.equal(readMessage(Object.assign([], { type: "prepared" })), null);
});

test("a type is one of the listed strings", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "", "READY", "prepared ", "up"];
  for (const type of [...names, ...ODD, ["prepared"], [["prepared"]], { toString: () => "prepared" }]) {
    assert.equal(readMessage({ type, message: "x" }), null);
  }
});

test("only the listed parts come through", () => {
  const read = readMessage({ type: "prepared", state: "failed", html: HTML, worker: 1, marked: true });
  assert.deepEqual(read, { type: "prepared", worker: 1, run: null });
  const forged = JSON.parse('{"type": "input", "prompt": "?", "__proto__": {"isAdmin": true}}');
  assert.equal(readMessage(forged).isAdmin, undefined);
});

test("a part of any kind in any place never throws and never comes through as it is", () => {
  const shapes = {
    capabilities: ["sharesMemory", "suspends"],
    broken: ["message"],
    ready: ["restored", "reason", "boot_ms"],
    crashed: ["message"],
    asset: ["name"],
    progress: ["packages"],
    shadowing: ["paths"],
    output: ["segments"],
    input: ["prompt"],
    figure: ["png"],
    finished: ["outcome", "code", "error", "changes", "duration_ms", "dropped_bytes", "memory_bytes"],
  };
  for (const [type, keys] of Object.entries(shapes)) {
    for (const key of [...keys, "worker", "run"]) {
      for (const odd of ODD) {
        const message = type === "finished" ? { ...FINISHED } : { type };
        assertPlain(readMessage({ ...message, [key]: odd }));
        assertPlain(readMessage({ ...message, [key]: [odd, odd] }));
        assertPlain(readMessage({ ...message, [key]: { [key]: odd } }));
      }
    }
  }
});

test("odd parts deep inside never throw and never come through", () => {
  const places = [
    (odd) => ({ type: "output", segments: [odd] }),
    (odd) => ({ type: "output", segments: [{ stream: odd, text: "x" }] }),
    (odd) => ({ type: "output", segments: [{ stream: "out", text: odd }] }),
    (odd) => ({ type: "progress", packages: [odd] }),
    ...["written", "deleted", "skipped"].flatMap((key) => [
      (odd) => ({ ...FINISHED, changes: { ...NO_CHANGES, [key]: odd } }),
      (odd) => ({ ...FINISHED, changes: { ...NO_CHANGES, [key]: [odd] } }),
    ]),
    (odd) => ({ ...FINISHED, changes: { ...NO_CHANGES, written: [{ path: odd, bytes: PNG }] } }),
    (odd) => ({ ...FINISHED, changes: { ...NO_CHANGES, written: [{ path: "x", bytes: odd }] } }),
    (odd) => ({ ...FINISHED, changes: { ...NO_CHANGES, skipped: [{ path: odd, reason: "x" }] } }),
    ...[...PLACE_KEYS, "type", "message", "traceback", "explanation"].map((key) => (odd) => ({
      ...FINISHED,
      error: { ...ERROR, [key]: odd },
    })),
    ...["text", "link"].map((key) => (odd) => ({
      ...FINISHED,
      error: { ...ERROR, explanation: { text: "t", link: "cors", [key]: odd } },
    })),
  ];
  for (const place of places) for (const odd of ODD) assertPlain(readMessage(place(odd)));
});

test("getters that throw are no more than a message that is not read", () => {
  const trap = (key) => Object.defineProperty({ type: "input", prompt: "?" }, key, { get: () => assert.fail("read") });
  for (const key of ["type", "prompt", "worker", "run"]) assert.equal(readMessage(trap(key)), null);
  const proxy = new Proxy({}, { get: () => assert.fail("read") });
  assert.equal(readMessage(proxy), null);
  assert.equal(readMessage({ type: "output", segments: [proxy] }), null);
});

test("an explanation links to pages of ours only", () => {
  const read = (explanation) => readMessage({ ...FINISHED, error: { ...ERROR, explanation } }).error.explanation;
  assert.deepEqual(read({ text: "t", link: "cors", href: "x" }), { text: "t", link: "cors" });
  assert.deepEqual(read({ text: "t", link: null }), { text: "t", link: null });
  for (const link of ["https://example.org/", "javascript:alert(1)", "/cors/", "__proto__", ["cors"], 1]) {
    assert.equal(read({ text: "t", link }).link, null);
  }
  assert.equal(read(null), null);
  assert.equal(read({ text: "x".repeat(5_000), link: null }).text.length, 1_500);
});

test("texts are cut and long lists are refused", () => {
  const long = "x".repeat(3_000_000);
  assert.equal(readMessage({ type: "crashed", message: long }).message.length, 50_000);
  assert.equal(readMessage({ type: "input", prompt: long }).prompt.length, 50_000);
  assert.equal(readMessage({ type: "asset", name: long }).name.length, 500);
  assert.equal(readMessage({ type: "prepared", run: long }).run.length, 100);
  assert.equal(readMessage({ type: "progress", packages: Array(401).fill("x") }), null);
  assert.equal(readMessage({ type: "output", segments: Array(100_001).fill({ text: "" }) }), null);
  const segments = Array(5).fill({ stream: "out", text: long });
  const read = readMessage({ type: "output", segments }).segments;
  assert.equal(read.map(({ text }) => text).join("").length, 2_100_000);
});

test("a picture is a PNG of bounded size", () => {
  for (const png of [
    new ArrayBuffer(0),
    new ArrayBuffer(8),
    PNG.slice(0, 7),
    new TextEncoder().encode("<svg/>").buffer,
  ]) {
    assert.equal(readMessage({ type: "figure", png }), null);
  }
  assert.equal(readMessage({ type: "figure", png: new Uint8Array(PNG) }), null);
  const large = new ArrayBuffer(20 * 1024 * 1024 + 1);
  new Uint8Array(large).set(new Uint8Array(PNG));
  assert.equal(readMessage({ type: "figure", png: large }), null);
  assert.equal(readMessage({ type: "figure", png: large.slice(0, -1) }).png.byteLength, 20 * 1024 * 1024);
});

test("an outcome is one of four", () => {
  for (const outcome of ["crashed", HTML, null, 1])
    assert.equal(readMessage({ ...FINISHED, outcome }).outcome, "error");
  for (const outcome of ["ok", "error", "exit", "stopped"]) {
    assert.equal(readMessage({ ...FINISHED, outcome }).outcome, outcome);
  }
});

test("changed files fit a project", () => {
  const file = (megabytes, path = "x") => ({ path, bytes: new ArrayBuffer(megabytes * 1024 * 1024) });
  const written = (files) => readMessage({ ...FINISHED, changes: { ...NO_CHANGES, written: files } });
  assert.equal(written([file(5)]).changes.written[0].bytes.length, 5 * 1024 * 1024);
  assert.equal(written([file(6)]), null);
  assert.equal(written([file(5), file(5), file(5), file(5), file(1)]), null);
  assert.equal(written(Array(401).fill(file(0))), null);
  assert.equal(written([file(0, "../../etc/passwd")]).changes.written[0].path, "../../etc/passwd");
});
