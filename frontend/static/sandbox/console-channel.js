import { Kind, RingWriter } from "./output-ring.js";
import { Input, MAX_ANSWER_BYTES, viewsOf, Word } from "./shared-memory.js";

/** What one run may print in all; the page shows less and offers this much for download. */
export const MAX_OUTPUT_BYTES = 5_000_000;
const MAX_PROMPT_BYTES = 10_000;
const MAX_SLICE_MS = 1_000_000;
// Without shared memory each line is a message; past this many in a burst they are gathered.
const BURST_MESSAGES = 100;
const BURST_MS = 100;
const GATHER_BYTES = 65_536;

const NEWLINE = 10;
const NOTHING = new Uint8Array(0);

const KINDS = { out: Kind.STDOUT, err: Kind.STDERR, typed: Kind.TYPED };

const STOPPED = Object.freeze({ stopped: true, ended: false, text: "" });
const ENDED = Object.freeze({ stopped: false, ended: true, text: "" });

/**
 * The worker's side of the console: output goes out, input comes in, in order.
 *
 * `send(message, transfer)` posts to the frame; it was taken before any program ran.
 */
export class ConsoleChannel {
  constructor(memory, send) {
    this.send = send;
    this.views = memory ? viewsOf(memory) : null;
    this.ring = memory ? new RingWriter(this.views, () => send({ type: "wake" })) : null;
    this.decoder = new TextDecoder();
    this.startRun(null);
  }

  get canBlock() {
    return this.views !== null;
  }

  startRun(run) {
    this.run = run;
    this.left = MAX_OUTPUT_BYTES;
    this.dropped = 0;
    this.lastLine = new Uint8Array(0);
    this.stopping = false;
    this.waiting = null;
    this.gathered = [];
    this.gatheredBytes = 0;
    this.burstStart = 0;
    this.burstCount = 0;
  }

  /** Text of the program on `out` or `err`, as bytes, or a `typed` answer; past the limit it is counted and dropped. */
  write(stream, bytes) {
    this.#rememberLastLine(bytes);
    const kept = bytes.length <= this.left ? bytes : bytes.subarray(0, this.left);
    this.left -= kept.length;
    this.dropped += bytes.length - kept.length;
    if (!kept.length) return;
    if (this.ring) this.ring.write(KINDS[stream], kept);
    else this.#gather(stream, kept);
  }

  /** A message that must keep its place among the text. */
  sendInOrder(message, transfer = []) {
    this.#release();
    this.ring?.mark();
    this.send({ ...message, run: this.run, marked: true }, transfer);
  }

  /** Ask for a line and block until it is there; `hidden` lets nobody read it. */
  readLine(hidden) {
    const { words, answer } = this.views;
    this.#ask(hidden);
    Atomics.wait(words, Word.INPUT, Input.WAITING);
    const state = Atomics.load(words, Word.INPUT);
    if (state === Input.LINE) Atomics.store(words, Word.INPUT, Input.WAITING);
    if (state === Input.STOPPED) return STOPPED;
    if (state === Input.END) {
      Atomics.store(words, Word.INPUT, Input.WAITING);
      return ENDED;
    }
    const length = Math.min(words[Word.INPUT_BYTES], MAX_ANSWER_BYTES);
    return this.#answered(this.decoder.decode(answer.slice(0, length)));
  }

  /** The same without blocking: a promise, for a Python that can be suspended. */
  readLineLater(hidden) {
    this.#ask(hidden);
    return new Promise((resolve) => {
      this.waiting = (text) => resolve(text === null ? ENDED : this.#answered(text));
      this.stopWaiting = () => resolve(STOPPED);
    });
  }

  /** Wait `ms` without using the processor; true when Stop ended it. */
  sleep(ms) {
    const end = performance.now() + ms;
    for (let left = ms; left > 0 && !this.isStopping(); left = end - performance.now()) {
      Atomics.wait(this.views.words, Word.STOPPING, 0, Math.min(left, MAX_SLICE_MS));
    }
    return this.isStopping();
  }

  sleepLater(ms) {
    this.#release();
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), Math.min(ms, 0x7fffffff));
      this.stopWaiting = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  sleepBusily(ms) {
    this.#release();
    const end = performance.now() + ms;
    while (performance.now() < end);
    return false;
  }

  isStopping() {
    return this.stopping || (this.views !== null && Atomics.load(this.views.words, Word.STOPPING) === 1);
  }

  /** From the port: an answer, or null for the end of input. */
  answered(text) {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.(text);
  }

  /** From the port, when the worker is free to hear it. */
  stop() {
    this.stopping = true;
    this.stopWaiting?.();
  }

  #ask(hidden) {
    this.sendInOrder({ type: "input", prompt: this.decoder.decode(this.lastLine), hidden });
  }

  #answered(text) {
    this.lastLine = new Uint8Array(0);
    return { stopped: false, ended: false, text };
  }

  #rememberLastLine(bytes) {
    if (bytes.at(-1) === NEWLINE) {
      this.lastLine = NOTHING;
      return;
    }
    const newline = bytes.lastIndexOf(NEWLINE);
    const tail = bytes.slice(newline + 1).subarray(-MAX_PROMPT_BYTES);
    if (newline >= 0 || !this.lastLine.length) {
      this.lastLine = tail;
      return;
    }
    const joined = new Uint8Array(this.lastLine.length + tail.length);
    joined.set(this.lastLine);
    joined.set(tail, this.lastLine.length);
    this.lastLine = joined.subarray(-MAX_PROMPT_BYTES);
  }

  #gather(stream, bytes) {
    this.decoders ??= { out: new TextDecoder(), err: new TextDecoder(), typed: new TextDecoder() };
    this.gathered.push({ stream, text: this.decoders[stream].decode(bytes, { stream: true }) });
    this.gatheredBytes += bytes.length;
    const now = performance.now();
    if (now - this.burstStart > BURST_MS) {
      this.burstStart = now;
      this.burstCount = 0;
    }
    if (this.burstCount < BURST_MESSAGES || this.gatheredBytes > GATHER_BYTES) this.#release();
  }

  #release() {
    if (!this.gathered.length) return;
    this.burstCount += 1;
    this.send({ type: "output", run: this.run, segments: this.gathered });
    this.gathered = [];
    this.gatheredBytes = 0;
  }
}
