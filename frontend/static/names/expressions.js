import { instance } from "./types.js";

/** The type of a number as it is written. */
export function numberType(text) {
  if (/j$/i.test(text)) return instance("complex");
  return instance(/^0[xob]/i.test(text) || !/[.e]/i.test(text) ? "int" : "float");
}

/** The expressions in brackets, without commas and the names of arguments. */
export function items(node) {
  const found = [];
  for (let child = node?.firstChild; child; child = child.nextSibling) {
    if (!/^(?:[()[\]{},:]|AssignOp|\*{1,2}|for|in|if|⚠)$/.test(child.name) && child.nextSibling?.name !== "AssignOp") {
      found.push(child);
    }
  }
  return found;
}

/** The first of them, or null. */
export function firstItem(node) {
  return items(node)[0] ?? null;
}
