/** Runs judge-worker.js in a thread of Node, which has no `self`. */
import { parentPort } from "node:worker_threads";

globalThis.self = {
  addEventListener: (_, listener) => parentPort.on("message", (data) => listener({ data })),
  postMessage: (data) => parentPort.postMessage(data),
};
await import("../../static/checking/judge-worker.js");
