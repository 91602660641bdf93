// node compile.mjs CORE_FOLDER BYTECODE_PY INPUT_ZIP OUTPUT_ZIP PREFIX zip|files
import { readFileSync, writeFileSync } from "node:fs";
import { makeDeterministic, openPyodide } from "./pyodide-node.mjs";

const [core, program, input, output, prefix, layout] = process.argv.slice(2);
makeDeterministic();
const pyodide = await openPyodide(core);
pyodide.FS.writeFile("/tmp/input.zip", readFileSync(input));
pyodide.runPython(readFileSync(program, "utf8"));
const compileArchive = pyodide.globals.get("compile_archive");
const count = compileArchive("/tmp/input.zip", "/tmp/output.zip", prefix, layout === "zip");
writeFileSync(output, pyodide.FS.readFile("/tmp/output.zip"));
process.stdout.write(`${count}\n`);
