import assert from "node:assert/strict";
import { test } from "node:test";
import { move, State } from "../../static/runner/states.js";

const ALLOWED = {
  [State.LOADING]: [State.READY, State.FAILED],
  [State.READY]: [State.RUNNING, State.LOADING, State.FAILED],
  [State.RUNNING]: [State.AWAITING_INPUT, State.STOPPING, State.READY, State.LOADING, State.FAILED],
  [State.AWAITING_INPUT]: [State.RUNNING, State.STOPPING, State.READY, State.LOADING, State.FAILED],
  [State.STOPPING]: [State.READY, State.LOADING, State.FAILED],
  [State.FAILED]: [State.LOADING, State.FAILED],
};

for (const from of Object.values(State)) {
  test(`from ${from}`, () => {
    for (const to of Object.values(State)) {
      if (ALLOWED[from].includes(to)) assert.equal(move(from, to), to);
      else assert.throws(() => move(from, to), /cannot go from/);
    }
  });
}
