/** How often an open grid asks the server. */
export const EVERY_MS = 10_000;
const LONGEST_MS = 120_000;

/**
 * Calls `look` every ten seconds while the page is seen, and at once when it is seen again after longer; one look at a
 * time. After a look that failed it waits twice as long as before, up to two minutes.
 */
export class Looking {
  #options;
  #timer = null;
  #lookedAt;
  #delay_ms = EVERY_MS;
  #isLooking = false;
  #isOver = false;

  /**
   * @param {{look: () => Promise<void>, isSeen: () => boolean, timers: {setTimeout: Function, clearTimeout: Function},
   *   now: () => number}} options
   */
  constructor(options) {
    this.#options = options;
    this.#lookedAt = options.now();
    this.#plan();
  }

  /** The page is seen, or no longer. */
  seenChanged() {
    this.#plan();
  }

  /** For good. */
  stop() {
    this.#isOver = true;
    this.#cancel();
  }

  #plan() {
    this.#cancel();
    const { isSeen, timers, now } = this.#options;
    if (this.#isOver || this.#isLooking || !isSeen()) return;
    const rest_ms = Math.max(0, this.#lookedAt + this.#delay_ms - now());
    this.#timer = timers.setTimeout(() => this.#run(), rest_ms);
  }

  async #run() {
    this.#isLooking = true;
    try {
      await this.#options.look();
      this.#delay_ms = EVERY_MS;
    } catch {
      this.#delay_ms = Math.min(this.#delay_ms * 2, LONGEST_MS);
    }
    this.#isLooking = false;
    this.#lookedAt = this.#options.now();
    this.#plan();
  }

  #cancel() {
    if (this.#timer !== null) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
