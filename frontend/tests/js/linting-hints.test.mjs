import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import start, { PositionEncoding, Workspace } from "../../node_modules/@astral-sh/ruff-wasm-web/ruff_wasm.js";
import { toHints } from "../../static/linting/hints.js";
import { RUFF_OPTIONS } from "../../static/linting/ruff.js";
import { RULE_CODES } from "../../static/linting/rules.js";

const WASM = new URL("../../node_modules/@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm", import.meta.url);
let ruff;

before(async () => {
  await start({ module_or_path: readFileSync(WASM) });
  ruff = new Workspace(RUFF_OPTIONS, PositionEncoding.Utf16);
});

const hints = (text) => toHints(text, ruff.check(text));
const said = (text) => hints(text).map(({ from, to, sentence }) => [text.slice(from, to), sentence]);

function fixed(text) {
  const [{ fix }] = hints(text);
  return fix.changes.reduceRight((kept, { from, to, insert }) => kept.slice(0, from) + insert + kept.slice(to), text);
}

// What is written, what is marked, and a part of what is said about it.
const MISTAKES = [
  ["if 1 == 2\n    pass\n", "2", "ends in a colon"],
  ["x = 1\nif x = 1:\n    pass\n", "=", "write `==`"],
  ["x = 1\nif x => 1:\n    pass\n", "=", "`>=`"],
  ['print("a"\n', "(", "never closed"],
  ['print("a"\nprint("b")\n', "(", "never closed"],
  ["print(1))\n", ")", "too many"],
  ["x = (1, 2]\n", "]", "another kind"],
  ['print("a)\n', '"a)', "no closing quotation mark"],
  ["print “a”\n", "“", "straight quotation marks"],
  ['print "a"\n', '"a"', "`print` needs brackets"],
  ["if True:\nprint(1)\n", "print", "comes a block"],
  ["x = 1\n  y = 2\n", "y = 2", "indented further"],
  ["if True:\n    x = 1\n  y = 2\n", "y = 2", "fits no line above"],
  ["else:\n    pass\n", "else", "belongs to no `if`"],
  ["x = 3\nx++\n", "+", "write `x += 1`"],
  ["my-var = 3\n", "my-var", "`my_var`"],
  ["class = 3\n", "=", "one of Python's own words"],
  ["x = [1 2]\n", "2", "a comma"],
  ["d = {1: 2, 3 4}\n", "4", "a colon"],
  ["try:\n    x = 1\nprint(2)\n", "print", "`except:`"],
  ["for = 3\n", "=", "one of Python's own words"],
  ["def f(a=1, b):\n    pass\n", "b", "come after"],
  ["x = $5\n", "$", "does not know the sign"],
  ["x = 007\n", "007", "cannot begin with 0"],
  ["prnt(1)\n", "prnt", "Did you mean `print`?"],
  ["count = 1\nprint(Count)\n", "Count", "Did you mean `count`?"],
  ["print(wert)\n", "wert", "has not been given a value"],
  ["print(math.pi)\n", "math", "must be imported first: `import math`"],
  ["np.array([1])\n", "np", "`import numpy as np`"],
  ["sqrt(2)\n", "sqrt", "`from math import sqrt`"],
  ["x = 1\nx == 2\n", "x == 2", "compares and forgets"],
  ["print\n", "print", "add brackets"],
  ["x = 1\nif x == None:\n    pass\n", "None", "`is None`"],
  ['x = input()\nif x is "a":\n    pass\n', 'x is "a"', "write `==`"],
  ['x = input()\nif x == "a" or "b":\n    pass\n', 'x == "a" or "b"', "always true"],
  ["def f(a=[]):\n    return a\n", "[]", "shared by all calls"],
  ["try:\n    print(1)\nexcept:\n    pass\n", "except", "hides every error"],
  ["list = [1]\nprint(list)\n", "list", "already a function of Python"],
  ['d = {"a": 1, "a": 2}\nprint(d)\n', '"a"', "stands twice"],
  ['print("%s %s" % (1,))\n', '"%s %s" % (1,)', "different number"],
  ['x = 1\nassert (x == 2, "no")\n', 'assert (x == 2, "no")', "always true"],
  ["for i in range(3):\n    for i in range(2):\n        print(i)\n", "i", "The loop sets `i`"],
  ["return 3\n", "return 3", "inside a function"],
  ["break\n", "break", "inside a loop"],
  ['names = ["a", "b" "c"]\nprint(names)\n', '"b" "c"', "Is a comma missing"],
  ["def f():\n    x = 1\n", "x", "never used"],
  ["import os\n", "os", "not used"],
];

for (const [text, marked, words] of MISTAKES) {
  test(`${JSON.stringify(text)} is marked in plain words`, () => {
    const found = said(text);
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.equal(found[0][0], marked);
    assert.ok(found[0][1].includes(words), found[0][1]);
  });
}

test("style is left to the student", () => {
  const text = `import math
x=1;y = 2
def Function( A,b ):
    l = "${"long ".repeat(40)}"
    return [ A,b,l ]
for i in range(3): print(Function(x,math.pi+y))
`;
  assert.deepEqual(said(text), []);
});

test("names of the project's own modules are not flagged", () => {
  assert.deepEqual(said("import helper\nfrom game import *\nfrom game import start\nhelper.go(start, speed)\n"), []);
});

test("only the first syntax error is told", () => {
  assert.equal(hints("if x = 1:\n    pass\nprint(\n").length, 1);
});

test("offers ruff's change where it is safe", () => {
  assert.equal(fixed("import math\nimport os\nprint(math.pi)\n"), "import math\nprint(math.pi)\n");
  assert.equal(fixed('print(f"a")\n'), 'print("a")\n');
  assert.equal(fixed('x = input()\nif x is "a":\n    pass\n'), 'x = input()\nif x == "a":\n    pass\n');
});

test("offers the name that was meant, or its import", () => {
  assert.equal(fixed("prnt(1)\n"), "print(1)\n");
  assert.equal(fixed("# Ada\nprint(math.pi)\n"), "# Ada\nimport math\nprint(math.pi)\n");
  assert.equal(fixed("x = 1\nimport os\nprint(random.random(), os, x)\n").split("\n")[1], "import random");
});

test("places count UTF-16 units, as the editor does", () => {
  assert.deepEqual(said('s = "🐍"; prnt(s)\n')[0][0], "prnt");
});

test("every rule has words, and every mark is inside the text", () => {
  assert.ok(RULE_CODES.length > 80);
  for (const [text] of MISTAKES) {
    for (const { from, to, sentence } of hints(text)) {
      assert.ok(0 <= from && from < to && to <= text.length);
      assert.ok(!/undefined|null/.test(sentence), sentence);
    }
  }
});
