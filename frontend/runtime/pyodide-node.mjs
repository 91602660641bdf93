// Pyodide in Node with nothing left to chance: the same input gives the same bytes of memory on each run.
import crypto from "node:crypto";
import { writeSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const BUILD_DATE_MS = Date.UTC(2026, 0, 1);

// Node would first quote the line that threw, which in Pyodide's minified source is a megabyte, and lose the reason.
process.on("uncaughtException", (error) => {
  writeSync(2, `${error?.stack ?? error}\n`);
  process.exit(1);
});

/** Stop the clock and the dice. Must run before Pyodide loads. */
export function makeDeterministic() {
  crypto.randomFillSync = (view) => {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(7);
    return view;
  };
  Date.now = () => BUILD_DATE_MS;
  performance.now = () => 1000;
  process.argv[1] = "pyodide";
}

/**
 * Take JavaScript Promise Integration away, as in a browser that has none.
 * Must run before Pyodide loads.
 */
export function removeJspi() {
  for (const name of ["Suspending", "promising", "SuspendError"]) delete WebAssembly[name];
}

/** Pyodide from the files in `folder`. */
export async function openPyodide(folder, options = {}) {
  const { loadPyodide } = await import(pathToFileURL(path.resolve(folder, "pyodide.mjs")));
  return loadPyodide({ env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0", _: "./this.program" }, ...options });
}
