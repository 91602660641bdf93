import { firstItem, items, numberType } from "./expressions.js";
import { resultOf } from "./results.js";
import { elementOf, instance, itemOf, readType } from "./types.js";

// How far from a name to what it was made of; a program that goes in a circle ends here.
const MOST_STEPS = 12;
const LITERALS = {
  String: "str",
  FormatString: "str",
  ContinuedString: "str",
  Boolean: "bool",
  SetExpression: "set",
  SetComprehensionExpression: "set",
};
// These hand on what they are given.
const PASSING = new Set(["sorted", "list", "set", "tuple", "reversed", "frozenset"]);

/** Finds out, from the text alone, what names and expressions of a project stand for. */
export class Inference {
  /** `project.module(name)` gives the project's own file of that module, or null. */
  constructor(index, project) {
    this.index = index;
    this.project = project;
  }

  /** What the expression `node` of `source` stands for, or null. */
  of(node, source, steps = 0) {
    if (!node || steps > MOST_STEPS) return null;
    const next = (child) => this.of(child, source, steps + 1);
    const type = LITERALS[node.name];
    if (type) return instance(type);
    switch (node.name) {
      case "Number":
        return numberType(source.slice(node));
      case "VariableName":
        return this.name(source.slice(node), source, node.from, steps + 1);
      case "ParenthesizedExpression":
        return next(node.firstChild.nextSibling);
      case "ArrayExpression":
        return instance("list", [next(firstItem(node))]);
      case "TupleExpression":
        return instance("tuple", items(node).map(next));
      case "DictionaryExpression":
        return instance("dict", items(node).slice(0, 2).map(next));
      case "ArrayComprehensionExpression":
        return instance("list", [next(firstItem(node))]);
      case "DictionaryComprehensionExpression":
        return instance("dict", items(node).slice(0, 2).map(next));
      case "MemberExpression":
        return this.#member(node, source, steps);
      case "CallExpression":
        return this.#call(node, source, steps);
      case "BinaryExpression":
        return this.#operation(node, next);
      case "UnaryExpression":
        return node.firstChild.name === "not" ? instance("bool") : next(node.lastChild);
      case "ConditionalExpression":
        return next(node.firstChild) ?? next(node.lastChild);
      case "NamedExpression":
      case "AwaitExpression":
        return next(node.lastChild);
      default:
        return null;
    }
  }

  /** What the name stands for at the place `at`: the last value it was given above, in the nearest scope. */
  name(name, source, at, steps = 0) {
    const binding = findBinding(source.scopeAt(at), name, at);
    if (binding) return this.binding(binding, source, steps);
    const entry = this.index.moduleEntry("builtins", name);
    return entry ? this.entry(entry, "builtins", name) : null;
  }

  /** What a binding of `scopes.js` gives its name. */
  binding(binding, source, steps = 0) {
    if (steps > MOST_STEPS) return null;
    const { kind, inner, annotation } = binding;
    if (kind === "def") return { kind: "function", scope: inner, source, owner: classAround(inner, source) };
    if (kind === "class") return { kind: "class", scope: inner, source };
    if (kind === "import") return this.module(binding.module);
    if (kind === "from") return this.imported(binding.module, binding.original, steps);
    if (kind === "param") return this.#param(binding, source, steps);
    const told = annotation ? this.#annotated(annotation, source, steps) : null;
    return told ?? this.#value(binding, source, steps);
  }

  /** The project's own module of that name, else the runtime's, else a folder of either; or null. */
  module(name) {
    const own = this.project.module(name);
    if (own) return { kind: "module", source: own };
    const known = this.index.module(name);
    if (known) return { kind: "module", name, entry: ["m", "", known.doc, name] };
    return this.modulesIn(name).length ? { kind: "module", folder: name } : null;
  }

  /** The names of the modules directly in the folder `name`. */
  modulesIn(name) {
    const all = [...this.project.modules, ...Object.keys(this.index.modules)];
    const inside = all.filter((each) => each.startsWith(`${name}.`));
    return [...new Set(inside.map((each) => each.slice(name.length + 1).split(".")[0]))];
  }

  /** What `from module import name` gives. */
  imported(module, name, steps = 0) {
    const found = this.module(module);
    return (found && this.member(found, name, steps + 1)) ?? this.module(`${module}.${name}`);
  }

  /** What `thing.name` stands for, or null. */
  member(thing, name, steps = 0) {
    if (steps > MOST_STEPS) return null;
    if (thing.kind === "module") {
      if (thing.folder) return this.module(`${thing.folder}.${name}`);
      if (thing.source) return this.#lastOf(thing.source.scope.bindings.get(name), thing.source, steps);
      const entry = this.index.moduleEntry(thing.name, name);
      return entry ? this.entry(entry, thing.name, name) : null;
    }
    if (thing.scope && thing.kind !== "function") return this.#ownMember(thing, name, steps);
    const key = thing.type;
    const entry = key ? this.index.attribute(key, name) : null;
    return entry ? this.entry(entry, key, name, thing) : null;
  }

  /** The thing that an entry of the index describes; `owner` is the module or type it belongs to. */
  entry(entry, owner, name, object = null) {
    const [kind, , , result] = entry;
    if (kind === "m") return { kind: "module", name: result, entry };
    if (kind === "c") return { kind: "class", type: result, entry };
    if (kind === "f") return { kind: "function", entry, owner, name, object };
    return { ...(readType(result) ?? { kind: "unknown" }), entry, owner, name };
  }

  /** The classes of the project that `scope`'s class inherits from, and types of the index, nearest first. */
  bases({ scope, source }) {
    const list = scope.node.getChild("ArgList");
    return items(list)
      .map((node) => this.of(node, source, MOST_STEPS / 2))
      .filter((found) => found?.kind === "class");
  }

  #ownMember(thing, name, steps) {
    const { scope, source } = thing;
    const inBody = this.#lastOf(scope.bindings.get(name), source, steps);
    const found = inBody ?? this.#lastOf(scope.attributes.get(name), source, steps);
    if (found) return found.kind === "function" ? { ...found, object: thing } : found;
    for (const base of this.bases(thing)) {
      if (base.scope === scope) continue;
      const inherited = this.member({ ...base, kind: thing.kind }, name, steps + 1);
      if (inherited) return inherited;
    }
    return null;
  }

  #lastOf(bindings, source, steps) {
    for (const binding of [...(bindings ?? [])].reverse()) {
      const found = this.binding(binding, source, steps + 1);
      if (found) return found;
    }
    return null;
  }

  #member(node, source, steps) {
    const object = this.of(node.firstChild, source, steps + 1);
    if (!object) return null;
    const property = node.getChild("PropertyName");
    if (property) return this.member(object, source.slice(property), steps + 1);
    const inside = node.firstChild.nextSibling?.nextSibling;
    return elementOf(object, {
      position: inside?.name === "Number" ? Number(source.slice(inside)) : 0,
      isSlice: Boolean(node.getChild(":")),
      isText: inside?.name === "String",
    });
  }

  #call(node, source, steps) {
    const callee = this.of(node.firstChild, source, steps + 1);
    const first = () => this.of(firstItem(node.getChild("ArgList")), source, steps + 1);
    if (callee?.kind === "class") {
      if (callee.scope) return { kind: "instance", scope: callee.scope, source: callee.source };
      const isPassing = PASSING.has(callee.type) || callee.type === "enumerate";
      return instance(callee.type, isPassing ? [itemOf(first())] : []);
    }
    if (callee?.kind !== "function") return null;
    if (callee.scope) return this.#returned(callee, steps);
    return resultOf(callee, first);
  }

  #returned({ scope, source }, steps) {
    const told = scope.node.getChild("TypeDef");
    const annotated = told ? this.#annotated(told.lastChild, source, steps) : null;
    if (annotated) return annotated;
    for (const node of scope.returns) {
      const found = this.of(node, source, steps + 1);
      if (found) return found;
    }
    return null;
  }

  #annotated(node, source, steps) {
    const text = source.slice(node);
    if (/^(list|dict|set|tuple)\b/.test(text)) return readType(text.replaceAll(/\s/g, ""));
    const found = this.of(node, source, steps + 1);
    return found?.kind === "class" ? { ...found, kind: "instance", of: [] } : null;
  }

  #param(binding, source, steps) {
    const { scope, annotation, stars } = binding;
    const [first] = scope.bindings.keys();
    const owner = scope.kind === "function" ? classAround(scope, source) : null;
    if (owner && binding.name === first) return { kind: "instance", scope: owner.scope, source };
    if (stars) return instance(stars === "*" ? "tuple" : "dict");
    const told = annotation ? this.#annotated(annotation, source, steps) : null;
    return told ?? this.of(binding.default, source, steps + 1);
  }

  #value({ kind, nodes, path = [] }, source, steps) {
    const isTuple = nodes.length > 1;
    let found = isTuple
      ? instance(
          "tuple",
          nodes.map((node) => this.of(node, source, steps + 1)),
        )
      : null;
    found ??= this.of(nodes[0], source, steps + 1);
    if (kind === "item") found = isTuple ? found.of[0] : itemOf(found);
    if (kind === "caught") found = found?.kind === "class" ? { ...found, kind: "instance", of: [] } : null;
    for (const position of path) {
      if (!found) return null;
      found = found.type === "tuple" ? (found.of[position] ?? null) : itemOf(found);
    }
    return found;
  }

  #operation(node, next) {
    const [left, operator, right] = [node.firstChild, node.firstChild.nextSibling, node.lastChild];
    if (operator.name === "CompareOp" || ["in", "is", "not"].includes(operator.name)) return instance("bool");
    const one = next(left);
    if (operator.name !== "ArithOp") return one ?? next(right);
    const other = next(right);
    const isFloat = [one, other].some((each) => each?.type === "float");
    if (one?.type === "int" && other?.type?.includes(".")) return other;
    return isFloat && one?.type === "int" ? instance("float") : (one ?? other);
  }
}

/** The binding that gives `name` its value at `at`: the last above it in the nearest scope that has one. */
export function findBinding(scope, name, at) {
  let isInner = true;
  for (let each = scope; each; each = each.parent) {
    // A method does not see the names in its class.
    const isHidden = each.kind === "class" && !isInner;
    const bindings = isHidden ? null : each.bindings.get(name);
    if (bindings) {
      const above = isInner || each.kind === "module" ? bindings.filter((binding) => binding.at < at) : bindings;
      return above.at(-1) ?? bindings[0];
    }
    isInner &&= each.kind === "comprehension" || each.kind === "lambda";
  }
  return null;
}

function classAround(scope, source) {
  return scope.parent?.kind === "class" ? { kind: "class", scope: scope.parent, source } : null;
}
