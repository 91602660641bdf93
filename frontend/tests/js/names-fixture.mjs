import { parser } from "../../node_modules/@lezer/python/dist/index.js";
import { Inference } from "../../static/names/inference.js";
import { NameIndex } from "../../static/names/name-index.js";
import { ProjectNames, Source } from "../../static/names/project-names.js";

const method = (result = "", signature = "()", text = "") => ["f", signature, text, result];

/** A small piece of what build_runtime writes, in its form. */
export const PARTS = {
  python: {
    modules: {
      builtins: {
        doc: "",
        names: {
          print: method("", "(*args, sep=' ', end='\\n')", "Prints the values."),
          input: method("str", "(prompt='')"),
          open: method("file"),
          range: ["c", "(stop)", "", "range"],
          enumerate: ["c", "(iterable, start=0)", "", "enumerate"],
          str: ["c", "(object='')", "", "str"],
          list: ["c", "(iterable=())", "", "list"],
          ValueError: ["c", "", "", "ValueError"],
        },
      },
      math: {
        doc: "Mathematics.",
        names: { sqrt: method("float", "(x)", "The square root of x."), pi: ["v", "", "", "float"] },
      },
      random: { doc: "", names: { choice: method(), randint: method("int", "(a, b)") } },
    },
    types: {
      str: { doc: "", bases: [], names: { upper: method("str"), split: method("list[str]") } },
      list: { doc: "", bases: [], names: { append: method("", "(object)"), pop: method() } },
      dict: { doc: "", bases: [], names: { items: method("list"), get: method() } },
      int: { doc: "", bases: [], names: { bit_length: method("int") } },
      float: { doc: "", bases: [], names: { is_integer: method("bool") } },
      file: { doc: "", bases: ["stream"], names: { read: method("str") } },
      stream: { doc: "", bases: [], names: { close: method() } },
    },
  },
  numpy: {
    modules: {
      numpy: {
        doc: "",
        names: { array: method("numpy.ndarray", "(object, dtype=None)"), random: ["m", "", "", "numpy.random"] },
      },
      "numpy.random": { doc: "", names: { rand: method("numpy.ndarray") } },
    },
    types: {
      "numpy.ndarray": {
        doc: "",
        bases: [],
        names: { reshape: method("numpy.ndarray"), shape: ["v", "", "", "tuple[int]"] },
      },
    },
  },
};

/** Everything needed to ask about `code`, in which `|` is the cursor; `files` are the project's others, by path. */
export async function ask(code, files = {}, load = (part) => Promise.resolve(PARTS[part])) {
  const at = code.indexOf("|");
  const text = code.replace("|", "");
  const source = new Source("main.py", text, parser.parse(text));
  const project = new ProjectNames({
    read: (path) => files[path] ?? null,
    paths: () => ["main.py", ...Object.keys(files)],
    parse: (other) => parser.parse(other),
  });
  const index = new NameIndex({ python: "python", numpy: "numpy" }, load);
  await index.need(source.imports);
  return { source, at, index, project, inference: new Inference(index, project), installed: ["numpy", "pandas"] };
}
