import { gettext } from "../language/gettext.js";
import { RULE_CODES } from "./rules.js";

/** What ruff is asked to do: as its own configuration file has it. */
export const RUFF_OPTIONS = {
  "target-version": "py314",
  "indent-width": 4,
  lint: { select: RULE_CODES },
};

/**
 * The linter and formatter, in a worker of its own: it starts with the first question.
 *
 * `worker` and `wasm` are addresses; `makeWorker` is replaced in tests.
 */
export class Ruff {
  constructor({ worker, wasm, makeWorker = (url) => new Worker(url, { type: "module" }) }) {
    this.address = new URL(worker, location.href).href;
    this.wasm = new URL(wasm, location.href).href;
    this.makeWorker = makeWorker;
    this.waiting = new Map();
    this.lastId = 0;
    this.ready = null;
  }

  /** What ruff finds in `text`: its own diagnostics, rows and columns counted from 1 in UTF-16 units. */
  check(text) {
    return this.#ask("check", text);
  }

  /** `text` formatted. Rejects when it cannot be read as Python. */
  format(text) {
    return this.#ask("format", text);
  }

  async #ask(type, text) {
    this.ready ??= this.#open();
    await this.ready;
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ type, id, text });
    });
  }

  #open() {
    return new Promise((resolve, reject) => {
      const fail = (message) => {
        this.worker.terminate();
        // The next question tries again: the network may be back.
        this.ready = null;
        for (const { reject: refuse } of this.waiting.values()) refuse(new Error(message));
        this.waiting.clear();
        reject(new Error(message));
      };
      this.worker = this.makeWorker(this.address);
      this.worker.addEventListener("error", () => fail(gettext("The linter could not be loaded.")));
      this.worker.addEventListener("message", ({ data }) => {
        if (data.type === "ready") resolve();
        else if (data.type === "failed") fail(data.message);
        else this.#settle(data);
      });
      this.worker.postMessage({ type: "open", wasm: this.wasm, options: RUFF_OPTIONS });
    });
  }

  #settle({ id, result, error }) {
    const { resolve, reject } = this.waiting.get(id) ?? {};
    this.waiting.delete(id);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(error));
  }
}
