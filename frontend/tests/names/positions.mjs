// node positions.mjs NAMES_FOLDER: prints, for each place in positions.json, the first five names offered and the ms taken
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parser } from "../../node_modules/@lezer/python/dist/index.js";
import { completionsAt } from "../../static/names/completion.js";
import { Inference } from "../../static/names/inference.js";
import { NameIndex } from "../../static/names/name-index.js";
import { ProjectNames, Source } from "../../static/names/project-names.js";
import { rankOptions } from "../../static/names/ranking.js";

const SHOWN = 5;
const [folder] = process.argv.slice(2);
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const files = readdirSync(folder).filter((name) => /^names-\w+\.json$/.test(name));
const parts = Object.fromEntries(files.map((name) => [name.slice("names-".length, -5), path.join(folder, name)]));
const index = new NameIndex(parts, (file) => Promise.resolve(readJson(file)));
const answers = [];
for (const { code, files: others = {} } of readJson(new URL("positions.json", import.meta.url))) {
  const at = code.indexOf("|");
  const text = code.replace("|", "");
  const source = new Source("main.py", text, parser.parse(text));
  const project = new ProjectNames({
    read: (name) => others[name] ?? null,
    paths: () => ["main.py", ...Object.keys(others)],
    parse: (other) => parser.parse(other),
  });
  await index.need(source.imports);
  const started = performance.now();
  const inference = new Inference(index, project);
  const found = completionsAt({ source, at, inference, index, project, installed: ["numpy", "pandas"] });
  const ranked = found ? rankOptions(text.slice(found.from, at), found.options) : [];
  answers.push({ names: ranked.slice(0, SHOWN).map(({ label }) => label), ms: performance.now() - started });
}
process.stdout.write(`${JSON.stringify(answers)}\n`);
