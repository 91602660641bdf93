import { gettext, interpolate } from "../language/gettext.js";
import { closestName } from "./spelling.js";

const BUILTINS = (
  "abs all any ascii bin bool bytearray bytes callable chr complex dict dir divmod enumerate eval exec exit filter " +
  "float format frozenset getattr hasattr hash help hex id input int isinstance issubclass iter len list map max min " +
  "next object oct open ord pow print property range repr reversed round set setattr slice sorted str sum super " +
  "tuple type vars zip True False None Exception ValueError TypeError KeyError IndexError ZeroDivisionError " +
  "FileNotFoundError NameError RuntimeError StopIteration"
).split(" ");
const MODULES = new Set(
  (
    "calendar collections copy csv datetime decimal fractions functools itertools json math os pathlib random re " +
    "sqlite3 statistics string sys time numpy pandas requests"
  ).split(" "),
);
const ALIASES = { np: "numpy", pd: "pandas", plt: "matplotlib.pyplot", sns: "seaborn" };
const FROM = {
  Path: "pathlib",
  Image: "PIL",
  ceil: "math",
  choice: "random",
  cos: "math",
  date: "datetime",
  floor: "math",
  pi: "math",
  randint: "random",
  shuffle: "random",
  sin: "math",
  sleep: "time",
  sqrt: "math",
  timedelta: "datetime",
};
const WORD = /[A-Za-z_]\w*/g;
const TEXT_OR_COMMENT =
  /[rbfuRBFU]{0,2}("""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|#.*/g;

/**
 * What to say and offer for a `name` that has no value in `text`: {sentence, fix, insert}.
 *
 * `insert` is either {name} to write in its place or {line, at}: an import, and where it goes.
 */
export function undefinedName(name, text, undefinedNames) {
  const line = importLine(name);
  if (line) {
    const sentence =
      MODULES.has(name) || name in ALIASES
        ? gettext("`%(name)s` is a module and must be imported first: `%(line)s`.")
        : gettext("`%(name)s` is part of a module and must be imported first: `%(line)s`.");
    return {
      sentence: interpolate(sentence, { name, line }),
      fix: gettext("Add the import"),
      insert: { line, at: importPlace(text) },
    };
  }
  const close = closestName(name, candidates(text, undefinedNames));
  if (!close) return null;
  return {
    sentence: interpolate(gettext("`%(name)s` has not been given a value. Did you mean `%(close)s`?"), { name, close }),
    fix: interpolate(gettext("Write %(close)s"), { close }),
    insert: { name: close },
  };
}

function importLine(name) {
  if (MODULES.has(name)) return `import ${name}`;
  if (Object.hasOwn(ALIASES, name)) return `import ${ALIASES[name]} as ${name}`;
  return Object.hasOwn(FROM, name) ? `from ${FROM[name]} import ${name}` : null;
}

function candidates(text, undefinedNames) {
  const own = text.replace(TEXT_OR_COMMENT, "").match(WORD) ?? [];
  return [...new Set([...BUILTINS, ...own])].filter((word) => !undefinedNames.has(word));
}

// Above the first import, else below the comments that a file begins with.
function importPlace(text) {
  let at = 0;
  let isAtStart = true;
  let place = 0;
  for (const line of text.split("\n")) {
    if (/^(import|from)\s/.test(line)) return at;
    isAtStart &&= line.startsWith("#");
    at += line.length + 1;
    if (isAtStart) place = at;
  }
  return Math.min(place, text.length);
}
