import { sentenceNode } from "../editor/sentence.js";

/** What documentation.js found, as an element; `argument` (counted from 0) is shown bold in the signature. */
export function documentationNode({ name, signature, text, origin }, argument = null) {
  const node = document.createElement("div");
  node.className = "name-doc";
  const head = document.createElement("code");
  head.className = "name-doc-head";
  head.append(name, ...signatureParts(signature, argument));
  node.append(head);
  if (text) node.append(paragraph("name-doc-text", text));
  if (origin) node.append(paragraph("name-doc-origin", origin));
  return node;
}

/** The same to be read out. */
export function documentationWords({ name, signature, text, origin }) {
  return [`${name}${signature}`, text.replaceAll("`", ""), origin].filter(Boolean).join(". ");
}

function paragraph(className, text) {
  const node = sentenceNode(text);
  node.className = className;
  return node;
}

function signatureParts(signature, argument) {
  if (argument === null) return [signature];
  const end = signature.lastIndexOf(")");
  const parts = splitParameters(signature.slice(1, end));
  // The last one takes what is left over: *args.
  const current = Math.min(argument, parts.length - 1);
  const shown = parts.map((part, index) => {
    if (index !== current) return part;
    const bold = document.createElement("b");
    bold.textContent = part;
    return bold;
  });
  return ["(", ...shown.flatMap((part, index) => (index ? [", ", part] : [part])), signature.slice(end)];
}

function splitParameters(text) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    depth += { "(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1 }[sign] ?? 0;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}
