/**
 * A stretch of a file with names of its own: the file, a function, a class, a lambda or a comprehension.
 *
 * `bindings` holds, by name, what gives it a value, in the order of the text:
 * {name, at, kind, scope, …}, where `kind` is one of
 * - `value` {nodes}: set to an expression (or to several, a tuple); `path` tells the place in it
 * - `item` {nodes}: each item of an expression, in turn; `with` {nodes}: what `with` opens
 * - `def`, `class` {node, inner}; `param` {node, default}; `caught` {nodes}; `import` {module}; `from` {module, original}
 */
export class Scope {
  constructor(kind, node, parent) {
    Object.assign(this, { kind, node, parent });
    this.from = node.from;
    this.to = node.to;
    this.bindings = new Map();
    this.children = [];
    this.returns = [];
    parent?.children.push(this);
  }

  bind(name, at, kind, details = {}) {
    const binding = { name, at, kind, scope: this, ...details };
    if (!this.bindings.has(name)) this.bindings.set(name, []);
    this.bindings.get(name).push(binding);
  }

  /**
   * The innermost scope around `at`, on a line indented by `indent` columns. What is written below a block, indented
   * further than its first line, belongs to the block, even where the parser has not seen it yet.
   */
  around(at, indent) {
    const isAround = (child) =>
      child.from < at && (at <= child.to || (at <= child.reach && child.indent !== null && indent > child.indent));
    const inner = this.children.findLast(isAround);
    return inner ? inner.around(at, indent) : this;
  }
}

/** By how many columns the line of `at` is indented, up to there. */
export function indentOf(text, at) {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, at))[0].length;
}
