/** A sentence in which code stands between backticks, as an element. The code may be a student's: it is set as text. */
export function sentenceNode(sentence) {
  const node = document.createElement("span");
  for (const [index, part] of sentence.split("`").entries()) {
    if (index % 2 === 0) {
      node.append(part);
    } else {
      const code = document.createElement("code");
      code.textContent = part;
      node.append(code);
    }
  }
  return node;
}

/** The same without backticks, to be read out. */
export function plainText(sentence) {
  return sentence.replaceAll("`", "");
}
