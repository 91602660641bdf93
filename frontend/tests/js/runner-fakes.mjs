import { readMessage } from "../../static/runner/protocol.js";
import { Runner } from "../../static/runner/runner.js";

globalThis.location = { href: "https://school.test/projects/1/" };

export const FILES = [{ path: "main.py", bytes: new Uint8Array(0) }];
export const NO_CHANGES = { written: [], deleted: [], skipped: [] };
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Timers that fire when told to. */
export class FakeTimers {
  #timers = new Map();
  #count = 0;

  setTimeout(callback, delay) {
    this.#count += 1;
    this.#timers.set(this.#count, { callback, delay });
    return this.#count;
  }

  clearTimeout(id) {
    this.#timers.delete(id);
  }

  get delays() {
    return [...this.#timers.values()].map(({ delay }) => delay);
  }

  /** Fire what waits for at most `ms`. */
  pass(ms) {
    for (const [id, { callback, delay }] of [...this.#timers]) {
      if (delay > ms || !this.#timers.delete(id)) continue;
      callback();
    }
  }
}

/** A runtime whose files are empty; `fail(name)` makes one of them fail. */
export class FakeAssets {
  async forgetOthers() {}

  failures = new Map();
  packages = new Set(["numpy.whl"]);
  waiting = [];
  holds = false;

  fail(name, message) {
    this.failures.set(name, message);
  }

  async bytes(name) {
    if (this.holds) await new Promise((resolve) => this.waiting.push(resolve));
    if (this.failures.has(name)) throw new Error(this.failures.get(name));
    return new ArrayBuffer(8);
  }

  async text(name) {
    if (this.failures.has(name)) throw new Error(this.failures.get(name));
    return name.endsWith(".json") ? '{"packages": {}}' : "";
  }

  addPackages() {}

  areHere = true;

  async prefetch() {
    return this.areHere;
  }

  has(name) {
    return this.packages.has(name);
  }
}

/** Let every promise that can go on go on. */
export async function calm() {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A runner with the frame's side in the test's hands: `orders` it was sent, `say` what it hears. */
export class Harness {
  orders = [];
  events = [];
  connections = 0;
  closed = 0;
  timers = new FakeTimers();
  assets = new FakeAssets();

  constructor({ keepSpare = true, core = {}, connect } = {}) {
    this.runner = new Runner({
      runtime: { core, base: "/runtime/1/", frame: "/sandbox/frame/", worker_modules: [], python_files: {} },
      frame: {},
      keepSpare,
      assets: this.assets,
      timers: this.timers,
      connect: connect ?? ((_, __, onMessage) => this.#connect(onMessage)),
    });
    for (const name of [
      "state",
      "capabilities",
      "progress",
      "shadowing",
      "output",
      "input",
      "answered",
      "figure",
      "finished",
    ]) {
      this.runner.addEventListener(`runner:${name}`, ({ detail }) => this.events.push({ name, ...detail }));
    }
  }

  async #connect(onMessage) {
    this.connections += 1;
    // As frame-link.js does: nothing but checked messages reaches the runner.
    this.say = (message) => {
      const read = readMessage(message);
      if (read) onMessage(read);
    };
    return { send: (order) => this.orders.push(order), close: () => (this.closed += 1) };
  }

  async start({ sharesMemory = true, ready = true } = {}) {
    await this.runner.start();
    this.say({ type: "capabilities", sharesMemory, suspends: true });
    this.say({ type: "prepared" });
    if (ready) this.say({ type: "ready", worker: 1, restored: true, reason: null, boot_ms: 1 });
    return this;
  }

  /** Start, boot the spare too, and run. */
  async run() {
    await this.start();
    this.bootSpare();
    return this.startRun();
  }

  startRun() {
    this.id = this.runner.run({ files: FILES, entry: "main.py" });
    this.worker = this.sent("run").at(-1).worker;
    return this;
  }

  bootSpare() {
    this.timers.pass(1500);
    this.say({ type: "ready", worker: this.sent("start").at(-1).worker, restored: true, reason: null, boot_ms: 1 });
  }

  /** What the running program's worker says. */
  tell(message) {
    this.say({ worker: this.worker, run: this.id, ...message });
  }

  finish(more = {}) {
    this.tell({ type: "finished", outcome: "ok", error: null, changes: NO_CHANGES, memory_bytes: 1, ...more });
  }

  sent(type) {
    return this.orders.filter((order) => order.type === type);
  }

  heard(name) {
    return this.events.filter((event) => event.name === name);
  }

  get state() {
    return this.runner.state;
  }

  get states() {
    return this.heard("state").map(({ state }) => state);
  }
}
