import { gettext } from "../language/gettext.js";
import { codeHash } from "./code-hash.js";
import { toList, toMap } from "./content.js";
import { Retry } from "./pace.js";
import { randomId } from "./random-id.js";

/**
 * Brings to the server what is handed in on one page, in its order, each once: at once, or when the network is back, or when
 * the page is opened again.
 *
 * Emits `hand-in:state` with {waiting, problem, signIn, isKept}: the records that wait, why the first does, where to sign in
 * for it (both may be null), and whether they outlive the page; `hand-in:done` with the server's answer; `hand-in:refused`
 * with {message, record}.
 */
export class HandingIn extends EventTarget {
  #options;
  #retry;
  #waiting = [];
  #isBusy = false;
  #isKept = true;

  /**
   * @param {object} options
   * @param {object | null} options.store of hand-ins.js, or null where the browser has none
   * @param {(record: object) => Promise<import("./hand-in-send.js").HandInOutcome>} options.send
   * @param {(files: Map) => Promise<number | null>} options.storeFiles the saver's `store`
   * @param {{user: string, project: string, title: string, page: string, url: string, runtime_version: string}} options.about
   */
  constructor(options) {
    super();
    this.#options = { now: Date.now, timers: globalThis, random: Math.random, newKey: randomId, ...options };
    const { timers, now, random } = this.#options;
    this.#retry = new Retry({ timers, now, random, onDue: () => this.flush() });
  }

  /** Go on with what waits from an earlier opening of the page. */
  async start() {
    const { store, about } = this.#options;
    const found = (await store?.listFor(about.user, about.project).catch(() => [])) ?? [];
    this.#waiting.push(...found.sort((one, other) => (one.client_at < other.client_at ? -1 : 1)));
    if (found.length) await this.flush();
  }

  /** Hand in these files. @param {Map} files @param {object[] | null} results */
  async handIn(files, results) {
    const { about, newKey, now } = this.#options;
    const record = {
      ...about,
      key: newKey(),
      files: toList(files),
      revision: null,
      code_hash: codeHash(files),
      results,
      client_at: new Date(now()).toISOString(),
    };
    this.#waiting.push(record);
    await this.#keep(record);
    this.#announce();
    await this.flush();
  }

  /** Send what waits, unless that is going on. */
  async flush() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#retry.cancel();
    try {
      while (this.#waiting.length && (await this.#deliver(this.#waiting[0])));
    } finally {
      this.#isBusy = false;
    }
  }

  /** The network is back, or somebody looks at the page again. */
  retryNow() {
    this.#retry.hurry();
    if (!this.#retry.isWaiting) this.flush();
  }

  /** What waits cannot be stored yet, for this reason. */
  blocked(problem, signIn) {
    this.#announce(problem, signIn);
  }

  get isWaiting() {
    return this.#waiting.length > 0;
  }

  /** Whether the record is dealt with, so that the next may go. */
  async #deliver(record) {
    record.revision ??= await this.#options.storeFiles(toMap(record.files));
    if (record.revision === null) {
      this.#announce(gettext("Choose first which text to go on with."));
      return false;
    }
    await this.#keep(record);
    const outcome = await this.#options.send(record);
    if (outcome.kind === "handed-in" || outcome.kind === "refused") {
      this.#retry.reset();
      this.#waiting.shift();
      await this.#options.store?.remove(record.user, record.project, record.key).catch(() => {});
      this.#announce();
      if (outcome.kind === "handed-in") this.#emit("hand-in:done", outcome.attempt);
      else this.#emit("hand-in:refused", { message: outcome.message, record });
      return true;
    }
    this.#retry.wait(outcome.kind === "retry" ? outcome.after_ms : null);
    this.#announce(outcome.message, outcome.signIn ?? null);
    return false;
  }

  async #keep(record) {
    try {
      if (!this.#options.store) throw new Error("no storage");
      await this.#options.store.put(record);
      this.#isKept = true;
    } catch {
      this.#isKept = false;
    }
  }

  #announce(problem = null, signIn = null) {
    this.#emit("hand-in:state", { waiting: [...this.#waiting], problem, signIn, isKept: this.#isKept });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
