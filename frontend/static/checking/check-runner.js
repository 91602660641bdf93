import { gettext } from "../language/gettext.js";
import { State } from "../runner/states.js";
import { withoutAnswers } from "./without-answers.js";

// A slow device needs a moment beside the program's own time: to write its files, and to import what it has just loaded.
const START_ALLOWANCE_MS = 1_000;
const IMPORT_ALLOWANCE_MS = 9_000;
// Packages may come over a slow line first; a worker that has not begun after this long never will.
const START_PATIENCE_MS = 120_000;

const CRASHED = gettext("The program brought Python down. It may have used more memory than there is.");
const NEVER_BEGAN = gettext("The program could not be started for this test.");

/**
 * Puts a program to tests, one after the other, and says how it fared. Nothing that is expected reaches a worker.
 *
 * Each check begins in a worker in which no program has run. Tests of structure come first: they are read while nothing has
 * run in it yet (docs/decisions/0014-checking.md).
 */
export class CheckRunner {
  #runner;
  #judge;
  #timers;

  /**
   * `runner` is the page's runner/runner.js, in use by nobody else meanwhile; `judge` a checking/judge.js. `timers` is
   * replaced in tests.
   */
  constructor({ runner, judge, timers = globalThis }) {
    this.#runner = runner;
    this.#judge = judge;
    this.#timers = timers;
  }

  /**
   * @param {object} order
   * @param {{path: string, bytes: Uint8Array}[]} order.files
   * @param {string} order.entry
   * @param {object[]} order.tests the JSON of the tests, from exercises/representation.py
   * @param {(index: number) => void} [order.onStart] the test at this index is run now
   * @param {(index: number, verdict: import("./compare.js").Verdict) => void} [order.onVerdict]
   * @param {AbortSignal} [order.signal] ends it; so does the runner's Stop
   * @returns {Promise<(import("./compare.js").Verdict|null)[]>} in the order of the tests; null: ended before this one was
   *   done. Rejects when Python cannot be started.
   */
  async check({ files, entry, tests, onStart = () => {}, onVerdict = () => {}, signal }) {
    const verdicts = tests.map(() => null);
    await this.#ready();
    this.#runner.renew();
    for (const index of structureFirst(tests)) {
      await this.#ready();
      if (signal?.aborted) break;
      onStart(index);
      const verdict = await this.#verdict({ files, entry, test: tests[index], signal });
      if (verdict === null) break;
      verdicts[index] = verdict;
      onVerdict(index, verdict);
    }
    return verdicts;
  }

  async #verdict({ files, entry, test, signal }) {
    const watch = new Watch({ runner: this.#runner, timers: this.#timers, limitMs: test.time_limit_s * 1000 });
    const stop = () => this.#runner.stop();
    signal?.addEventListener("abort", stop);
    try {
      const { outcome, observation } = await this.#runner.check({
        files,
        entry,
        test: withoutAnswers(test),
        onStart: () => watch.begin(),
      });
      if (this.#runner.state === State.FAILED) throw new Error(this.#runner.message);
      if (outcome === "checked") return await this.#judge.judge(test, observation);
      if (watch.isLate) return await this.#judge.judge(test, { timedOut: true });
      if (watch.neverBegan) return failure(NEVER_BEGAN);
      return outcome === "crashed" ? failure(CRASHED) : null;
    } finally {
      signal?.removeEventListener("abort", stop);
      watch.end();
    }
  }

  /** Resolves when a program can start; rejects when Python cannot be had. */
  #ready() {
    const runner = this.#runner;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (runner.state !== State.READY && runner.state !== State.FAILED) return;
        runner.removeEventListener("runner:state", look);
        if (runner.state === State.READY) resolve();
        else reject(new Error(runner.message));
      };
      runner.addEventListener("runner:state", look);
      look();
    });
  }
}

/** Stops a program whose time is up. */
class Watch {
  isLate = false;
  neverBegan = false;
  #runner;
  #timers;
  #allowanceMs;
  #timer;

  constructor({ runner, timers, limitMs }) {
    this.#runner = runner;
    this.#timers = timers;
    this.#allowanceMs = limitMs + START_ALLOWANCE_MS;
    runner.addEventListener("runner:progress", this.#loading);
    this.#timer = timers.setTimeout(() => {
      this.neverBegan = true;
      runner.stop();
    }, START_PATIENCE_MS);
  }

  begin() {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      this.isLate = true;
      this.#runner.stop();
    }, this.#allowanceMs);
  }

  end() {
    this.#timers.clearTimeout(this.#timer);
    this.#runner.removeEventListener("runner:progress", this.#loading);
  }

  #loading = ({ detail }) => {
    if (!detail.packages?.length) return;
    this.#runner.removeEventListener("runner:progress", this.#loading);
    this.#allowanceMs += IMPORT_ALLOWANCE_MS;
  };
}

function structureFirst(tests) {
  const indices = [...tests.keys()];
  const isStructure = (index) => tests[index].kind === "structure";
  return [...indices.filter(isStructure), ...indices.filter((index) => !isStructure(index))];
}

function failure(sentence) {
  return { outcome: "error", share: 0, detail: { sentence, parts: [], error: null } };
}
