// node restore.mjs CORE_FOLDER SNAPSHOT PROGRAM_PY jspi|plain: restores, runs the program, prints its result
import { readFileSync } from "node:fs";
import { openPyodide, removeJspi } from "./pyodide-node.mjs";

const [core, snapshot, program, kind] = process.argv.slice(2);
if (kind === "plain") removeJspi();
const pyodide = await openPyodide(core, { _loadSnapshot: readFileSync(snapshot) });
pyodide.globals.set("has_jspi", kind === "jspi");
process.stdout.write(`${await pyodide.runPythonAsync(readFileSync(program, "utf8"))}\n`);
