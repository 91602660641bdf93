import assert from "node:assert/strict";
import { test } from "node:test";
import { Harness } from "./runner-fakes.mjs";

const installed = (harness) => harness.sent("install").map(({ worker, modules }) => `${worker} ${modules}`);

test("what will be imported is loaded into the worker, then into the spare", async () => {
  const harness = await new Harness().start();
  harness.bootSpare();
  await harness.runner.prefetch(new Set(["pandas", "numpy"]));
  assert.deepEqual(installed(harness), ["1 numpy,pandas"]);
  harness.say({ type: "installed", worker: 1, complete: true });
  assert.deepEqual(installed(harness), ["1 numpy,pandas", "2 numpy,pandas"]);
  harness.say({ type: "installed", worker: 2, complete: true });
  await harness.runner.prefetch(new Set(["numpy", "pandas"]));
  assert.equal(installed(harness).length, 2);
});

test("nothing is loaded ahead while a program runs", async () => {
  const harness = await new Harness().run();
  await harness.runner.prefetch(new Set(["numpy"]));
  harness.say({ type: "installed", worker: 1, complete: true });
  assert.deepEqual(installed(harness), []);
  harness.finish();
  assert.deepEqual(installed(harness), ["1 numpy"]);
});

test("a spare that boots later gets it, too, and so does the worker after it", async () => {
  const harness = await new Harness().start();
  await harness.runner.prefetch(new Set(["numpy"]));
  harness.say({ type: "installed", worker: 1, complete: true });
  harness.bootSpare();
  assert.deepEqual(installed(harness), ["1 numpy", "2 numpy"]);
  harness.say({ type: "crashed", worker: 2, message: "gone" });
  harness.startRun().finish();
  harness.say({ type: "ready", worker: 3, restored: true, reason: null, boot_ms: 1 });
  assert.deepEqual(installed(harness).at(-1), "3 numpy");
});

test("a program that imports nothing has nothing loaded for it, nor has a device with little memory", async () => {
  const roomy = await new Harness().start();
  await roomy.runner.prefetch(new Set());
  const small = await new Harness({ keepSpare: false }).start();
  await small.runner.prefetch(new Set(["numpy"]));
  assert.deepEqual([...installed(roomy), ...installed(small)], []);
});

test("what a run broke off is ordered again after it", async () => {
  const harness = await new Harness().start();
  await harness.runner.prefetch(new Set(["pandas"]));
  harness.startRun();
  harness.say({ type: "installed", worker: 1, complete: false });
  harness.finish();
  assert.deepEqual(installed(harness), ["1 pandas", "1 pandas"]);
});

test("what could not be downloaded is not waited for", async () => {
  const harness = await new Harness().start();
  harness.assets.areHere = false;
  await harness.runner.prefetch(new Set(["pandas"]));
  assert.deepEqual(installed(harness), []);
});
