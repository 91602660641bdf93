import { items } from "./expressions.js";

const NO_NAMES_IN = new Set(["String", "Comment", "FormatString", "ContinuedString", "Number"]);
// After these words a new name is written.
const NAMING = /(?:^|[^.\w])(?:def|class|as|global|nonlocal|lambda)\s+\w*$/;
const LOOP_VARIABLE = /(?:^|\s)for\s+\w*$/;
const IMPORT = /^\s*import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*([\w.]*)$/;
const FROM = /^\s*from\s+(\.*[\w.]*)$/;
const FROM_IMPORT = /^\s*from\s+([\w.]+)\s+import\s+\(?(?:[\w\s,]*,)?\s*\w*$/;
const KEYWORDS = (
  "and as assert async await break class continue def del elif else except finally for from global if import in is " +
  "lambda match nonlocal not or pass raise return try while with yield True False None"
).split(" ");
const EXPRESSIONS = new Set([
  "VariableName",
  "MemberExpression",
  "CallExpression",
  "ParenthesizedExpression",
  "ArrayExpression",
  "TupleExpression",
  "DictionaryExpression",
  "SetExpression",
  "ArrayComprehensionExpression",
  "String",
  "FormatString",
  "ContinuedString",
]);
const NEAREST = { own: 6, argument: 8, builtin: 2, keyword: 1, module: 3 };

/**
 * The names that may be meant at `at` of `source`: {from, options} with options as {label, type, boost, thing}, or null
 * where no name belongs: in a text, in a comment, after `def`.
 *
 * `thing` is what the name stands for, or a function that finds out.
 */
export function completionsAt({ source, at, inference, index, project, installed }) {
  const line = source.text.slice(source.text.lastIndexOf("\n", at - 1) + 1, at);
  const word = /[^\W\d]\w*$/.exec(line)?.[0] ?? "";
  const from = at - word.length;
  if (isInText(source.tree, from, at)) return null;
  const imported = IMPORT.exec(line)?.[1] ?? FROM.exec(line)?.[1];
  if (imported !== undefined) return moduleNames({ imported, from, index, project, installed });
  const wanted = FROM_IMPORT.exec(line)?.[1];
  if (wanted) return { from, options: membersOf(inference.module(wanted), { inference, index, word }) };
  if (source.text[from - 1] === ".") {
    const object = expressionBefore(source, from - 1);
    const thing = object && inference.of(object, source);
    return thing ? { from, options: membersOf(thing, { inference, index, word }) } : null;
  }
  if (NAMING.test(line) || LOOP_VARIABLE.test(line) || /\d\w*$/.test(line.slice(0, line.length - word.length)))
    return null;
  return {
    from,
    options: [...argumentNames(source, from, inference), ...names({ source, at: from, inference, index })],
  };
}

/** The expression that ends at the dot at `dot`, or null. */
export function expressionBefore(source, dot) {
  const end = dot - /\s*$/.exec(source.text.slice(0, dot))[0].length;
  let node = source.tree.resolveInner(end, -1);
  let found = null;
  for (; node && node.to === end; node = node.parent) {
    if (EXPRESSIONS.has(node.name)) found = node;
    else if (!/^(?:ArgList|PropertyName|[)\]}])$/.test(node.name) || found?.name === "BinaryExpression") break;
  }
  return found;
}

/** All attributes of `thing` as options; those that begin with an underscore only if `word` does. */
export function membersOf(thing, { inference, index, word }) {
  const options = new Map();
  const add = (name, type, boost, find) => {
    if (!options.has(name)) options.set(name, { label: name, type, boost, thing: find });
  };
  if (thing?.source && thing.kind === "module") {
    for (const name of thing.source.scope.bindings.keys())
      add(name, "variable", 0, () => inference.member(thing, name));
  } else if (thing?.folder) {
    for (const name of inference.modulesIn(thing.folder))
      add(name, "namespace", 0, () => inference.member(thing, name));
  } else if (thing?.kind === "module") {
    for (const [name, entry] of Object.entries(index.module(thing.name)?.names ?? {})) {
      add(name, typeOf(entry), 0, inference.entry(entry, thing.name, name));
    }
  } else if (thing?.scope) {
    addOwnMembers(thing, { inference, index, add });
  } else if (thing?.type) {
    for (const [name, entry] of index.attributes(thing.type)) {
      add(name, typeOf(entry), 0, inference.entry(entry, thing.type, name, thing));
    }
  }
  return [...options.values()].filter(({ label }) => word.startsWith("_") || !label.startsWith("_"));
}

function addOwnMembers(thing, { inference, index, add }, seen = new Set()) {
  if (seen.has(thing.scope)) return;
  seen.add(thing.scope);
  const find = (name) => () => inference.member(thing, name);
  for (const name of thing.scope.attributes?.keys() ?? []) add(name, "property", 1, find(name));
  for (const [name, [binding]] of thing.scope.bindings)
    add(name, binding.kind === "def" ? "method" : "property", 1, find(name));
  for (const base of inference.bases(thing)) {
    if (base.scope) addOwnMembers({ ...base, kind: thing.kind }, { inference, index, add }, seen);
    else
      for (const [name, entry] of index.attributes(base.type))
        add(name, typeOf(entry), 0, inference.entry(entry, base.type, name));
  }
}

function names({ source, at, inference, index }) {
  const options = new Map();
  let isInner = true;
  let nearness = NEAREST.own;
  for (let scope = source.scopeAt(at); scope; scope = scope.parent) {
    if (scope.kind !== "class" || isInner) {
      for (const [name, bindings] of scope.bindings) {
        const isLater = isInner && bindings.every((binding) => binding.at >= at);
        if (isLater || options.has(name)) continue;
        const thing = () => inference.name(name, source, at);
        options.set(name, { label: name, type: kindOf(bindings.at(-1)), boost: nearness, thing });
      }
    }
    isInner = false;
    nearness = Math.max(nearness - 1, NEAREST.module);
  }
  for (const name of KEYWORDS)
    if (!options.has(name)) options.set(name, { label: name, type: "keyword", boost: NEAREST.keyword });
  for (const [name, entry] of Object.entries(index.module("builtins")?.names ?? {})) {
    const isRare = /Error$|Warning$|^_/.test(name);
    if (options.has(name)) continue;
    const boost = isRare ? 0 : NEAREST.builtin;
    options.set(name, { label: name, type: typeOf(entry), boost, thing: inference.entry(entry, "builtins", name) });
  }
  return [...options.values()];
}

/** The call whose brackets enclose `at`: {node, callee, argument}, the argument counted from 0, or null. */
export function callAround(source, at) {
  for (let node = source.tree.resolveInner(at, -1); node; node = node.parent) {
    if (node.name === "Body" || node.name === "Script") return null;
    const isClosed = node.lastChild?.name === ")" && at >= node.to;
    if (node.name !== "ArgList" || at <= node.from || isClosed || node.parent.name !== "CallExpression") continue;
    const before = node.getChildren(",").filter((comma) => comma.from < at);
    return { node, callee: node.parent.firstChild, argument: before.length };
  }
  return null;
}

function argumentNames(source, at, inference) {
  const call = callAround(source, at);
  // Behind `=` comes a value.
  if (!call || !/[(,]\s*$/.test(source.text.slice(0, at))) return [];
  const callee = inference.of(call.callee, source);
  const given = new Set(items(call.node).map((node) => source.slice(node)));
  return parameterNames(callee)
    .filter((name) => !given.has(name))
    .map((name) => ({ label: `${name}=`, type: "property", boost: NEAREST.argument, thing: null }));
}

function parameterNames(callee) {
  const own = callee?.kind === "class" ? callee.scope?.bindings.get("__init__")?.at(-1).inner : callee?.scope;
  if (own) {
    const params = [...own.bindings.values()]
      .map(([first]) => first)
      .filter(({ kind, stars }) => kind === "param" && !stars);
    const isMethod = callee.kind === "class" || callee.owner;
    return params.map(({ name }) => name).slice(isMethod ? 1 : 0);
  }
  // Only those with a value of their own are written by name as a rule.
  return [...(callee?.entry?.[1] ?? "").matchAll(/(\w+)=/g)].map(([, name]) => name);
}

function moduleNames({ imported, from, index, project, installed }) {
  const parent = imported.includes(".") ? imported.slice(0, imported.lastIndexOf(".") + 1) : "";
  const all = [...project.modules.map((name) => [name, 2]), ...installed.map((name) => [name, 1])];
  const known = Object.keys(index.modules).filter((name) => name !== "builtins");
  const options = new Map();
  for (const [name, boost] of [...all, ...known.map((each) => [each, 0])]) {
    if (!name.startsWith(parent)) continue;
    const label = name.slice(parent.length).split(".")[0];
    if (label && !options.has(label))
      options.set(label, { label, type: "namespace", boost, thing: null, module: parent + label });
  }
  return { from, options: [...options.values()] };
}

function isInText(tree, from, at) {
  for (let node = tree.resolveInner(at, -1); node; node = node.parent) {
    if (node.name === "FormatReplacement") return false;
    if (NO_NAMES_IN.has(node.name) && node.from < at && (node.name !== "Number" || node.from < from)) return true;
  }
  return false;
}

function typeOf([kind, , , result]) {
  return { f: "function", c: "class", m: "namespace" }[kind] ?? (result === "type" ? "class" : "variable");
}

function kindOf({ kind }) {
  return { def: "function", class: "class", import: "namespace" }[kind] ?? "variable";
}
