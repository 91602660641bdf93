import { gettext } from "../language/gettext.js";
import { compare } from "./compare.js";

const LIMIT_MS = 2000; // a pattern that is written with care takes a millisecond

/**
 * Judges programs as compare.js does, and never keeps the page waiting: tests with a regular expression are compared in a
 * worker, which starts with the first of them and is ended when one takes too long.
 *
 * `worker` is the address of checking/judge-worker.js; `makeWorker` and `limitMs` are replaced in tests.
 */
export class Judge {
  #address;
  #makeWorker;
  #limitMs;
  #worker = null;
  #last = Promise.resolve();

  constructor({ worker, makeWorker = (url) => new Worker(url, { type: "module" }), limitMs = LIMIT_MS }) {
    this.#address = worker;
    this.#makeWorker = makeWorker;
    this.#limitMs = limitMs;
  }

  /**
   * @param {object} test
   * @param {unknown} observation
   * @returns {Promise<import("./compare.js").Verdict>} rejects when the worker cannot be loaded
   */
  judge(test, observation) {
    if (test.compare !== "regex") return Promise.resolve(compare(test, observation));
    // One at a time: ending the worker ends whatever it holds.
    const verdict = this.#last.then(() => this.#judgeApart(test, observation));
    this.#last = verdict.catch(() => {});
    return verdict;
  }

  /** Ends the worker; a later question starts another. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
  }

  async #judgeApart(test, observation) {
    this.#worker ??= await this.#open();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.close();
        resolve(tooSlow());
      }, this.#limitMs);
      this.#worker.onmessage = ({ data }) => {
        clearTimeout(timer);
        resolve(data.verdict);
      };
      this.#worker.postMessage({ test, observation });
    });
  }

  #open() {
    return new Promise((resolve, reject) => {
      const worker = this.#makeWorker(this.#address);
      worker.onmessage = () => resolve(worker);
      worker.onerror = () => reject(new Error(gettext("What compares with regular expressions could not be loaded.")));
    });
  }
}

function tooSlow() {
  const sentence = gettext("This test's regular expression takes too long on what was printed. Make it simpler.");
  return { outcome: "error", share: 0, detail: { sentence, parts: [], error: null } };
}
