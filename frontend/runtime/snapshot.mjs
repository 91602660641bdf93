// node snapshot.mjs CORE_FOLDER OUTPUT jspi|plain MODULE...: saves the memory with the modules imported
import { writeFileSync } from "node:fs";
import { makeDeterministic, openPyodide, removeJspi } from "./pyodide-node.mjs";

const [core, output, kind, ...modules] = process.argv.slice(2);
makeDeterministic();
if (kind === "plain") removeJspi();
const pyodide = await openPyodide(core, { _makeSnapshot: true });
for (const name of modules) pyodide.runPython(`import ${name}`, { globals: pyodide.toPy({}) });
writeFileSync(output, pyodide.makeMemorySnapshot());
