// node imports.mjs CORE_FOLDER SNAPSHOT NAME...: loads each package from the served lock and imports its modules
import { readFileSync } from "node:fs";
import { openPyodide } from "./pyodide-node.mjs";

const [core, snapshot, ...names] = process.argv.slice(2);
const pyodide = await openPyodide(core, { _loadSnapshot: readFileSync(snapshot) });
const broken = {};
for (const name of names) {
  try {
    await pyodide.loadPackage(name, { messageCallback: () => {} });
    for (const module of pyodide.lockfile.packages[name].imports) pyodide.pyimport(module);
  } catch (error) {
    broken[name] = String(error.message ?? error)
      .trim()
      .split("\n")
      .pop();
  }
}
process.stdout.write(`${JSON.stringify(broken)}\n`);
