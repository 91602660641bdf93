// The least that a page with Pyodide can do: what our own start is compared with.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const output = document.getElementById("console");
const python = await loadPyodide();
globalThis.python = python;
python.setStdout({ batched: (text) => output.append(`${text}\n`) });

function run() {
  output.replaceChildren();
  python.runPython('print("hello")');
}

document.getElementById("run").addEventListener("click", run);
run();
document.documentElement.dataset.ready = "true";
