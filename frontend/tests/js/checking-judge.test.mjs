import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Worker as Thread } from "node:worker_threads";

import { Judge } from "../../static/checking/judge.js";

const THREAD = new URL("./checking-judge-thread.mjs", import.meta.url);

/** A thread of Node with the face of a browser's worker. */
class ThreadWorker {
  constructor(address) {
    this.thread = new Thread(address);
    this.thread.on("message", (data) => this.onmessage({ data }));
    this.thread.on("error", (error) => this.onerror(error));
  }

  postMessage(data) {
    this.thread.postMessage(data);
  }

  terminate() {
    this.thread.terminate();
  }
}

let judge;
let threads;

beforeEach(() => {
  threads = 0;
  judge = new Judge({ worker: THREAD, limitMs: 500, makeWorker: (url) => (threads++, new ThreadWorker(url)) });
});

afterEach(() => judge.close());

function asked(expected, stdout, compare = "regex") {
  const test = { kind: "io", expected, compare, tolerance: 0, time_limit_s: 5 };
  return judge.judge(test, { timedOut: false, error: null, stdout });
}

describe("a judge", () => {
  test("compares at once, without a worker, what cannot take long", async () => {
    assert.equal((await asked("7", "7", "lines")).outcome, "passed");
    assert.equal(threads, 0);
  });

  test("compares with patterns in a worker, the same one for all", async () => {
    const verdicts = await Promise.all([asked("^a+$", "aaa"), asked("^a+$", "b"), asked("(", "")]);
    assert.deepEqual(
      verdicts.map((verdict) => verdict.outcome),
      ["passed", "failed", "error"],
    );
    assert.equal(threads, 1);
  });

  test("ends a pattern that takes for ever, and goes on with the next", async () => {
    const endless = asked("^(a+)+$", `${"a".repeat(60)}!`);
    const next = asked("^a", "abc");
    const { outcome, share, detail } = await endless;
    assert.deepEqual([outcome, share], ["error", 0]);
    assert.match(detail.sentence, /takes too long/);
    assert.equal((await next).outcome, "passed");
    assert.equal(threads, 2);
  });

  test("tells when the worker cannot be loaded", async () => {
    judge = new Judge({ worker: new URL("./none.mjs", import.meta.url), makeWorker: (url) => new ThreadWorker(url) });
    await assert.rejects(asked("a", "a"), /could not be loaded/);
  });
});
