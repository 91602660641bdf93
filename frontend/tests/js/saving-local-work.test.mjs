import assert from "node:assert/strict";
import { test } from "node:test";
import { LocalWork } from "../../static/saving/local-work.js";

class Storage {
  kept = new Map();

  getItem(key) {
    return this.kept.get(key) ?? null;
  }

  setItem(key, value) {
    this.kept.set(key, value);
  }
}

const WORK = { version: 2, files: [{ path: "main.py", text: "x = 1" }], hints: 1 };

test("what was kept is there again, for the same person and exercise only", () => {
  const storage = new Storage();
  const work = new LocalWork({ storage, user: "ada", exercise: "7" });
  assert.equal(work.read(), null);
  assert.equal(work.write(WORK), true);
  assert.deepEqual(new LocalWork({ storage, user: "ada", exercise: "7" }).read(), WORK);
  assert.equal(new LocalWork({ storage, user: "ben", exercise: "7" }).read(), null);
  assert.equal(new LocalWork({ storage, user: "ada", exercise: "8" }).read(), null);
});

test("a browser that keeps nothing is told by the answer", () => {
  const full = { getItem: () => null, setItem: () => assert.fail("full") };
  for (const storage of [null, full]) {
    const work = new LocalWork({ storage, user: "ada", exercise: "7" });
    assert.equal(work.write(WORK), false);
    assert.equal(work.read(), null);
  }
});

test("what cannot be read counts as nothing", () => {
  const storage = new Storage();
  const work = new LocalWork({ storage, user: "ada", exercise: "7" });
  work.write(WORK);
  const [key] = storage.kept.keys();
  for (const odd of ["", "{", "null", "[]", "{}", '{"files": [1]}', '{"files": [{"path": "a"}]}']) {
    storage.kept.set(key, odd);
    assert.equal(work.read(), null, odd);
  }
});
