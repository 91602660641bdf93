// node judge.mjs PAIRS VERDICTS: judges each [test, observation] of a JSON file.
import { readFileSync, writeFileSync } from "node:fs";

import { compare } from "../../frontend/static/checking/compare.js";

const [pairs, verdicts] = process.argv.slice(2);
const judged = JSON.parse(readFileSync(pairs, "utf8")).map(([test, observation]) => compare(test, observation));
writeFileSync(verdicts, JSON.stringify(judged));
