import assert from "node:assert/strict";
import { test } from "node:test";
import { Harness } from "./runner-fakes.mjs";

test("Stop asks first, and a program that obeys keeps its worker", async () => {
  const harness = await new Harness().run();
  harness.runner.stop();
  assert.equal(harness.state, "stopping");
  assert.deepEqual(harness.sent("stop"), [{ type: "stop", worker: 1 }]);
  harness.finish({ outcome: "stopped" });
  assert.deepEqual(harness.timers.delays, []);
  assert.equal(harness.state, "ready");
  assert.equal(harness.sent("terminate").length, 0);
  assert.equal(harness.heard("finished")[0].outcome, "stopped");
});

test("a program that ends otherwise after Stop was stopped all the same", async () => {
  const harness = await new Harness().run();
  harness.runner.stop();
  harness.finish({ outcome: "error", error: { type: "E", message: "m", traceback: "t" } });
  assert.equal(harness.heard("finished")[0].outcome, "stopped");
});

test("a program that does not obey within a second is replaced by the spare", async () => {
  const harness = await new Harness().run();
  harness.runner.stop();
  harness.timers.pass(500);
  assert.equal(harness.state, "stopping");
  harness.timers.pass(1000);
  assert.equal(harness.state, "ready");
  assert.deepEqual(harness.sent("terminate"), [{ type: "terminate", worker: 1 }]);
  assert.deepEqual(
    harness.heard("finished").map(({ outcome }) => outcome),
    ["stopped"],
  );
  harness.finish();
  assert.equal(harness.heard("finished").length, 1);
  assert.equal(harness.startRun().worker, 2);
});

test("without a spare the next worker has to load", async () => {
  const harness = await new Harness({ keepSpare: false }).start();
  harness.startRun().runner.stop();
  harness.timers.pass(1000);
  assert.equal(harness.state, "loading");
  assert.equal(harness.heard("finished").length, 1);
  harness.say({ type: "ready", worker: 1 });
  assert.equal(harness.state, "loading");
  harness.say({ type: "ready", worker: 2 });
  assert.equal(harness.state, "ready");
  assert.equal(harness.startRun().worker, 2);
});

test("a spare that still boots takes over when it is ready", async () => {
  const harness = await new Harness().start();
  harness.timers.pass(1500);
  harness.startRun().runner.stop();
  harness.timers.pass(1000);
  assert.equal(harness.state, "loading");
  harness.say({ type: "ready", worker: 2 });
  assert.equal(harness.state, "ready");
});

test("without shared memory there is nothing to wait for", async () => {
  const harness = await new Harness().start({ sharesMemory: false });
  harness.startRun().runner.stop();
  harness.timers.pass(200);
  assert.equal(harness.heard("finished")[0].outcome, "stopped");
});

test("Stop ends a program that waits for input", async () => {
  const harness = await new Harness().run();
  harness.tell({ type: "input", prompt: "?" });
  harness.runner.stop();
  harness.runner.answer("too late");
  harness.tell({ type: "input", prompt: "?" });
  assert.equal(harness.state, "stopping");
  assert.equal(harness.sent("answer").length, 0);
  harness.timers.pass(1000);
  assert.equal(harness.state, "ready");
});

test("Stop does nothing where nothing runs", async () => {
  const harness = new Harness();
  harness.runner.stop();
  await harness.start();
  harness.runner.stop();
  harness.startRun().runner.stop();
  harness.runner.stop();
  assert.equal(harness.sent("stop").length, 1);
  assert.equal(harness.timers.delays.filter((delay) => delay <= 1000).length, 1);
});

test("a worker that crashes in a run ends it, once", async () => {
  const harness = await new Harness().run();
  for (let count = 0; count < 5; count += 1) harness.tell({ type: "crashed", message: "out of memory" });
  const [finished, ...more] = harness.heard("finished");
  assert.equal(more.length, 0);
  assert.equal(finished.outcome, "crashed");
  assert.equal(finished.message, "out of memory");
  assert.deepEqual(finished.changes, { written: [], deleted: [], skipped: [] });
  assert.equal(harness.state, "ready");
  assert.equal(harness.sent("terminate").length, 1);
});

test("a worker that crashes while it is stopped was stopped", async () => {
  const harness = await new Harness().run();
  harness.runner.stop();
  harness.tell({ type: "crashed", message: "x" });
  harness.timers.pass(1000);
  assert.deepEqual(
    harness.heard("finished").map(({ outcome }) => outcome),
    ["stopped"],
  );
});

test("a crash while loading is tried again, three times in all", async () => {
  const harness = await new Harness().start({ ready: false });
  harness.say({ type: "crashed", worker: 1, message: "one" });
  harness.say({ type: "crashed", worker: 2, message: "two" });
  assert.equal(harness.state, "loading");
  harness.say({ type: "crashed", worker: 3, message: "three" });
  assert.deepEqual(harness.heard("state").at(-1), {
    name: "state",
    state: "failed",
    message: "Python did not start: three",
  });
  assert.deepEqual(
    harness.sent("start").map(({ worker }) => worker),
    [1, 2, 3],
  );
});

test("a crash between runs is mended by the spare, ready or not", async () => {
  const harness = await new Harness().run();
  harness.finish();
  harness.say({ type: "crashed", worker: 1, message: "x" });
  assert.equal(harness.state, "ready");
  assert.equal(harness.startRun().worker, 2);
  harness.finish();
  harness.say({ type: "crashed", worker: 2, message: "x" });
  assert.equal(harness.state, "loading");
  harness.say({ type: "ready", worker: 3 });
  assert.equal(harness.state, "ready");
});

test("a crash of the spare disturbs nobody", async () => {
  const harness = await new Harness().run();
  harness.say({ type: "crashed", worker: 2, message: "x" });
  assert.equal(harness.state, "running");
  harness.finish();
  assert.deepEqual(
    harness.sent("start").map(({ worker }) => worker),
    [1, 2, 3],
  );
});

test("a frame that breaks in a run ends the run and its workers", async () => {
  const harness = await new Harness().run();
  harness.say({ type: "broken", message: "DataCloneError" });
  assert.equal(harness.state, "failed");
  assert.deepEqual(
    harness.heard("finished").map(({ outcome }) => outcome),
    ["crashed"],
  );
  assert.deepEqual(
    harness.sent("terminate").map(({ worker }) => worker),
    [1, 2],
  );
  const before = harness.events.length;
  harness.finish();
  harness.tell({ type: "crashed", message: "x" });
  harness.tell({ type: "ready" });
  harness.tell({ type: "input", prompt: "?" });
  assert.equal(harness.events.length, before);
});

test("what failed can be started again", async () => {
  const harness = await new Harness().run();
  harness.say({ type: "broken", message: "x" });
  await harness.start();
  assert.equal(harness.connections, 2);
  assert.equal(harness.closed, 1);
  assert.equal(harness.state, "ready");
  harness.startRun().finish();
  assert.equal(harness.heard("finished").length, 2);
});

test("a file that does not come fails the start with its sentence", async () => {
  for (const name of ["pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json", "pyodide.mjs"]) {
    const harness = new Harness();
    harness.assets.fail(name, `${name} could not be loaded`);
    await harness.runner.start();
    assert.deepEqual(harness.heard("state"), [
      { name: "state", state: "failed", message: `${name} could not be loaded` },
    ]);
  }
});

test("without its snapshot Python starts all the same", async () => {
  const harness = new Harness({ core: { "snapshot-jspi.bin": {}, "snapshot-plain.bin": {} } });
  harness.assets.fail("snapshot-jspi.bin", "gone");
  harness.assets.fail("snapshot-plain.bin", "gone");
  await harness.start();
  assert.equal(harness.sent("assets")[0].snapshot, null);
  assert.equal(harness.state, "ready");
});

test("a frame that does not open fails the start", async () => {
  const harness = new Harness({ connect: () => Promise.reject(new Error("did not open")) });
  await harness.runner.start();
  assert.equal(harness.heard("state")[0].message, "did not open");
});

test("a first program has the processor to itself", async () => {
  const harness = await new Harness().start();
  assert.equal(harness.sent("start").length, 1);
  harness.timers.pass(1500);
  harness.timers.pass(1500);
  assert.equal(harness.sent("start").length, 2);
});

test("a worker that never comes up is replaced, and then given up with a sentence", async () => {
  const harness = await new Harness().start({ ready: false });
  harness.timers.pass(60_000);
  harness.timers.pass(60_000);
  assert.equal(harness.sent("start").length, 3);
  assert.equal(harness.state, "loading");
  harness.timers.pass(60_000);
  assert.equal(harness.state, "failed");
  assert.match(harness.runner.message, /did not answer/);
});

test("a worker that is up is left alone, however long nothing happens", async () => {
  const harness = await new Harness().run();
  harness.timers.pass(600_000);
  assert.equal(harness.state, "running");
  assert.equal(harness.sent("terminate").length, 0);
});
