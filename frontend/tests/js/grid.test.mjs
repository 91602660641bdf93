import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_MS, Looking } from "../../static/grid/looking.js";
import { moved } from "../../static/grid/movement.js";

const STATES = [
  ["verified", "claimed", "working"],
  ["stuck", "verified", "working"],
  ["claimed", "verified", "stuck"],
];

function walk(keys, place = { row: 0, column: 0 }) {
  for (const key of keys)
    place = moved({ key: key.replace("Ctrl+", ""), ctrlKey: key.startsWith("Ctrl") }, place, STATES);
  return [place.row, place.column];
}

test("arrow keys move by one cell and stay in the grid", () => {
  assert.deepEqual(walk(["ArrowDown", "ArrowRight"]), [1, 1]);
  assert.deepEqual(walk(["ArrowUp", "ArrowLeft"]), [0, 0]);
  assert.deepEqual(walk(["ArrowRight", "ArrowRight", "ArrowRight", "PageDown"]), [2, 2]);
});

test("Home and End go to the ends of the row, with Ctrl to those of the grid", () => {
  assert.deepEqual(walk(["ArrowDown", "End"]), [1, 2]);
  assert.deepEqual(walk(["ArrowDown", "End", "Home"]), [1, 0]);
  assert.deepEqual(walk(["Ctrl+End"]), [2, 2]);
  assert.deepEqual(walk(["Ctrl+End", "Ctrl+Home"]), [0, 0]);
});

test("n and p go to the work that waits to be verified, column by column and round", () => {
  assert.deepEqual(walk(["n"]), [2, 0]);
  assert.deepEqual(walk(["n", "n"]), [0, 1]);
  assert.deepEqual(walk(["n", "n", "n"]), [2, 0]);
  assert.deepEqual(walk(["p"]), [0, 1]);
  assert.deepEqual(walk(["s", "s"]), [2, 2]);
});

test("other keys mean nothing, and neither does a search for what there is not", () => {
  const place = { row: 0, column: 0 };
  assert.equal(moved({ key: "x", ctrlKey: false }, place, STATES), null);
  assert.equal(moved({ key: "n", ctrlKey: true }, place, STATES), null);
  assert.deepEqual(moved({ key: "s", ctrlKey: false }, place, [["working"]]), place);
});

/** A clock that goes when it is told to; `looks` counts, `fail` lets looks fail. */
function begin() {
  const world = { now: 0, isSeen: true, looks: 0, fails: false, due: null };
  const timers = {
    setTimeout: (run, delay_ms) => (world.due = { run, at: world.now + delay_ms }),
    clearTimeout: (due) => world.due === due && (world.due = null),
  };
  const look = async () => {
    world.looks += 1;
    if (world.fails) throw new Error("offline");
  };
  world.looking = new Looking({ look, isSeen: () => world.isSeen, timers, now: () => world.now });
  world.pass = async (ms) => {
    const end = world.now + ms;
    while (world.due && world.due.at <= end) {
      const { run, at } = world.due;
      world.now = at;
      world.due = null;
      await run();
    }
    world.now = end;
  };
  return world;
}

test("it looks every ten seconds while the page is seen, and at once when it is seen again", async () => {
  const world = begin();
  await world.pass(EVERY_MS * 3);
  assert.equal(world.looks, 3);
  world.isSeen = false;
  world.looking.seenChanged();
  await world.pass(EVERY_MS * 30);
  assert.equal(world.looks, 3);
  world.isSeen = true;
  world.looking.seenChanged();
  await world.pass(0);
  assert.equal(world.looks, 4);
  world.looking.stop();
  await world.pass(EVERY_MS * 30);
  assert.equal(world.looks, 4);
});

test("it asks a server that does not answer ever less often, up to every two minutes", async () => {
  const world = begin();
  world.fails = true;
  await world.pass(10_000 + 20_000 + 40_000 + 80_000);
  assert.equal(world.looks, 4);
  await world.pass(240_000);
  assert.equal(world.looks, 6);
  world.fails = false;
  await world.pass(120_000 + EVERY_MS * 2);
  assert.equal(world.looks, 9);
});
