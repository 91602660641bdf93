import { gettext, interpolate } from "../language/gettext.js";
import { expressionBefore } from "./completion.js";

const WORD_BEFORE = /[^\W\d]\w*$/;
const WORD_AFTER = /^\w*/;
const LONGEST = 280;

/**
 * What is known of the name at `at`: {from, to, name, signature, text, origin}, or null.
 *
 * `signature` is `(a, b=1)` or empty; `origin` says where the name comes from, in words.
 */
export function documentationAt({ source, at, inference }) {
  const before = WORD_BEFORE.exec(source.text.slice(0, at))?.[0] ?? "";
  const after = WORD_AFTER.exec(source.text.slice(at))[0];
  const [from, to] = [at - before.length, at + after.length];
  const name = source.text.slice(from, to);
  if (!name || /^\d/.test(name) || isInText(source.tree, from, to)) return null;
  const thing = thingAt(source, from, name, inference);
  const told = thing && documentationOf(thing, name);
  return told && { from, to, ...told };
}

/** The documentation of `thing` under the name `name`: {name, signature, text, origin}, or null for a mere value. */
export function documentationOf(thing, name) {
  if (thing.scope && thing.kind !== "instance") return ownDocumentation(thing, name);
  if (thing.source && thing.kind === "module") {
    return {
      name,
      signature: "",
      text: docstring(thing.source.tree.topNode, thing.source),
      origin: gettext("a file of this project"),
    };
  }
  if (thing.entry) return entryDocumentation(thing, name);
  if (thing.kind === "instance") return { name, signature: "", text: "", origin: valueWords(thing) };
  return null;
}

function thingAt(source, from, name, inference) {
  const importLine = /^\s*(?:from\s+([\w.]+)\s+)?import\b/.exec(lineAround(source.text, from));
  if (importLine) return inImport(source, from, name, importLine[1], inference);
  if (source.text[from - 1] === ".") {
    const object = expressionBefore(source, from - 1);
    const thing = object && inference.of(object, source);
    return thing ? inference.member(thing, name) : null;
  }
  // The name of a definition is known only behind it.
  return inference.name(name, source, from + name.length);
}

function inImport(source, from, name, module, inference) {
  const words = /[\w.]*$/.exec(source.text.slice(0, from))[0] + name;
  const isAfterImport = /import\b/.test(lineAround(source.text, from).slice(0, from - lineStart(source.text, from)));
  return module && isAfterImport ? inference.imported(module, name) : inference.module(words);
}

function ownDocumentation({ kind, scope, source, owner }, name) {
  const init = kind === "class" ? scope.bindings.get("__init__")?.at(-1).inner : null;
  const origin = owner
    ? interpolate(gettext("a method of %(name)s, in this project"), { name: owner.scope.name })
    : gettext("a function of this project");
  return {
    name,
    signature:
      kind === "class" ? (init ? parameters(init, source, true) : "()") : parameters(scope, source, Boolean(owner)),
    text: docstring(scope.node.getChild("Body"), source),
    origin: kind === "class" ? gettext("a class of this project") : origin,
  };
}

function parameters(scope, source, isMethod) {
  const list = scope.node.getChild("ParamList");
  const text = list ? source.slice(list).replaceAll(/\s+/g, " ") : "()";
  return isMethod ? text.replace(/^\(\s*\w+\s*(?:,\s*)?/, "(") : text;
}

function docstring(body, source) {
  const first = body?.getChild("ExpressionStatement");
  const isFirst = first && /^(?::|Comment)?$/.test(first.prevSibling?.name ?? "");
  const text = isFirst ? first.getChild("String") : null;
  if (!text) return "";
  const inside = source
    .slice(text)
    .replace(/^[rRuU]?("""|'''|"|')/, "")
    .replace(/("""|'''|"|')$/, "");
  const paragraph = inside
    .trim()
    .split(/\n\s*\n/)[0]
    .replaceAll(/\s+/g, " ");
  return paragraph.length > LONGEST ? `${paragraph.slice(0, LONGEST)} …` : paragraph;
}

function entryDocumentation({ entry, owner }, name) {
  const [kind, signature, text, result] = entry;
  if (kind === "m") return { name: result || name, signature: "", text, origin: gettext("a module") };
  const place =
    owner === "builtins" ? gettext("built into Python") : owner && interpolate(gettext("from %(owner)s"), { owner });
  if (kind === "v")
    return {
      name,
      signature: "",
      text,
      origin: [result && interpolate(gettext("a value of type %(result)s"), { result: short(result) }), place]
        .filter(Boolean)
        .join(", "),
    };
  const gives = kind === "f" && result ? ` → ${short(result)}` : "";
  return { name, signature: `${signature || "(…)"}${gives}`, text, origin: place ?? "" };
}

function valueWords({ type, scope, of }) {
  if (scope) return interpolate(gettext("a value of the class %(name)s"), { name: scope.name });
  const [inside] = of ?? [];
  if (!inside?.type || type !== "list") return interpolate(gettext("a value of type %(type)s"), { type: short(type) });
  return interpolate(gettext("a value of type %(type)s of %(inside)s"), {
    type: short(type),
    inside: short(inside.type),
  });
}

function short(type) {
  return type.replaceAll(/[\w.]*\.(?=\w)/g, "");
}

function isInText(tree, from, to) {
  for (let node = tree.resolveInner(from, 1); node; node = node.parent) {
    if (node.name === "FormatReplacement") return false;
    if (/^(?:String|FormatString|Comment)$/.test(node.name) && node.to >= to) return true;
  }
  return false;
}

function lineStart(text, at) {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineAround(text, at) {
  const end = text.indexOf("\n", at);
  return text.slice(lineStart(text, at), end < 0 ? undefined : end);
}
