/**
 * What the runner is doing, and what may follow.
 *
 *   loading ──► ready ──► running ⇄ awaiting-input
 *      ▲          ▲          │  ╲        │
 *      │          │          ▼   ╲       ▼
 *      │          ├─────── (ends) ──► stopping
 *      │          │                      │
 *      └──────────┴──────────────────────┘      (the spare worker takes over: ready; none yet: loading)
 *
 *   any ──► failed ──► loading (start again)
 */
export const State = Object.freeze({
  LOADING: "loading",
  READY: "ready",
  RUNNING: "running",
  AWAITING_INPUT: "awaiting-input",
  STOPPING: "stopping",
  FAILED: "failed",
});

const MOVES = {
  [State.LOADING]: [State.READY],
  [State.READY]: [State.RUNNING, State.LOADING],
  [State.RUNNING]: [State.AWAITING_INPUT, State.STOPPING, State.READY, State.LOADING],
  [State.AWAITING_INPUT]: [State.RUNNING, State.STOPPING, State.READY, State.LOADING],
  [State.STOPPING]: [State.READY, State.LOADING],
  [State.FAILED]: [State.LOADING],
};

/** The new state; throws on a move that the table does not hold. */
export function move(from, to) {
  if (to !== State.FAILED && !MOVES[from].includes(to)) throw new Error(`The runner cannot go from ${from} to ${to}.`);
  return to;
}
