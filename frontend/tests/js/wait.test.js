import assert from "node:assert/strict";
import { test } from "node:test";
import { waitInWords } from "../../static/pages/wait.js";

test("says a wait in words, never shorter than it is", () => {
  const words = [1, 5, 59, 60, 61, 3600].map(waitInWords);

  assert.deepEqual(words, ["1 second", "5 seconds", "59 seconds", "1 minute", "2 minutes", "60 minutes"]);
});
