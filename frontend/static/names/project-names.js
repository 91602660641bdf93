import { indentOf } from "./scope.js";
import { readScopes } from "./scopes.js";

/** One Python file as names see it. */
export class Source {
  constructor(path, text, tree) {
    Object.assign(this, { path, text, tree });
  }

  get scope() {
    this.scope_ ??= readScopes(this.tree, this.text);
    return this.scope_;
  }

  /** The innermost scope around a place in the text. */
  scopeAt(at) {
    return this.scope.around(at, indentOf(this.text, at));
  }

  slice({ from, to }) {
    return this.text.slice(from, to);
  }

  /** The full names of the modules that the file imports. */
  get imports() {
    const names = new Set();
    const visit = (scope) => {
      for (const { kind, module, full, original } of [...scope.bindings.values()].flat()) {
        if (kind === "import") names.add(full ?? module);
        if (kind === "from") names.add(module).add(`${module}.${original}`);
      }
      for (const child of scope.children) visit(child);
    };
    visit(this.scope);
    return names;
  }
}

/** The Python files of a project, each parsed once for as long as its text stays the same. */
export class ProjectNames {
  /** `read(path)` gives a file's text or null; `paths()` all paths; `parse(text)` a Lezer tree. */
  constructor({ read, paths, parse }) {
    Object.assign(this, { read, paths, parse });
    this.sources = new Map();
  }

  /** The project's own file for the module `name`, or null. */
  module(name) {
    const base = name.replace(/^\.+/, "").replaceAll(".", "/");
    for (const path of [`${base}.py`, `${base}/__init__.py`]) {
      const text = this.read(path);
      if (text !== null) return this.#source(path, text);
    }
    return null;
  }

  /** The names of the project's own modules. */
  get modules() {
    return this.paths()
      .filter((path) => path.endsWith(".py"))
      .map((path) => path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", "."));
  }

  #source(path, text) {
    const known = this.sources.get(path);
    if (known?.text === text) return known;
    const source = new Source(path, text, this.parse(text));
    this.sources.set(path, source);
    return source;
  }
}
