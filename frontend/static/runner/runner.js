import { gettext, interpolate } from "../language/gettext.js";
import { connectFrame } from "./frame-link.js";
import { PackagesAhead } from "./packages-ahead.js";
import { RuntimeAssets } from "./runtime-assets.js";
import { move, State } from "./states.js";
import { WorkerPool } from "./worker-pool.js";

// How long a program may take to obey Stop before its worker is replaced: all of it stays within a second.
const STOP_GRACE_MS = 800;
const STOP_GRACE_UNASKED_MS = 200;
// WebAssembly memory never shrinks: a worker that has grown past this is replaced after its run.
const WORN_WORKER_BYTES = 512 * 1024 * 1024;
const SPARE_DELAY_MS = 1500;
// What one run may bring into the page's memory, whatever it sends; the console keeps all of it for download.
const MAX_RUN_CHARS = 6_000_000;
const MAX_RUN_FIGURE_BYTES = 100 * 1024 * 1024;
const MAX_CRASHES_WHILE_LOADING = 2;
// A slow Chromebook without the snapshot needs some 20 s.
const BOOT_TIMEOUT_MS = 60_000;

/**
 * The page's side of the sandbox: starts Python, runs one program at a time, stops it whatever it does.
 *
 * Events, with their `detail`:
 * - `runner:state` {state, message}
 * - `runner:capabilities` {sharesMemory, suspends}, once
 * - `runner:progress` {loaded, total} bytes of a download, or {packages} being loaded
 * - `runner:shadowing` {paths}: files of the run that Python may take for a library; told once, before the output
 * - `runner:output` {segments, shown(isDrawn)}: call `shown` once drawn, with false where it is only kept; the program
 *   waits for it
 * - `runner:input` {prompt, hidden}, `runner:answered` {text}, null for the end of input; `runner:figure` {png}
 * - `runner:finished` {outcome, code, error, changes, duration_ms, dropped_bytes}: exactly one for each run; `outcome`
 *   is ok, error, exit, stopped, or crashed
 */
export class Runner extends EventTarget {
  /**
   * `runtime` is the page's runtime configuration; `frame` an empty sandboxed iframe; `keepSpare` false saves the
   * memory of a second worker. `connect`, `assets` and `timers` are replaced in tests.
   */
  constructor({ runtime, frame, keepSpare = true, connect = connectFrame, assets, timers = globalThis }) {
    super();
    this.runtime = runtime;
    this.frame = frame;
    this.keepSpare = keepSpare;
    this.connect = connect;
    this.timers = timers;
    this.assets = assets ?? new RuntimeAssets(runtime, (progress) => this.#tell("progress", progress));
    this.state = State.LOADING;
    this.message = "";
    this.run_ = null;
    this.check_ = null;
    this.crashes = 0;
    this.capabilities = null;
    this.providing = new Set();
  }

  /** Load Python and start the first worker. Failures end in the state `failed`, with a message. */
  async start() {
    if (this.state === State.FAILED) this.#enter(State.LOADING);
    this.link?.close();
    this.pool = null;
    this.crashes = 0;
    try {
      const wasm = this.assets.bytes("pyodide.asm.wasm");
      // Compiling takes longest: its file comes first, the others while the frame compiles.
      const parts = wasm.then(() => this.#loadParts());
      // Whichever fails is heard of below; until then it must not count as unheard.
      for (const loading of [wasm, parts]) loading.catch(() => {});
      const [link, modules] = await Promise.all([
        this.connect(this.frame, this.runtime.frame, (message) => this.#heard(message)),
        loadTexts(this.runtime.worker_modules.map((url) => [url.split("/").pop(), url])),
      ]);
      this.link = link;
      this.link.send({ type: "modules", modules: modules.map(([name, text]) => ({ name, text })) });
      this.pool = new WorkerPool(this.link);
      this.packagesAhead = this.keepSpare ? new PackagesAhead(this.link) : null;
      this.pool.startCurrent();
      const compiled = wasm.then((bytes) => this.link.send({ type: "compile", wasm: bytes }, [bytes]));
      const [order] = await Promise.all([parts, compiled]);
      performance.mark("python:parts");
      this.link.send(order, [order.stdlib, order.snapshot].filter(Boolean));
      this.#watchBoot();
    } catch (error) {
      this.#fail(error.message);
    }
  }

  /**
   * Run `entry` of `files` ({path, bytes}); the lines of `preparedInput`, when given, answer the first input(). Returns the run's id.
   *
   * Throws unless the state is `ready`.
   */
  run({ files, entry, preparedInput = null }) {
    this.#beginRun();
    this.charsLeft = MAX_RUN_CHARS;
    this.figureBytesLeft = MAX_RUN_FIGURE_BYTES;
    this.pathsToWarnOf = new Set(files.map(({ path }) => path));
    this.link.send({ type: "run", worker: this.pool.current, run: this.run_, files, entry, preparedInput });
    return this.run_;
  }

  /**
   * Put the program to a test of which nothing expected is left (checking/without-answers.js). What it prints and asks
   * is not told by events; Stop ends it like a run. `onStart()` is called when its packages are there and it begins.
   *
   * Resolves to {outcome, observation, message}: `checked` with what the worker saw, unchecked; else `stopped` or
   * `crashed`, with null. Throws unless the state is `ready`.
   */
  check({ files, entry, test, onStart = () => {} }) {
    this.#beginRun();
    this.link.send({ type: "check", worker: this.pool.current, run: this.run_, files, entry, test });
    return new Promise((resolve) => {
      this.check_ = { resolve, onStart };
    });
  }

  /** See to it that no program has run in the worker yet: the spare takes over where one has. Only while `ready`. */
  renew() {
    if (this.state === State.READY && this.pool.isUsed) this.#replaceWorker();
  }

  /** End the program: asked first, replaced when it does not obey. Nothing happens when none runs. */
  stop() {
    if (this.state !== State.RUNNING && this.state !== State.AWAITING_INPUT) return;
    this.#enter(State.STOPPING);
    this.link.send({ type: "stop", worker: this.pool.current });
    // Without shared memory a running program cannot be asked: there is nothing to wait for.
    const grace = this.capabilities?.sharesMemory ? STOP_GRACE_MS : STOP_GRACE_UNASKED_MS;
    this.stopTimer = this.timers.setTimeout(() => this.#endByForce("stopped"), grace);
  }

  /**
   * Bring what these imported names need onto this device before a program asks for it, and into the workers that
   * wait, where the device has the memory for it.
   */
  async prefetch(names) {
    // A run waits for what is being loaded, so that may not wait for the network.
    if (!(await this.assets.prefetch(names))) return;
    this.packagesAhead?.want(names);
    this.#installAhead();
  }

  /** Give a line to the program that waits for it; null is the end of input. */
  answer(text) {
    if (this.state !== State.AWAITING_INPUT) return;
    this.#enter(State.RUNNING);
    this.link.send({ type: "answer", worker: this.pool.current, text });
    this.#tell("answered", { text });
  }

  #beginRun() {
    // The table lets an answer lead back to running, too.
    if (this.state !== State.READY) throw new Error(`A program cannot start while the runner is ${this.state}.`);
    this.#enter(State.RUNNING);
    this.pool.use();
    this.run_ = randomId();
  }

  async #loadParts() {
    const { core } = this.runtime;
    const suspends = "Suspending" in WebAssembly;
    const snapshot = suspends ? "snapshot-jspi.bin" : "snapshot-plain.bin";
    const [stdlib, lock, pyodide, pyodideAsm, python, image] = await Promise.all([
      this.assets.bytes("python_stdlib.zip"),
      this.assets.text("pyodide-lock.json"),
      this.assets.text("pyodide.mjs"),
      this.assets.text("pyodide.asm.mjs"),
      loadTexts(Object.entries(this.runtime.python_files)).then(Object.fromEntries),
      // Without the snapshot Python starts more slowly, but it starts.
      snapshot in core ? this.assets.bytes(snapshot).catch(() => null) : null,
    ]);
    this.assets.addPackages(JSON.parse(lock));
    return {
      type: "assets",
      stdlib,
      lock,
      pyodide,
      pyodideAsm,
      python,
      snapshot: image,
      memoryLimitBytes: this.runtime.memory_limit_bytes,
    };
  }

  #heard(message) {
    // The frame puts the worker's number on all that a worker says; without one it speaks for itself.
    if (message.worker === 0) this.#heardOfFrame(message);
    else if (this.state === State.FAILED) return;
    else if (message.type === "asset") this.#provide(message);
    else if (message.type === "ready") this.#workerReady(message);
    else if (message.type === "installed") this.#workerInstalled(message);
    else if (message.type === "crashed") this.#workerCrashed(message);
    else if (message.worker === this.pool?.current && message.run === this.run_ && this.run_ !== null) {
      if (this.check_) this.#heardOfCheck(message);
      else this.#heardOfRun(message);
    }
    // Anything else belongs to a run that has ended, or to none.
  }

  #heardOfFrame(message) {
    if (message.type === "capabilities") this.#learnCapabilities(message);
    else if (message.type === "prepared") performance.mark("python:prepared");
    else if (message.type === "broken")
      this.#fail(interpolate(gettext("The Python sandbox failed: %(message)s"), { message: message.message }));
  }

  #learnCapabilities(message) {
    this.capabilities = message;
    this.#tell("capabilities", message);
  }

  #heardOfRun(message) {
    if (message.type === "output") {
      const shown = (isDrawn = true) => this.link.send({ type: "shown", worker: message.worker, isDrawn });
      this.#tell("output", { segments: message.segments.map((segment) => this.#within(segment)), shown });
    } else if (message.type === "figure") {
      this.figureBytesLeft -= message.png.byteLength;
      if (this.figureBytesLeft >= 0) this.#tell("figure", { png: message.png });
    } else if (message.type === "shadowing") {
      const paths = [...new Set(message.paths)].filter((path) => this.pathsToWarnOf.delete(path));
      if (paths.length) this.#tell("shadowing", { paths });
    } else if (message.type === "progress") {
      this.#tell("progress", { packages: message.packages });
    } else if (message.type === "input" && this.state === State.RUNNING) {
      this.#enter(State.AWAITING_INPUT);
      this.#tell("input", { prompt: message.prompt, hidden: message.hidden });
    } else if (message.type === "finished") {
      this.#finished(message);
    }
  }

  #heardOfCheck(message) {
    if (message.type === "started") {
      const { onStart } = this.check_;
      // Only the first counts: the program could send others.
      this.check_.onStart = () => {};
      onStart();
    } else if (message.type === "progress") {
      this.#tell("progress", { packages: message.packages });
    } else if (message.type === "checked") {
      const wasStopped = this.state === State.STOPPING;
      this.#settle(message);
      if (wasStopped) this.#tellForcedEnd("stopped", "");
      else this.#tellEnd({ outcome: "checked", observation: message.observation, message: "" });
    }
  }

  /** The worker keeps to a limit of its own; a program that writes past it is cut here. */
  #within({ stream, text }) {
    const kept = text.slice(0, this.charsLeft);
    this.charsLeft -= kept.length;
    return { stream, text: kept };
  }

  #finished(message) {
    const stoppedByPerson = this.state === State.STOPPING;
    this.#settle(message);
    this.#tell("finished", { ...message, outcome: stoppedByPerson ? "stopped" : message.outcome });
  }

  #settle({ memory_bytes, worn = false }) {
    this.#endRun();
    if (worn || memory_bytes > WORN_WORKER_BYTES) this.#replaceWorker();
    else this.#enter(State.READY);
    this.#prepareSpare();
  }

  #endByForce(outcome, message = "") {
    this.#endRun();
    this.#replaceWorker();
    this.#tellForcedEnd(outcome, message);
  }

  #tellForcedEnd(outcome, message) {
    if (this.check_) {
      this.#tellEnd({ outcome, observation: null, message });
      return;
    }
    this.#tell("finished", {
      outcome,
      message,
      code: null,
      error: null,
      changes: { written: [], deleted: [], skipped: [] },
      duration_ms: 0,
      dropped_bytes: 0,
    });
  }

  #tellEnd(ending) {
    const { resolve } = this.check_;
    this.check_ = null;
    resolve(ending);
  }

  #endRun() {
    this.timers.clearTimeout(this.stopTimer);
    this.run_ = null;
  }

  #replaceWorker() {
    this.pool.replaceCurrent();
    const next = this.pool.isReady ? State.READY : State.LOADING;
    if (next !== this.state) this.#enter(next);
    this.#watchBoot();
    this.#prepareSpare();
  }

  /** A worker that has not come up after a while is taken for dead. */
  #watchBoot() {
    this.timers.clearTimeout(this.bootTimer);
    const { current } = this.pool;
    if (this.pool.isReady) return;
    this.bootTimer = this.timers.setTimeout(() => {
      if (this.state !== State.LOADING || this.pool?.current !== current) return;
      this.#workerCrashed({ worker: current, message: gettext("the browser did not answer for a minute.") });
    }, BOOT_TIMEOUT_MS);
  }

  #workerReady(message) {
    this.crashes = 0;
    this.pool.ready(message.worker);
    this.#installAhead();
    if (message.worker !== this.pool.current || this.state !== State.LOADING) return;
    this.timers.clearTimeout(this.bootTimer);
    performance.mark("python:ready", { detail: { boot_ms: message.boot_ms, restored: message.restored } });
    this.#enter(State.READY);
    // The first program has the processor to itself.
    this.timers.setTimeout(() => this.#prepareForLater(), SPARE_DELAY_MS);
  }

  #workerInstalled({ worker, complete }) {
    this.packagesAhead?.answered(worker, complete);
    this.#installAhead();
  }

  /** While nothing runs: what programs import is loaded by the time they do. */
  #installAhead() {
    if (this.state === State.READY) this.packagesAhead?.orderNext(this.pool.booted);
  }

  #prepareForLater() {
    this.#prepareSpare();
    // What an earlier runtime left in the cache is of no more use, and a device's storage is small.
    this.assets.forgetOthers().catch(() => {});
  }

  #workerCrashed({ worker, message }) {
    if (worker !== this.pool?.current) {
      this.pool?.dropSpare(worker);
      return;
    }
    if (this.run_ !== null) {
      this.#endByForce(this.state === State.STOPPING ? "stopped" : "crashed", message);
      return;
    }
    this.crashes += 1;
    if (this.crashes > MAX_CRASHES_WHILE_LOADING) {
      this.#fail(interpolate(gettext("Python did not start: %(message)s"), { message }));
      return;
    }
    this.#replaceWorker();
  }

  /** A second worker boots while the first is in use, so that one that must be ended is replaced at once. */
  #prepareSpare() {
    if (this.keepSpare && this.pool.isReady) this.pool.startSpare();
  }

  async #provide({ worker, name }) {
    const order = { type: "asset", worker, name };
    const key = `${worker} ${name}`;
    // A worker waits for what it asked for. One that asks again and again does not fill the page's memory.
    if (this.providing.has(key)) return;
    this.providing.add(key);
    try {
      if (!this.assets.has(name))
        throw new Error(interpolate(gettext("%(name)s is not part of this site's Python"), { name }));
      const bytes = await this.assets.bytes(name);
      this.link.send({ ...order, bytes }, [bytes]);
    } catch (error) {
      this.link.send({ ...order, message: error.message });
    } finally {
      this.providing.delete(key);
    }
  }

  #fail(message) {
    const wasRunning = this.run_ !== null;
    this.#endRun();
    this.pool?.endAll();
    this.#enter(State.FAILED, message);
    if (wasRunning) this.#tellForcedEnd("crashed", message);
  }

  #enter(state, message = "") {
    this.state = move(this.state, state);
    this.message = message;
    this.#tell("state", { state, message });
    this.#installAhead();
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`runner:${what}`, { detail }));
  }
}

/** [name, address] pairs → [name, text] pairs. */
function loadTexts(entries) {
  return Promise.all(
    entries.map(async ([name, url]) => {
      const response = await fetch(url, { credentials: "omit" });
      if (!response.ok)
        throw new Error(
          interpolate(gettext("%(name)s could not be loaded: the server answered %(status)s"), {
            name,
            status: response.status,
          }),
        );
      return [name, await response.text()];
    }),
  );
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join("");
}
