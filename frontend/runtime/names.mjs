// node names.mjs CORE_FOLDER SNAPSHOT DESCRIBE_PY OUTPUT_FOLDER PARTS_JSON: writes names-PART.json for each part
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openPyodide } from "./pyodide-node.mjs";

const [core, snapshot, program, output, parts] = process.argv.slice(2);
const pyodide = await openPyodide(core, { _loadSnapshot: readFileSync(snapshot) });
const load = (names) => pyodide.loadPackage(names, { messageCallback: () => {} });
await load(["jedi"].filter((name) => name in pyodide.lockfile.packages));
pyodide.runPython(readFileSync(program, "utf8"));
for (const { name, packages, modules, classes } of JSON.parse(parts)) {
  await load(packages.filter((each) => each in pyodide.lockfile.packages));
  pyodide.globals.set("modules", pyodide.toPy(modules));
  pyodide.globals.set("classes", pyodide.toPy(classes));
  const described = pyodide.runPython("import json\njson.dumps(describe(modules, classes), ensure_ascii=False)");
  writeFileSync(path.join(output, `names-${name}.json`), described);
}
