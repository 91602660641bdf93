import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryInWords } from "../../static/checking/summary-in-words.js";

const PASSED = { outcome: "passed" };
const FAILED = { outcome: "failed" };

function summary(...pairs) {
  return summaryInWords(pairs.map(([solution, starter]) => ({ solution, starter })));
}

test("a solution that passes is told with the number of tests", () => {
  assert.equal(summary([PASSED, FAILED]), "✓ Your solution passes the test.");
  assert.equal(summary([PASSED, FAILED], [PASSED, { outcome: "error" }]), "✓ Your solution passes all 2 tests.");
});

test("tests that it does not pass, and those that pass on the starter, are named", () => {
  assert.equal(
    summary([FAILED, FAILED], [PASSED, PASSED], [{ outcome: "timeout" }, PASSED], [{ outcome: "error" }, FAILED]),
    "Your solution does not pass tests 1, 3 and 4. The untouched starter passes tests 2 and 3, too.",
  );
});

test("what was stopped says nothing of the tests", () => {
  assert.equal(summary([PASSED, FAILED], [PASSED, null]), "Stopped.");
  assert.equal(summary([null, null]), "Stopped.");
});
