/**
 * The relay inside the sandbox frame, an opaque origin with nobody's session.
 *
 * It keeps the workers, the memory shared with each, and the compiled WebAssembly module: the three things that cannot
 * cross from the page. It takes orders from its page only, over one port, and passes on what workers say; what a
 * program says is never acted on here. Message shapes: runner/protocol.js.
 */

import { Kind, RingReader } from "./output-ring.js";
import { createSharedMemory, Input, MAX_ANSWER_BYTES, SIGINT, viewsOf, Word } from "./shared-memory.js";

const STREAMS = { [Kind.STDOUT]: "out", [Kind.STDERR]: "err", [Kind.TYPED]: "typed" };
// How many chunks of output the page may owe an answer for; with none owed, the ring fills and the program waits.
const MAX_UNSHOWN_CHUNKS = 2;
// A chunk is no larger than the page can read and draw without a pause that is felt; what it only keeps is read sooner.
const MAX_DRAWN_BYTES = 8 * 1024;
const MAX_KEPT_BYTES = 128 * 1024;
// Where there is no ring, a thousand lines a second come as messages; a worker that goes on sending more than twice as
// many is ended. A frame that was held up finds what was sent meanwhile all at once: that many are let pass.
const MAX_MESSAGES_PER_S = 2_000;
const MAX_MESSAGES_AT_ONCE = 5 * MAX_MESSAGES_PER_S;

const sharesMemory = globalThis.crossOriginIsolated === true;
// What a worker, whose own address is a data: address, cannot see for itself.
const place = {
  page: location.origin,
  isCredentialless: new URLSearchParams(location.search).get("embedder") === "credentialless",
};
const workers = new Map();
let page = null;
let module = null;
let workerModules = [];
let assetsArrived;
const assets = new Promise((resolve) => {
  assetsArrived = resolve;
});

class SandboxWorker {
  constructor(id) {
    this.id = id;
    this.run = null;
    this.unshown = 0;
    this.isDrawn = true;
    this.marked = [];
    this.decoders = {};
    this.messagesLeft = MAX_MESSAGES_AT_ONCE;
    this.lastHeardAt = performance.now();
    this.memory = sharesMemory ? createSharedMemory() : null;
    this.views = this.memory && viewsOf(this.memory);
    this.reader = this.views && new RingReader(this.views);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.port.onmessage = ({ data }) => this.#heard(data);
    this.worker = startWorker();
    this.worker.onmessage = async () => {
      // The first and only message a worker sends by this way says that its module is there. Programs can reach
      // this channel too; nothing else said on it is listened to.
      this.worker.onmessage = null;
      const parts = { ...(await assets), module: await module, memory: this.memory, place, port: port2 };
      this.worker.postMessage(parts, [port2]);
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.tell({ type: "crashed", message: String(event.message || "the worker could not start") });
    };
  }

  tell(message, transfer = []) {
    try {
      page.postMessage({ ...message, worker: this.id }, transfer);
    } catch {
      // Only what a program forged holds something that cannot be sent on.
    }
  }

  startRun(message) {
    this.run = message.run;
    this.marked = [];
    this.decoders = {};
    this.unshown = 0;
    this.isDrawn = true;
    if (this.views) {
      this.views.words[Word.INTERRUPT] = 0;
      Atomics.store(this.views.words, Word.STOPPING, 0);
      Atomics.store(this.views.words, Word.INPUT, Input.WAITING);
    }
    this.port.postMessage(message);
  }

  stopRun() {
    if (this.views) {
      const { words, interrupt } = this.views;
      Atomics.store(words, Word.STOPPING, 1);
      Atomics.notify(words, Word.STOPPING);
      interrupt[0] = SIGINT;
      this.#answer(Input.STOPPED);
    }
    this.port.postMessage({ type: "stop" });
  }

  answerInput(text) {
    if (!this.views) {
      this.port.postMessage({ type: "answer", text });
      return;
    }
    if (text === null) {
      this.#answer(Input.END);
      return;
    }
    const bytes = new TextEncoder().encode(text).subarray(0, MAX_ANSWER_BYTES);
    this.views.answer.set(bytes);
    this.views.words[Word.INPUT_BYTES] = bytes.length;
    this.#answer(Input.LINE);
  }

  chunkShown(isDrawn) {
    this.isDrawn = isDrawn;
    this.unshown = Math.max(0, this.unshown - 1);
    this.#drain();
  }

  terminate() {
    this.worker.terminate();
    this.port.close();
  }

  #answer(state) {
    const { words } = this.views;
    // Stop outranks an answer that is on its way.
    if (Atomics.load(words, Word.INPUT) === Input.STOPPED) return;
    Atomics.store(words, Word.INPUT, state);
    Atomics.notify(words, Word.INPUT);
  }

  #heard(message) {
    if (this.#isFlooding()) {
      this.terminate();
      this.tell({ type: "crashed", message: "The program sent more messages than this page can take." });
    } else if (message?.type === "wake") {
      this.#drain();
    } else if (message?.marked && this.reader) {
      this.marked.push(message);
      this.#drain();
    } else if (message?.type !== "output" || !this.reader) {
      // Text comes through the ring, which waits for the page; nothing may overtake it.
      this.#pass(message);
    }
  }

  #isFlooding() {
    const now = performance.now();
    const earned = ((now - this.lastHeardAt) / 1000) * MAX_MESSAGES_PER_S;
    this.lastHeardAt = now;
    this.messagesLeft = Math.min(MAX_MESSAGES_AT_ONCE, this.messagesLeft + earned) - 1;
    return this.messagesLeft < 0;
  }

  #pass(message) {
    const transfer = [];
    if (message?.png instanceof ArrayBuffer) transfer.push(message.png);
    this.tell({ ...message, run: message?.run ?? this.run }, transfer);
  }

  #drain() {
    if (!this.reader || this.unshown >= MAX_UNSHOWN_CHUNKS) return;
    let segments = [];
    const most = this.isDrawn ? MAX_DRAWN_BYTES : MAX_KEPT_BYTES;
    let left = most;
    const send = () => {
      if (!segments.length) return;
      this.unshown += 1;
      this.tell({ type: "output", run: this.run, segments });
      segments = [];
    };
    this.reader.drain((kind, bytes) => {
      if (kind === Kind.MARK) {
        if (!this.marked.length) return false;
        send();
        this.#pass(this.marked.shift());
      } else if (bytes.length > left && left < most) {
        return false;
      } else if (kind in STREAMS) {
        left -= bytes.length;
        const stream = STREAMS[kind];
        this.decoders[stream] ??= new TextDecoder();
        const text = this.decoders[stream].decode(bytes, { stream: true });
        const last = segments.at(-1);
        if (last?.stream === stream) last.text += text;
        else segments.push({ stream, text });
      }
      return true;
    });
    send();
  }
}

// A worker at a data: address is of an opaque origin as well. A blob: module worker fails without a reason in
// Chromium.
function startWorker() {
  const source = `(${loadModules})();`;
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(source)}`, { type: "module" });
  worker.postMessage(workerModules);
  return worker;
}

/**
 * The whole text of a new worker: imports the modules it is sent, the last of which is the worker itself.
 *
 * It fetches nothing: an opaque origin has no cache, and a worker must start without network, too.
 */
function loadModules() {
  self.onmessage = async ({ data: modules }) => {
    self.onmessage = null;
    const urls = {};
    for (const { name, text } of modules) {
      const linked = text.replace(/(from\s*")\.\/([^"]+)"/g, (_, from, target) => `${from}${urls[target]}"`);
      urls[name] = URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
    }
    try {
      await import(urls[modules.at(-1).name]);
    } catch (error) {
      // Outside of the promise, so that the frame hears of it.
      setTimeout(() => {
        throw error;
      });
    }
    for (const url of Object.values(urls)) URL.revokeObjectURL(url);
  };
}

const orders = {
  modules({ modules }) {
    workerModules = modules;
  },
  compile({ wasm }) {
    module = WebAssembly.compile(wasm);
  },
  async assets(message) {
    assetsArrived(message);
    await module;
    page.postMessage({ type: "prepared" });
  },
  // Loaded when it is asked for: pages that run programs have no use for it.
  async try({ attempt, url }) {
    const { tryAddress } = await import("./address-check.js");
    page.postMessage({ type: "tried", attempt, ...(await tryAddress(url, place)) });
  },
  // A worker may be started before all of Python is here: its own modules load meanwhile.
  start: ({ worker }) => workers.set(worker, new SandboxWorker(worker)),
  terminate({ worker }) {
    workers.get(worker)?.terminate();
    workers.delete(worker);
  },
  run: (message) => workers.get(message.worker)?.startRun(message),
  check: (message) => workers.get(message.worker)?.startRun(message),
  install: (message) => workers.get(message.worker)?.port.postMessage(message),
  stop: ({ worker }) => workers.get(worker)?.stopRun(),
  answer: ({ worker, text }) => workers.get(worker)?.answerInput(text),
  shown: ({ worker, isDrawn }) => workers.get(worker)?.chunkShown(isDrawn),
  asset: ({ worker, name, bytes, message }) =>
    workers.get(worker)?.port.postMessage({ type: "asset", name, bytes, message }, bytes ? [bytes] : []),
};

addEventListener("message", function connect({ source, data, ports: [port] }) {
  if (source !== parent || data?.type !== "connect" || !port) return;
  removeEventListener("message", connect);
  page = port;
  page.onmessage = async ({ data: order }) => {
    try {
      await orders[order.type](order);
    } catch (error) {
      page.postMessage({ type: "broken", message: String(error) });
    }
  };
  page.postMessage({ type: "capabilities", sharesMemory, suspends: "Suspending" in WebAssembly });
});
parent.postMessage({ type: "up" }, "*");
