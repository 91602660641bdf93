import assert from "node:assert/strict";
import { test } from "node:test";
import { Marker, Refused } from "../../static/checking/marker.js";

const PASSED = { outcome: "passed", share: 1, detail: { sentence: "" } };
const TESTS = [{ id: "t1" }, { id: "t2" }];
const timers = { setTimeout: (then) => setImmediate(then) };

/** A server with so many submissions, which answers as the real one does. */
class Server {
  constructor(count) {
    this.pending = Array.from({ length: count }, (_, index) => `s${index + 1}`);
    this.leased = new Set();
    this.results = new Map();
    this.failures = 0;
    this.tests = async () => TESTS;
    this.claim = this.#orFail((count) => {
      const free = this.pending.filter((id) => !this.leased.has(id) && !this.results.has(id));
      const left = this.pending.filter((id) => !this.results.has(id));
      const ids = free.length > 0 ? free.slice(0, count) : left.slice(0, 1);
      for (const id of ids) this.leased.add(id);
      return ids.map((id) => ({ id, version: "v1", files: [], entry: "main.py" }));
    });
    this.send = this.#orFail((results) => {
      for (const { item, ...rest } of results) if (!this.results.has(item)) this.results.set(item, rest);
      const done = results.map(({ item }) => ({ id: item }));
      return { done, is_finished: this.results.size === this.pending.length };
    });
    this.giveBack = async (ids) => ids.forEach((id) => this.leased.delete(id));
  }

  #orFail(answer) {
    return async (argument) => {
      await new Promise(setImmediate);
      if (this.failures > 0) {
        this.failures -= 1;
        throw new TypeError("Failed to fetch");
      }
      return answer(argument);
    };
  }
}

function watch(marker) {
  const told = { rows: [], states: [], troubles: [] };
  marker.addEventListener("marking:row", ({ detail }) => told.rows.push(detail.id));
  marker.addEventListener("marking:state", ({ detail }) => told.states.push(detail));
  marker.addEventListener("marking:trouble", ({ detail }) => detail && told.troubles.push(detail));
  return told;
}

const passing = () => ({ check: async ({ tests }) => tests.map(() => PASSED), close() {} });

test("every submission is run once and answered for once", async () => {
  const api = new Server(11);
  let runs = 0;
  const makeChecker = () => ({ ...passing(), check: async ({ tests }) => (runs++, tests.map(() => PASSED)) });
  const marker = new Marker({ api, makeChecker, timers });
  const told = watch(marker);
  await marker.start(2);

  assert.equal(runs, 11);
  assert.deepEqual(told.rows.toSorted(), api.pending.toSorted());
  assert.deepEqual(told.states, ["running", "finished"]);
  assert.deepEqual(api.results.get("s1").tests, [
    { test: "t1", outcome: "passed", share: 1, detail: "" },
    { test: "t2", outcome: "passed", share: 1, detail: "" },
  ]);
});

test("a lost network costs nothing", async () => {
  const api = new Server(5);
  const marker = new Marker({ api, makeChecker: passing, timers });
  const told = watch(marker);
  marker.addEventListener("marking:row", () => (api.failures = told.rows.length === 2 ? 3 : 0));
  api.failures = 2;
  await marker.start(2);

  assert.equal(api.results.size, 5);
  assert.equal(told.states.at(-1), "finished");
  assert.ok(told.troubles.length > 0);
});

test("a pause ends what runs, gives it back, and going on does the rest", async () => {
  const api = new Server(6);
  let marker = null;
  let runs = 0;
  const makeChecker = () => ({
    async check({ tests, signal }) {
      runs += 1;
      if (runs === 3) marker.pause();
      return tests.map(() => (signal.aborted ? null : PASSED));
    },
    close() {},
  });
  marker = new Marker({ api, makeChecker, timers });
  const told = watch(marker);
  await marker.start(1);
  assert.equal(api.results.size, 2);
  assert.equal(api.leased.size, 2);

  await marker.start(2);
  assert.equal(api.results.size, 6);
  assert.deepEqual(told.states, ["running", "paused", "running", "finished"]);
});

test("a worker that Python has left is replaced, and what cannot be run is said", async () => {
  const api = new Server(3);
  let made = 0;
  const makeChecker = () => {
    made += 1;
    return {
      async check({ tests }) {
        // The first one breaks at once; the second one, too: the submission it had is given up.
        if (made < 3) throw new Error("gone");
        return tests.map(() => PASSED);
      },
      close() {},
    };
  };
  const marker = new Marker({ api, makeChecker, timers });
  await marker.start(1);

  assert.match(api.results.get("s1").problem, /could not be started/);
  assert.deepEqual(api.results.get("s1").tests, []);
  assert.equal(api.results.get("s2").problem, undefined);
});

test("when Python does not start at all, it stops and says so", async () => {
  const api = new Server(9);
  const makeChecker = () => ({ check: () => Promise.reject(new Error("no")), close() {} });
  const marker = new Marker({ api, makeChecker, timers });
  const told = watch(marker);
  await marker.start(1);

  assert.match(told.troubles.at(-1), /does not start any more/);
  assert.equal(told.states.at(-1), "paused");
  assert.equal(api.results.size, 3);
});

test("what the server refuses ends it with its sentence", async () => {
  const api = new Server(2);
  api.claim = () => Promise.reject(new Refused("You have been signed out."));
  const marker = new Marker({ api, makeChecker: passing, timers });
  const told = watch(marker);
  await marker.start(2);

  assert.deepEqual(told.troubles, ["You have been signed out."]);
  assert.equal(marker.state, "paused");
});
