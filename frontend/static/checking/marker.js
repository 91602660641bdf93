import { gettext } from "../language/gettext.js";

const TRIES_BEFORE_PROBLEM = 2;
const PROBLEMS_BEFORE_STOP = 3;
const SEND_AGAIN_MS = 3_000;
const COULD_NOT_RUN = gettext("Python could not be started for it in this browser.");

/** The server refuses to go on; the message is a sentence for the teacher. */
export class Refused extends Error {}

/**
 * Runs what a class handed in, several programs at once, each in a worker in which no other program has run.
 *
 * Emits `marking:row` for each submission that the server has the results of, `marking:trouble` with a sentence, or null
 * when it is over, and `marking:state` with `running`, `paused` or `finished`.
 */
export class Marker extends EventTarget {
  #api;
  #makeChecker;
  #timers;
  #queue = [];
  #inHand = new Map();
  #results = [];
  #tests = new Map();
  #claiming = null;
  #sending = null;
  #abort = null;
  #problems = 0;

  /**
   * @param {object} options
   * @param {object} options.api `claim(count)` gives items, `tests(version)` all tests of one, `send(results)` {done,
   *   is_finished}, `giveBack(ids)`; each rejects with `Refused`, or with any other error where trying again may help
   * @param {() => {check: Function, close: () => void}} options.makeChecker a CheckRunner with a runner of its own
   */
  constructor({ api, makeChecker, timers = globalThis }) {
    super();
    this.#api = api;
    this.#makeChecker = makeChecker;
    this.#timers = timers;
    this.state = "paused";
  }

  /** Go on with so many programs at once. Resolves when it is paused or finished. */
  async start(count) {
    if (this.state === "running") return;
    this.#problems = 0;
    this.#abort = new AbortController();
    this.#enter("running");
    const { signal } = this.#abort;
    await Promise.all(Array.from({ length: count }, () => this.#work(count, signal)));
    await this.#sending;
    if (this.state === "running") this.#enter("paused");
  }

  /** End the programs that run, and leave what is not done to whoever goes on. */
  pause() {
    if (this.state !== "running") return;
    this.#abort.abort();
    this.#enter("paused");
    this.leave();
  }

  /** What this page has taken and not done is given back: others need not wait for it. */
  leave() {
    const ids = [...this.#inHand.keys(), ...this.#queue.map(({ id }) => id)];
    this.#queue = [];
    if (ids.length > 0) this.#api.giveBack(ids).catch(() => {});
  }

  async #work(count, signal) {
    let checker = null;
    try {
      for (let item = await this.#next(count, signal); item; item = await this.#next(count, signal)) {
        this.#inHand.set(item.id, item);
        for (let tries = 1; !signal.aborted; tries += 1) {
          checker ??= this.#makeChecker();
          const tests = await this.#testsOf(item.version);
          const result = await outcomesOf(checker, item, tests, signal);
          if (signal.aborted) break;
          if (result || tries === TRIES_BEFORE_PROBLEM) {
            this.#done(item, result);
            break;
          }
          checker.close();
          checker = null;
        }
        this.#inHand.delete(item.id);
      }
    } catch (error) {
      if (!signal.aborted) this.#stop(error.message);
    } finally {
      checker?.close();
    }
  }

  #done(item, tests) {
    this.#problems = tests ? 0 : this.#problems + 1;
    this.#results.push(tests ? { item: item.id, tests } : { item: item.id, tests: [], problem: COULD_NOT_RUN });
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    if (this.#problems >= PROBLEMS_BEFORE_STOP)
      throw new Error(gettext("Python does not start any more. Reload this page."));
  }

  async #send() {
    while (this.#results.length > 0) {
      const batch = this.#results.slice(0, 10);
      try {
        const { done, is_finished: isFinished } = await this.#api.send(batch);
        this.#results.splice(0, batch.length);
        this.#tell("trouble", null);
        for (const row of done) this.#tell("row", row);
        if (isFinished) this.#enter("finished");
      } catch (error) {
        if (error instanceof Refused) return this.#stop(error.message);
        this.#tell(
          "trouble",
          gettext("The results cannot be sent now. They are kept here and sent again; leave this page open."),
        );
        await new Promise((resolve) => this.#timers.setTimeout(resolve, SEND_AGAIN_MS));
      }
    }
  }

  /** The next submission, or null when there is none or it is over. */
  async #next(count, signal) {
    while (!signal.aborted && this.state === "running") {
      const item = this.#queue.shift();
      if (item) return item;
      this.#claiming ??= this.#claim(count).finally(() => {
        this.#claiming = null;
      });
      if (!(await this.#claiming)) return null;
    }
    return null;
  }

  async #claim(count) {
    await this.#sending;
    while (this.state === "running") {
      try {
        const items = await this.#api.claim(Math.min(2 * count, 8));
        this.#tell("trouble", null);
        // What is in hand here already was given out once more because nothing else is left.
        const fresh = items.filter(({ id }) => !this.#inHand.has(id));
        this.#queue.push(...fresh);
        return fresh.length > 0;
      } catch (error) {
        if (error instanceof Refused) throw error;
        this.#tell("trouble", gettext("The server cannot be reached. This goes on by itself when it can."));
        await new Promise((resolve) => this.#timers.setTimeout(resolve, SEND_AGAIN_MS));
      }
    }
    return false;
  }

  #testsOf(version) {
    if (!this.#tests.has(version)) {
      const asked = this.#api.tests(version);
      asked.catch(() => this.#tests.delete(version));
      this.#tests.set(version, asked);
    }
    return this.#tests.get(version);
  }

  #stop(message) {
    if (this.state !== "running") return;
    this.pause();
    this.#tell("trouble", message);
  }

  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.#tell("state", state);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`marking:${name}`, { detail }));
  }
}

/** How each test went, as the server takes it; null when the program could not be run to the end. */
async function outcomesOf(checker, { files, entry }, tests, signal) {
  let verdicts;
  try {
    verdicts = await checker.check({ files, entry, tests, signal });
  } catch {
    return null;
  }
  if (verdicts.includes(null)) return null;
  return verdicts.map(({ outcome, share, detail }, index) => ({
    test: tests[index].id,
    outcome: outcome === "timeout" ? "timed out" : outcome,
    share,
    detail: detail.sentence,
  }));
}
