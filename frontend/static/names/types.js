/*
 * What a name may stand for:
 * - {kind: "instance", type, of}: a value of the type `type`; `of` are the types in brackets, so that list[str] has [str]
 * - {kind: "instance", scope, source}: a value of a class of the project
 * - {kind: "class", type} and {kind: "class", scope, source}
 * - {kind: "function", entry, owner} and {kind: "function", scope, source, owner}
 * - {kind: "module", name} and {kind: "module", source}
 */

export function instance(type, of = []) {
  return { kind: "instance", type, of };
}

/** What "list[str]" stands for; null for an empty text. */
export function readType(text) {
  const match = /^([\w.]+)(?:\[(.*)\])?$/.exec(text ?? "");
  if (!match) return null;
  const parts = match[2] ? splitAtTopCommas(match[2]).map(readType) : [];
  return instance(match[1], parts);
}

/** What a loop over `thing` gives in each turn, or null. */
export function itemOf(thing) {
  if (thing?.kind !== "instance") return null;
  if (["str", "bytes"].includes(thing.type)) return thing.type === "str" ? instance("str") : instance("int");
  if (thing.type === "range") return instance("int");
  if (FILES.has(thing.type)) return instance("str");
  if (thing.type === "csv.DictReader") return instance("dict", [instance("str"), instance("str")]);
  if (thing.type === "sqlite3.Cursor") return instance("tuple");
  if (thing.type === "enumerate") return instance("tuple", [instance("int"), thing.of?.[0] ?? null]);
  return thing.of?.[0] ?? null;
}

/** What `thing[…]` gives; `position` is the number in the brackets, where it is one. */
export function elementOf(thing, { position, isSlice, isText }) {
  if (thing?.kind !== "instance") return null;
  if (isSlice) return thing;
  if (thing.type === "str") return instance("str");
  if (thing.type === "pandas.DataFrame") return instance(isText ? "pandas.Series" : "pandas.DataFrame");
  if (thing.type === "dict") return thing.of?.[1] ?? null;
  if (thing.type === "tuple") return thing.of?.[position] ?? null;
  return thing.of?.[0] ?? null;
}

const FILES = new Set(["_io.TextIOWrapper", "_io.StringIO"]);

function splitAtTopCommas(text) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    depth += { "[": 1, "]": -1 }[sign] ?? 0;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
