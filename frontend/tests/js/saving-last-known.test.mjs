import assert from "node:assert/strict";
import { test } from "node:test";
import { isBehind, rememberRevision } from "../../static/saving/last-known.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("a page is behind when this tab has saved a newer revision", () => {
  const own = storage();
  assert.equal(
    isBehind(() => own, "a", 4),
    false,
  );
  rememberRevision(() => own, "a", 5);
  assert.deepEqual(
    [4, 5, 6].map((revision) => isBehind(() => own, "a", revision)),
    [true, false, false],
  );
  assert.equal(
    isBehind(() => own, "b", 4),
    false,
  );
});

test("where the browser keeps nothing, no page is behind", () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  rememberRevision(refuse, "a", 5);
  assert.equal(isBehind(refuse, "a", 4), false);
});
