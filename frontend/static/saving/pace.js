// A save leaves this long after the last key, and never later than the second figure after the first one.
export const QUIET_MS = 1000;
export const LATEST_MS = 3000;

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
// A class whose server comes back must not return in the same instant.
const JITTER = 0.2;

/** Calls `onDue` when typing pauses, or has gone on for long enough. */
export class Debounce {
  #options;
  #timer = null;
  #firstAt = 0;

  /** @param {{timers: object, now: () => number, onDue: () => void}} options */
  constructor(options) {
    this.#options = options;
  }

  get isRunning() {
    return this.#timer !== null;
  }

  /** Something has changed. */
  touch() {
    const { timers, now, onDue } = this.#options;
    if (!this.isRunning) this.#firstAt = now();
    this.cancel();
    const rest_ms = Math.max(0, this.#firstAt + LATEST_MS - now());
    this.#timer = timers.setTimeout(
      () => {
        this.#timer = null;
        onDue();
      },
      Math.min(QUIET_MS, rest_ms),
    );
  }

  cancel() {
    if (this.isRunning) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Calls `onDue` after 1, 2, 4, 8, 16, 30, 30 ... s, a fifth more or less, or after the time the server asked for. */
export class Retry {
  #options;
  #timer = null;
  #failureCount = 0;
  #notBefore = 0;

  /** @param {{timers: object, now: () => number, random: () => number, onDue: () => void}} options */
  constructor(options) {
    this.#options = options;
  }

  get isWaiting() {
    return this.#timer !== null;
  }

  /** A try has failed. @param {number | null} asked_ms how long the server wants to be left alone */
  wait(asked_ms) {
    const { timers, now, random } = this.#options;
    this.cancel();
    this.#failureCount += 1;
    this.#notBefore = now() + (asked_ms ?? 0);
    const step_ms = Math.min(FIRST_RETRY_MS * 2 ** (this.#failureCount - 1), LONGEST_RETRY_MS);
    const delay_ms =
      asked_ms === null ? step_ms * (1 - JITTER + 2 * JITTER * random()) : asked_ms * (1 + JITTER * random());
    this.#timer = timers.setTimeout(() => this.#run(), delay_ms);
  }

  /**
   * Something has changed for the better: try now, unless the server asked for longer. Should that fail as well, pauses
   * begin with the shortest again: devices say that the network is back a moment before it is.
   */
  hurry() {
    this.#failureCount = 0;
    if (this.isWaiting && this.#options.now() >= this.#notBefore) this.#run();
  }

  /** A try was answered: the next failure counts from the beginning. */
  reset() {
    this.cancel();
    this.#failureCount = 0;
  }

  cancel() {
    if (this.isWaiting) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run() {
    this.cancel();
    this.#options.onDue();
  }
}
