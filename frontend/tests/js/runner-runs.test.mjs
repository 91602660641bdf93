import assert from "node:assert/strict";
import { test } from "node:test";
import { calm, FILES, Harness, NO_CHANGES, PNG } from "./runner-fakes.mjs";

test("start loads and is ready", async () => {
  const { states, runner, orders } = await new Harness().start();
  assert.deepEqual(states, ["ready"]);
  assert.equal(runner.capabilities.sharesMemory, true);
  assert.deepEqual(
    orders.map(({ type }) => type),
    ["modules", "start", "compile", "assets"],
  );
});

test("a run goes out as it is and comes back once", async () => {
  const harness = await new Harness().start();
  const id = harness.runner.run({ files: FILES, entry: "main.py", preparedInput: "a" });
  harness.worker = 1;
  harness.id = id;
  const order = harness.sent("run")[0];
  assert.deepEqual(order, { type: "run", worker: 1, run: id, files: FILES, entry: "main.py", preparedInput: "a" });
  assert.equal(harness.state, "running");
  harness.tell({ type: "progress", packages: ["numpy"] });
  harness.tell({ type: "output", segments: [{ stream: "out", text: "hello" }] });
  harness.tell({ type: "figure", png: PNG.buffer });
  harness.finish();
  harness.finish();
  assert.deepEqual(harness.states, ["ready", "running", "ready"]);
  assert.equal(harness.heard("finished").length, 1);
  assert.deepEqual(harness.heard("output")[0].segments, [{ stream: "out", text: "hello" }]);
  assert.equal(harness.heard("figure").length, 1);
  assert.deepEqual(harness.heard("progress"), [{ name: "progress", packages: ["numpy"] }]);
});

test("shown output is acknowledged to the worker that wrote it", async () => {
  const harness = await new Harness().run();
  harness.tell({ type: "output", segments: [] });
  harness.heard("output")[0].shown();
  assert.deepEqual(harness.sent("shown"), [{ type: "shown", worker: 1, isDrawn: true }]);
});

test("runs have different ids", async () => {
  const harness = await new Harness().start();
  const ids = new Set();
  for (let count = 0; count < 100; count += 1) {
    ids.add(harness.startRun().id);
    harness.finish();
  }
  assert.equal(ids.size, 100);
});

test("a run is refused in every state but ready", async () => {
  const harness = new Harness();
  const refuses = () => assert.throws(() => harness.runner.run({ files: FILES, entry: "main.py" }), /cannot start/);
  refuses();
  await harness.start();
  harness.startRun();
  refuses();
  harness.tell({ type: "input", prompt: "?" });
  refuses();
  harness.runner.stop();
  refuses();
  harness.say({ type: "broken", message: "x" });
  refuses();
  assert.equal(harness.sent("run").length, 1);
});

test("input is asked for, answered, and asked for again", async () => {
  const harness = await new Harness().run();
  harness.runner.answer("too early");
  harness.tell({ type: "input", prompt: "Name? " });
  harness.tell({ type: "input", prompt: "Forged? " });
  assert.equal(harness.state, "awaiting-input");
  harness.runner.answer("Ada");
  harness.runner.answer("too late");
  harness.tell({ type: "input", prompt: "Age? " });
  harness.runner.answer(null);
  assert.deepEqual(
    harness.sent("answer").map(({ text }) => text),
    ["Ada", null],
  );
  assert.deepEqual(
    harness.heard("answered").map(({ text }) => text),
    ["Ada", null],
  );
  assert.deepEqual(
    harness.heard("input").map(({ prompt }) => prompt),
    ["Name? ", "Age? "],
  );
  harness.finish();
  assert.equal(harness.state, "ready");
});

test("a program may end while it waits for input", async () => {
  const harness = await new Harness().run();
  harness.tell({ type: "input", prompt: "?" });
  harness.finish();
  assert.equal(harness.state, "ready");
  harness.runner.answer("late");
  assert.equal(harness.sent("answer").length, 0);
});

test("messages of no run, of another run and of another worker are dropped", async () => {
  const harness = await new Harness().start();
  harness.worker = 1;
  const said = [
    { type: "output", segments: [{ stream: "out", text: "x" }] },
    { type: "figure", png: PNG.buffer },
    { type: "progress", packages: ["x"] },
    { type: "input", prompt: "?" },
    { type: "finished", outcome: "ok", error: null, changes: NO_CHANGES },
  ];
  const before = harness.events.length;
  for (const message of said) harness.tell({ ...message, run: null });
  harness.startRun();
  for (const message of said) {
    for (const wrong of [{ run: "another" }, { run: null }, { worker: 2 }, { worker: 0 }, { worker: -1 }]) {
      harness.tell({ ...message, ...wrong });
    }
  }
  const old = harness.id;
  harness.finish();
  harness.startRun();
  for (const message of said) harness.tell({ ...message, run: old });
  assert.deepEqual(
    harness.events.slice(before).map(({ name }) => name),
    ["state", "state", "finished", "state"],
  );
  assert.equal(harness.state, "running");
});

test("what only the frame may say is not heard from a worker", async () => {
  const harness = await new Harness().run();
  const before = harness.orders.length;
  harness.tell({ type: "broken", message: "x" });
  harness.tell({ type: "prepared" });
  harness.tell({ type: "capabilities", sharesMemory: false, suspends: false });
  assert.equal(harness.state, "running");
  assert.equal(harness.runner.capabilities.sharesMemory, true);
  assert.equal(harness.heard("capabilities").length, 1);
  assert.equal(harness.orders.length, before);
});

test("what one run may bring into the page is limited", async () => {
  const harness = await new Harness().run();
  const chunk = "x".repeat(1_000_000);
  for (let count = 0; count < 10; count += 1) {
    harness.tell({ type: "output", segments: [{ stream: "out", text: chunk }] });
  }
  const written = harness.heard("output").map(({ segments }) => segments[0].text.length);
  assert.equal(written.length, 10);
  assert.equal(
    written.reduce((sum, length) => sum + length),
    6_000_000,
  );
  const large = new Uint8Array(20 * 1024 * 1024);
  large.set(PNG);
  for (let count = 0; count < 9; count += 1) harness.tell({ type: "figure", png: large.buffer });
  assert.equal(harness.heard("figure").length, 5);
  harness.finish();
  harness.startRun().tell({ type: "output", segments: [{ stream: "out", text: chunk }] });
  assert.equal(harness.heard("output").at(-1).segments[0].text.length, 1_000_000);
});

test("a warning names files of the run only, each once", async () => {
  const harness = await new Harness().run();
  harness.tell({ type: "shadowing", paths: ["main.py", "forged.py", "main.py"] });
  harness.tell({ type: "shadowing", paths: ["main.py"] });
  assert.deepEqual(harness.heard("shadowing"), [{ name: "shadowing", paths: ["main.py"] }]);
});

test("a worker that has grown large is replaced after its run", async () => {
  const harness = await new Harness().run();
  harness.finish({ memory_bytes: 600 * 1024 * 1024 });
  assert.deepEqual(harness.sent("terminate"), [{ type: "terminate", worker: 1 }]);
  assert.equal(harness.state, "ready");
  assert.equal(harness.startRun().worker, 2);
});

test("files of the runtime are handed over, one answer at a time for each", async () => {
  const harness = await new Harness().run();
  harness.assets.holds = true;
  for (let count = 0; count < 100; count += 1) harness.tell({ type: "asset", name: "numpy.whl" });
  assert.equal(harness.assets.waiting.length, 1);
  harness.assets.waiting.pop()();
  await calm();
  assert.equal(harness.sent("asset").length, 1);
  assert.equal(harness.sent("asset")[0].bytes.byteLength, 8);
  harness.assets.holds = false;
  harness.tell({ type: "asset", name: "numpy.whl" });
  await calm();
  assert.equal(harness.sent("asset").length, 2);
});

test("what is no file of the runtime is refused, and a failure is told", async () => {
  const harness = await new Harness().run();
  for (const name of ["../../projects/", "__proto__", "https://school.test/projects/", ""]) {
    harness.tell({ type: "asset", name });
  }
  harness.assets.fail("numpy.whl", "numpy.whl could not be loaded: the server answered 503");
  harness.tell({ type: "asset", name: "numpy.whl" });
  await calm();
  const answers = harness.sent("asset");
  assert.equal(answers.length, 5);
  for (const answer of answers) assert.equal(answer.bytes, undefined);
  assert.match(answers.find(({ name }) => name === "__proto__").message, /not part of this site/);
  assert.match(answers.at(-1).message, /503/);
});
