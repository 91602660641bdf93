// ruff in a worker of our own origin: a student's text is read here, never run.
import start, { PositionEncoding, Workspace } from "../vendor/ruff.js";

let workspace = null;

self.addEventListener("message", ({ data }) => {
  if (data.type === "open") open(data);
  else answer(data);
});

async function open({ wasm, options }) {
  try {
    await start({ module_or_path: fetch(wasm) });
    workspace = new Workspace(options, PositionEncoding.Utf16);
    self.postMessage({ type: "ready" });
  } catch (error) {
    self.postMessage({ type: "failed", message: String(error) });
  }
}

function answer({ id, type, text }) {
  try {
    const result = type === "check" ? workspace.check(text) : workspace.format(text);
    self.postMessage({ type: "answer", id, result });
  } catch (error) {
    self.postMessage({ type: "answer", id, error: String(error) });
  }
}
