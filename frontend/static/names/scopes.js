import { indentOf, Scope } from "./scope.js";

const COMPREHENSIONS = new Set([
  "ArrayComprehensionExpression",
  "ComprehensionExpression",
  "DictionaryComprehensionExpression",
  "SetComprehensionExpression",
]);
const COLLECTIONS = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);

/** The scope of a whole file: `tree` as Lezer's Python parser gives it, `text` what it was made of. */
export function readScopes(tree, text) {
  const reader = new Reader(text);
  const scope = new Scope("module", tree.topNode, null);
  reader.readChildren(tree.topNode, scope);
  settleBlocks(scope, text, text.length);
  return scope;
}

// Where a block may go on to (the next one in its scope, else the end), and how far its first line is indented.
function settleBlocks(scope, text, end) {
  const isBlock = scope.kind === "function" || scope.kind === "class";
  scope.reach = end;
  scope.indent = isBlock ? indentOf(text, scope.from) : null;
  for (const [index, child] of scope.children.entries()) {
    settleBlocks(child, text, scope.children[index + 1]?.from ?? end);
  }
}

class Reader {
  constructor(text) {
    this.text = text;
  }

  readChildren(node, scope) {
    for (let child = node.firstChild; child; child = child.nextSibling) this.read(child, scope);
  }

  read(node, scope) {
    const read = this[node.name];
    if (read) read.call(this, node, scope);
    else if (COMPREHENSIONS.has(node.name)) this.#comprehension(node, scope);
    else this.readChildren(node, scope);
  }

  FunctionDefinition(node, scope) {
    const name = node.getChild("VariableName");
    const inner = new Scope("function", node, scope);
    if (name) scope.bind(this.#text(name), node.from, "def", { node, inner });
    inner.name = name && this.#text(name);
    const params = node.getChild("ParamList");
    if (params) this.#params(params, inner);
    const body = node.getChild("Body");
    if (body) this.readChildren(body, inner);
  }

  LambdaExpression(node, scope) {
    const inner = new Scope("lambda", node, scope);
    const params = node.getChild("ParamList");
    if (params) this.#params(params, inner);
    this.readChildren(node, inner);
  }

  ClassDefinition(node, scope) {
    const name = node.getChild("VariableName");
    const inner = new Scope("class", node, scope);
    inner.attributes = new Map();
    inner.name = name && this.#text(name);
    if (name) scope.bind(inner.name, node.from, "class", { node, inner });
    const body = node.getChild("Body");
    if (body) this.readChildren(body, inner);
  }

  AssignStatement(node, scope) {
    const groups = [[]];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "AssignOp") groups.push([]);
      else if (child.name === "TypeDef") this.annotation = child.lastChild;
      else if (child.name !== ",") groups.at(-1).push(child);
    }
    const nodes = groups.length > 1 ? groups.pop() : [];
    for (const targets of groups) this.#bindAll(targets, scope, "value", { nodes, annotation: this.annotation });
    this.annotation = undefined;
    for (const value of nodes) this.read(value, scope);
  }

  NamedExpression(node, scope) {
    const name = node.firstChild;
    this.#bind(name, scope, "value", { nodes: [node.lastChild], path: [] });
    this.read(node.lastChild, scope);
  }

  ForStatement(node, scope) {
    this.#loop(node.getChild("for"), scope);
    for (const body of node.getChildren("Body")) this.readChildren(body, scope);
  }

  WithStatement(node, scope) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "as") {
        this.#bind(child.nextSibling, scope, "with", { nodes: [child.prevSibling], path: [] });
      }
    }
    this.readChildren(node, scope);
  }

  TryStatement(node, scope) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "as") {
        this.#bind(child.nextSibling, scope, "caught", { nodes: [child.prevSibling], path: [] });
      }
    }
    this.readChildren(node, scope);
  }

  CapturePattern(node, scope) {
    this.#bind(node.firstChild, scope, "value", { nodes: [], path: [] });
  }

  ReturnStatement(node, scope) {
    const value = node.firstChild?.nextSibling;
    if (value) scope.returns.push(value);
    this.readChildren(node, scope);
  }

  ImportStatement(node, scope) {
    const words = this.#importWords(node);
    const isFrom = words[0]?.text === "from";
    const rest = words.slice(words.findIndex(({ text }) => text === "import") + 1);
    const module = isFrom
      ? joined(
          words.slice(
            1,
            words.findIndex(({ text }) => text === "import"),
          ),
        )
      : null;
    for (const part of splitAtCommas(rest)) {
      const as = part.findIndex(({ text }) => text === "as");
      const original = joined(as < 0 ? part : part.slice(0, as));
      const alias = as < 0 ? null : part[as + 1]?.text;
      const at = part[0]?.from ?? node.to;
      if (!original) continue;
      if (isFrom) scope.bind(alias ?? original, at, "from", { module, original });
      else if (alias) scope.bind(alias, at, "import", { module: original });
      else scope.bind(original.split(".")[0], at, "import", { module: original.split(".")[0], full: original });
    }
  }

  #comprehension(node, scope) {
    const inner = new Scope("comprehension", node, scope);
    for (const start of node.getChildren("for")) this.#loop(start, inner);
    this.readChildren(node, inner);
  }

  // From the word `for` on: targets, `in`, and what is looped over, up to the colon or the next word.
  #loop(start, scope) {
    const targets = [];
    let node = start?.nextSibling;
    for (; node && node.name !== "in"; node = node.nextSibling) if (node.name !== ",") targets.push(node);
    const nodes = [];
    for (node = node?.nextSibling; node && /Expression|Name|String|Number/.test(node.name); node = node.nextSibling) {
      nodes.push(node);
      if (node.nextSibling?.name === ",") node = node.nextSibling;
    }
    this.#bindAll(targets, scope, "item", { nodes });
  }

  #params(list, scope) {
    let stars = "";
    for (let child = list.firstChild; child; child = child.nextSibling) {
      if (child.name === "*" || child.name === "**") stars = child.name;
      if (child.name === ",") stars = "";
      const isDefault = child.prevSibling?.name === "AssignOp";
      if (child.name !== "VariableName" || isDefault) continue;
      const type = child.nextSibling?.name === "TypeDef" ? child.nextSibling : null;
      const equals = (type ?? child).nextSibling;
      const value = equals?.name === "AssignOp" ? equals.nextSibling : null;
      scope.bind(this.#text(child), child.from, "param", { default: value, annotation: type?.lastChild, stars });
    }
  }

  #bindAll(targets, scope, kind, details, path = []) {
    for (const [index, target] of targets.entries()) {
      this.#bind(target, scope, kind, { ...details, path: targets.length > 1 ? [...path, index] : path });
    }
  }

  #bind(target, scope, kind, details) {
    if (!target) return;
    if (target.name === "VariableName") {
      scope.bind(this.#text(target), target.from, kind, details);
    } else if (COLLECTIONS.has(target.name)) {
      const inner = children(target).filter(({ name }) => !/^[()[\],]$/.test(name));
      this.#bindAll(inner, scope, kind, details, details.path);
    } else if (target.name === "MemberExpression") {
      this.#bindAttribute(target, scope, kind, details);
    }
  }

  // `self.name = …` in a method gives the class an attribute.
  #bindAttribute(target, scope, kind, details) {
    const [object, property] = [target.firstChild, target.getChild("PropertyName")];
    if (object.name !== "VariableName" || !property || scope.kind !== "function") return;
    const [first] = scope.bindings.keys();
    if (scope.parent.kind !== "class" || this.#text(object) !== first) return;
    const name = this.#text(property);
    const { attributes } = scope.parent;
    if (!attributes.has(name)) attributes.set(name, []);
    attributes.get(name).push({ name, at: target.from, kind, scope, ...details });
  }

  #importWords(node) {
    return children(node)
      .filter(({ name }) => name !== "(" && name !== ")")
      .map((child) => ({ text: this.#text(child), from: child.from }));
  }

  #text({ from, to }) {
    return this.text.slice(from, to);
  }
}

function children(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function splitAtCommas(words) {
  const parts = [[]];
  for (const word of words) {
    if (word.text === ",") parts.push([]);
    else parts.at(-1).push(word);
  }
  return parts;
}

function joined(words) {
  return words.map(({ text }) => text).join("");
}
