import assert from "node:assert/strict";
import { test } from "node:test";
import { CheckRunner } from "../../static/checking/check-runner.js";
import { Judge } from "../../static/checking/judge.js";
import { calm, FakeTimers, FILES, Harness } from "./runner-fakes.mjs";

const ANSWER = "planted-answer";

function io(name, more = {}) {
  const common = { name, points: 1, visibility: "visible", feedback: "", time_limit_s: 5 };
  return {
    kind: "io",
    ...common,
    input: "7",
    files: {},
    expected: ANSWER,
    compare: "lines",
    tolerance: 0.001,
    ...more,
  };
}

function structure(name) {
  return { kind: "structure", name, points: 1, feedback: "", time_limit_s: 5, must_use: ["for"], must_not_use: [] };
}

function printed(stdout) {
  return JSON.stringify({ timedOut: false, error: null, stdout });
}

/** A check under way, with the worker's side in the test's hands. */
class Check {
  started = [];
  heard = [];
  verdicts = null;
  timers = new FakeTimers();

  static async of(tests, { signal, isUsed = false } = {}) {
    const check = new Check();
    check.harness = await new Harness().start();
    check.harness.bootSpare();
    if (isUsed) check.harness.startRun().finish();
    const checker = new CheckRunner({ runner: check.harness.runner, judge: new Judge({}), timers: check.timers });
    check.done = checker.check({
      files: FILES,
      entry: "main.py",
      tests,
      signal,
      onStart: (index) => check.started.push(index),
      onVerdict: (index, { outcome }) => check.heard.push([index, outcome]),
    });
    check.done.then(
      (verdicts) => {
        check.verdicts = verdicts;
      },
      () => {},
    );
    await calm();
    return check;
  }

  get order() {
    return this.harness.sent("check").at(-1);
  }

  say(message) {
    const { worker, run } = this.order;
    this.harness.say({ worker, run, ...message });
  }

  async answer(observation, more = {}) {
    this.say({ type: "started" });
    this.say({ type: "checked", observation, memory_bytes: 1, ...more });
    await calm();
  }

  get outcomes() {
    return this.verdicts?.map((verdict) => verdict?.outcome ?? null);
  }
}

test("tests are run one after the other, and verdicts come as they are known", async () => {
  const check = await Check.of([io("a"), io("b")]);
  assert.equal(check.harness.sent("check").length, 1);
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.heard, [[0, "passed"]]);
  await check.answer(printed("wrong"));
  assert.deepEqual(check.outcomes, ["passed", "failed"]);
  assert.deepEqual(check.started, [0, 1]);
  assert.equal(check.harness.state, "ready");
});

test("nothing that is expected is in any order to the frame", async () => {
  const check = await Check.of([io("a"), structure("b")]);
  await check.answer(JSON.stringify({ uses: ["for"], syntaxError: null }));
  await check.answer(printed("x"));
  assert.ok(!JSON.stringify(check.harness.orders).includes(ANSWER));
  assert.equal(check.harness.sent("check").length, 2);
});

test("structure is read first, before any program has run", async () => {
  const check = await Check.of([io("a"), structure("b")]);
  assert.equal(check.order.test.kind, "structure");
  await check.answer(JSON.stringify({ uses: ["for"], syntaxError: null }));
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.started, [1, 0]);
  assert.deepEqual(check.outcomes, ["passed", "passed"]);
});

test("a worker in which a program has run is replaced first, and only then", async () => {
  const fresh = await Check.of([io("a")]);
  assert.equal(fresh.order.worker, 1);
  const used = await Check.of([io("a"), io("b")], { isUsed: true });
  assert.equal(used.order.worker, 2);
  await used.answer(printed(ANSWER));
  assert.equal(used.order.worker, 2);
});

test("a program that has changed Python itself does not spoil the next test", async () => {
  const check = await Check.of([io("a"), io("b")]);
  await check.answer(printed(ANSWER), { worn: true });
  assert.equal(check.order.worker, 2);
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.outcomes, ["passed", "passed"]);
});

test("time begins when the program does; one that takes too long is stopped, and the next has its turn", async () => {
  const check = await Check.of([io("a", { time_limit_s: 2 }), io("b")]);
  check.timers.pass(60_000);
  assert.equal(check.harness.state, "running");
  check.say({ type: "started" });
  check.timers.pass(2_500);
  assert.equal(check.harness.state, "running");
  check.timers.pass(3_000);
  assert.equal(check.harness.state, "stopping");
  check.harness.timers.pass(1_000);
  await calm();
  assert.deepEqual(check.heard, [[0, "timeout"]]);
  assert.equal(check.order.worker, 2);
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.outcomes, ["timeout", "passed"]);
});

test("an observation that comes after Stop does not count", async () => {
  const check = await Check.of([io("a", { time_limit_s: 1 })]);
  check.say({ type: "started" });
  check.timers.pass(2_000);
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.outcomes, ["timeout"]);
});

test("a program cannot begin twice to gain time", async () => {
  const check = await Check.of([io("a", { time_limit_s: 1 })]);
  check.say({ type: "started" });
  const before = check.timers.delays;
  check.say({ type: "started" });
  assert.deepEqual(check.timers.delays, before);
});

test("what has just been loaded may take its time to import", async () => {
  const check = await Check.of([io("a", { time_limit_s: 2 })]);
  check.say({ type: "progress", packages: ["pandas"] });
  check.say({ type: "progress", packages: [] });
  check.say({ type: "started" });
  check.timers.pass(11_000);
  assert.equal(check.harness.state, "running");
  check.timers.pass(12_000);
  assert.equal(check.harness.state, "stopping");
});

test("Stop ends the check; what was not done is null", async () => {
  const check = await Check.of([io("a"), io("b"), io("c")]);
  await check.answer(printed(ANSWER));
  check.say({ type: "started" });
  check.harness.runner.stop();
  check.harness.timers.pass(1_000);
  await calm();
  assert.deepEqual(check.outcomes, ["passed", null, null]);
  assert.equal(check.harness.sent("check").length, 2);
});

test("a signal ends the check", async () => {
  const controller = new AbortController();
  const check = await Check.of([io("a"), io("b")], { signal: controller.signal });
  controller.abort();
  assert.equal(check.harness.state, "stopping");
  check.harness.timers.pass(1_000);
  await calm();
  assert.deepEqual(check.outcomes, [null, null]);
});

test("a worker that dies costs its test only", async () => {
  const check = await Check.of([io("a"), io("b")]);
  check.say({ type: "started" });
  check.say({ type: "crashed", message: "out of memory" });
  await calm();
  await check.answer(printed(ANSWER));
  assert.deepEqual(check.outcomes, ["error", "passed"]);
  assert.match(check.verdicts[0].detail.sentence, /brought Python down/);
});

test("a worker that never begins is given up", async () => {
  const check = await Check.of([io("a")]);
  check.timers.pass(120_000);
  check.harness.timers.pass(1_000);
  await calm();
  assert.match(check.verdicts[0].detail.sentence, /could not be started/);
});

test("what cannot be read is an error, and what a program forges under its own name is only its own", async () => {
  for (const forged of [null, "{", 7, "null", "[]", { stdout: ANSWER }]) {
    const check = await Check.of([io("a")]);
    await check.answer(forged);
    assert.deepEqual(check.outcomes, ["error"], String(forged));
  }
});

test("messages of an earlier test change nothing in the next", async () => {
  const check = await Check.of([io("a"), io("b")]);
  const { run, worker } = check.order;
  await check.answer(printed("wrong"));
  check.harness.say({ type: "checked", run, worker, observation: printed(ANSWER), memory_bytes: 1 });
  await calm();
  assert.deepEqual(check.heard, [[0, "failed"]]);
});

test("what a program under test prints, draws and asks is told to nobody", async () => {
  const check = await Check.of([io("a")]);
  check.say({ type: "output", segments: [{ stream: "out", text: "x" }] });
  check.say({ type: "input", prompt: "?" });
  check.say({ type: "finished", outcome: "ok", error: null, changes: { written: [], deleted: [], skipped: [] } });
  assert.deepEqual(
    ["output", "input", "finished"].flatMap((name) => check.harness.heard(name)),
    [],
  );
  assert.equal(check.harness.state, "running");
});

test("Python that cannot be had is said so", async () => {
  const check = await Check.of([io("a")]);
  check.harness.say({ type: "broken", message: "gone" });
  await calm();
  await assert.rejects(check.done, /gone/);
});
