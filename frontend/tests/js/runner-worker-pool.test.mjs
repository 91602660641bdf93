import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { WorkerPool } from "../../static/runner/worker-pool.js";

let orders;
let pool;

beforeEach(() => {
  orders = [];
  pool = new WorkerPool({ send: ({ type, worker }) => orders.push(`${type} ${worker}`) }, "https://school.test/w.js");
});

test("the first worker", () => {
  pool.startCurrent();
  assert.equal(pool.isReady, false);
  pool.ready(1);
  assert.equal(pool.isReady, true);
  assert.deepEqual(orders, ["start 1"]);
});

test("one spare at most", () => {
  pool.startCurrent();
  pool.startSpare();
  pool.startSpare();
  assert.deepEqual(orders, ["start 1", "start 2"]);
});

test("the spare takes over, ready or not", () => {
  pool.startCurrent();
  pool.startSpare();
  pool.replaceCurrent();
  assert.deepEqual([pool.current, pool.spare, pool.isReady], [2, null, false]);
  pool.ready(2);
  pool.startSpare();
  pool.ready(3);
  pool.replaceCurrent();
  assert.deepEqual([pool.current, pool.isReady], [3, true]);
  assert.deepEqual(orders, ["start 1", "start 2", "terminate 1", "start 3", "terminate 2"]);
});

test("without a spare a new worker starts", () => {
  pool.startCurrent();
  pool.replaceCurrent();
  assert.deepEqual(orders, ["start 1", "terminate 1", "start 2"]);
});

test("only the spare is dropped as the spare", () => {
  pool.startCurrent();
  pool.startSpare();
  for (const other of [1, 3, 0, undefined]) pool.dropSpare(other);
  assert.equal(pool.spare, 2);
  pool.dropSpare(2);
  assert.equal(pool.spare, null);
  assert.deepEqual(orders, ["start 1", "start 2", "terminate 2"]);
});

test("a worker that was ended is not ready, whatever it says later", () => {
  pool.startCurrent();
  pool.ready(1);
  pool.replaceCurrent();
  pool.ready(1);
  assert.equal(pool.isReady, false);
});

test("all are ended together", () => {
  pool.endAll();
  assert.deepEqual(orders, []);
  pool.startCurrent();
  pool.startSpare();
  pool.endAll();
  assert.deepEqual(orders.slice(2), ["terminate 1", "terminate 2"]);
  assert.equal(pool.isReady, false);
});
