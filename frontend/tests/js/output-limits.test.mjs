import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_SHOWN_CHARS, MAX_SHOWN_LINES, OutputLimits } from "../../static/console/output-limits.js";

test("what is within the limits is shown as it is", () => {
  const limits = new OutputLimits();
  for (const text of ["a", "", "b\n", "\n\n", "no end"]) assert.equal(limits.take(text), text);
  assert.equal(limits.isCapped, false);
  assert.equal(limits.all, "ab\n\n\nno end");
});

test("lines past the limit are kept and not shown", () => {
  const limits = new OutputLimits();
  const shown = limits.take("x\n".repeat(MAX_SHOWN_LINES + 500));
  assert.equal(shown, "x\n".repeat(MAX_SHOWN_LINES));
  assert.equal(limits.isCapped, true);
  assert.equal(limits.take("more"), "");
  assert.equal(limits.all.length, 2 * (MAX_SHOWN_LINES + 500) + 4);
});

test("lines are counted across pieces", () => {
  const limits = new OutputLimits();
  for (let line = 0; line < MAX_SHOWN_LINES - 1; line += 1) {
    assert.equal(limits.take("x"), "x");
    assert.equal(limits.take("\n"), "\n");
  }
  assert.equal(limits.isCapped, false);
  assert.equal(limits.take("last\nmore"), "last\n");
  assert.equal(limits.isCapped, true);
});

test("characters past the limit are kept and not shown", () => {
  const limits = new OutputLimits();
  const text = "x".repeat(MAX_SHOWN_CHARS - 1);
  assert.equal(limits.take(text), text);
  assert.equal(limits.isCapped, false);
  assert.equal(limits.take("yz"), "y");
  assert.equal(limits.isCapped, true);
  assert.equal(limits.all, `${text}yz`);
});

test("exactly as many characters as fit are not too many", () => {
  const limits = new OutputLimits();
  limits.take("x".repeat(MAX_SHOWN_CHARS));
  assert.equal(limits.isCapped, false);
  assert.equal(limits.take(""), "");
  assert.equal(limits.isCapped, false);
  assert.equal(limits.take("y"), "");
  assert.equal(limits.isCapped, true);
});

test("one endless line is cut too", () => {
  const limits = new OutputLimits();
  let shown = 0;
  for (let piece = 0; piece < 100; piece += 1) shown += limits.take("x".repeat(5_000)).length;
  assert.equal(shown, MAX_SHOWN_CHARS);
});

test("many small pieces are quick", () => {
  const limits = new OutputLimits();
  const began = performance.now();
  for (let piece = 0; piece < 200_000; piece += 1) limits.take("x\n");
  assert.ok(performance.now() - began < 2_000);
});
