import { gettext } from "../language/gettext.js";

// A keystroke is on disk this soon, and typing does not write more often than this.
export const DRAFT_INTERVAL_MS = 250;
// A store that does not answer (Safari has hung for good) must not keep a save from the network.
export const DRAFT_PATIENCE_MS = 2000;

/** Keeps one tab's draft up to date, and knows whether it is. */
export class DraftWriter {
  #drafts;
  #timers;
  #record;
  #onError;
  #timer = null;
  #running = 0;

  /**
   * @param {object} options
   * @param {object | null} options.drafts the store, or null where the browser has none
   * @param {() => {draft: import("./drafts.js").Draft, isEmpty: boolean}} options.record what is to be kept now
   * @param {(error: string | null) => void} options.onError told whenever keeping drafts begins to fail or to work
   */
  constructor({ drafts, timers, record, onError }) {
    this.#drafts = drafts;
    this.#timers = timers;
    this.#record = record;
    this.#onError = onError;
    /** Why the newest write failed, in a sentence, or null. */
    this.error = drafts ? null : gettext("This browser keeps no drafts.");
  }

  /** Whether all that was ever announced is on disk. */
  get isCurrent() {
    return this.error === null && this.#timer === null && this.#running === 0;
  }

  /** The text has changed: write within 250 ms. */
  schedule() {
    this.#timer ??= this.#timers.setTimeout(() => this.#whenDue(), DRAFT_INTERVAL_MS);
  }

  /** Issue the write in this turn. Resolves when it is done or has failed; never rejects. */
  async writeNow() {
    this.#clearTimer();
    if (!this.#drafts) return;
    this.#running += 1;
    const error = await this.#settled(this.#write());
    this.#running -= 1;
    if (error === this.error) return;
    this.error = error;
    this.#onError(error);
  }

  stop() {
    this.#clearTimer();
  }

  #whenDue() {
    this.#timer = null;
    // A large draft may take longer than the interval: the next one waits for it.
    if (this.#running > 0) this.schedule();
    else this.writeNow();
  }

  #write() {
    const { draft, isEmpty } = this.#record();
    return isEmpty ? this.#drafts.remove(draft.user, draft.project, draft.tab) : this.#drafts.put(draft);
  }

  #settled(write) {
    return new Promise((resolve) => {
      const patience = this.#timers.setTimeout(
        () => resolve(gettext("This browser does not answer when a draft is written.")),
        DRAFT_PATIENCE_MS,
      );
      write
        .then(
          () => null,
          (error) => error.message,
        )
        .then((result) => {
          this.#timers.clearTimeout(patience);
          resolve(result);
        });
    });
  }

  #clearTimer() {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
