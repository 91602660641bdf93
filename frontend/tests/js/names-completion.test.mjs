import assert from "node:assert/strict";
import { test } from "node:test";
import { callAround, completionsAt } from "../../static/names/completion.js";
import { rankOptions } from "../../static/names/ranking.js";
import { ask } from "./names-fixture.mjs";

async function offered(code, files) {
  const found = completionsAt(await ask(code, files));
  return found ? found.options.map(({ label }) => label) : null;
}

// The cursor, and a name that must be among those offered there.
const OFFERED = [
  ["pri|", "print"],
  ["total_price = 3\nprint(tot|)\n", "total_price"],
  ['"a".up|', "upper"],
  ['s = "a"\ns.|', "upper"],
  ['s = "a"\ns.\nprint(s)|'.replace("|", "").replace("s.\n", "s.|\n"), "upper"],
  ["s = input()\ns.up|", "upper"],
  ['words = "a b".split()\nwords[0].up|', "upper"],
  ['for word in "a b".split():\n    word.up|', "upper"],
  ["numbers = []\nnumbers.app|", "append"],
  ['names = [n.upper() for n in "ab"]\nnames[0].up|', "upper"],
  ['d = {"a": 1}\nd.it|', "items"],
  ['d = {"a": 1}\nfor key, value in d.items():\n    key.up|', "upper"],
  ['d = {"a": 1}\nfor key, value in d.items():\n    value.bit|', "bit_length"],
  ['for number, letter in enumerate("ab"):\n    letter.up|', "upper"],
  ["a, b = 1, 2.5\nb.is|", "is_integer"],
  ["x = 1 + 2.5\nx.is|", "is_integer"],
  ["with open('a') as f:\n    f.cl|", "close"],
  ["f = open('a')\nf.read().up|", "upper"],
  ["import math\nmath.sq|", "sqrt"],
  ["import math as m\nm.sq|", "sqrt"],
  ["from math import sq|", "sqrt"],
  ["from math import sqrt\nsqrt(2).is|", "is_integer"],
  ["import mat|", "math"],
  ["import pan|", "pandas"],
  ["from ran|", "random"],
  ["import random\nrandom.choice(['a']).up|", "upper"],
  ["import numpy as np\nnp.array([1]).resh|", "reshape"],
  ["import numpy as np\nnp.random.ra|", "rand"],
  ["def greet(first_name):\n    print(fir|)\n", "first_name"],
  ["def greet(first_name):\n    x = 1\n    |", "first_name"],
  ["def f(a: str):\n    a.up|\n", "upper"],
  ["def f(a='x'):\n    a.up|\n", "upper"],
  ["def f():\n    return 'a'\n\nf().up|", "upper"],
  ["def f(s) -> str:\n    return s\n\nf(1).up|", "upper"],
  ["class Dog:\n    def bark(self):\n        pass\n\nrex = Dog()\nrex.ba|", "bark"],
  ["class Dog:\n    def __init__(self):\n        self.name = 'x'\n    def bark(self):\n        self.na|\n", "name"],
  [
    "class Dog:\n    def __init__(self):\n        self.name = 'x'\n    def bark(self):\n        self.name.up|\n",
    "upper",
  ],
  ["class Animal:\n    def eat(self):\n        pass\nclass Dog(Animal):\n    pass\nDog().ea|", "eat"],
  ["print(1, en|", "end="],
  ["def f(width, height):\n    pass\n\nf(1, hei|)", "height="],
  ["try:\n    pass\nexcept Val|", "ValueError"],
  ["wh|", "while"],
  ["f'{inp|}'\n", "input"],
];

for (const [code, label] of OFFERED) {
  test(`${JSON.stringify(code)} offers ${label}`, async () => {
    const labels = await offered(code);
    assert.ok(labels?.includes(label), String(labels));
  });
}

for (const code of [
  "x = 'pri|'\n",
  "# pri|\n",
  "def pri|",
  "class Pri|",
  "import math as ma|",
  "for na|",
  "x = 12|",
  "1.|",
]) {
  test(`${JSON.stringify(code)} offers nothing`, async () => assert.equal(await offered(code), null));
}

test("knows the project's other files", async () => {
  const files = {
    "helper.py": "class Player:\n    def __init__(self):\n        self.score = 0\n\ndef add(a, b):\n    return a\n",
  };
  assert.ok((await offered("import hel|", files)).includes("helper"));
  assert.deepEqual(await offered("import helper\nhelper.|", files), ["Player", "add"]);
  assert.ok((await offered("from helper import pl|", files)).includes("Player"));
  assert.ok((await offered("from helper import Player\np = Player()\np.sc|", files)).includes("score"));
  assert.deepEqual(await offered("import parts.wheel\nparts.wheel.tu|", { "parts/wheel.py": "turns = 1\n" }), [
    "turns",
  ]);
});

test("names of a function stay inside it, and later names are not offered before", async () => {
  assert.ok(!(await offered("def f():\n    inside = 1\n\n|")).includes("inside"));
  assert.ok(!(await offered("|\nlater = 1\n")).includes("later"));
});

test("files that import each other, and names that mean themselves, come to an end", async () => {
  const files = { "a.py": "from b import x\n", "b.py": "from a import x\n" };
  assert.equal(await offered("from a import x\nx.|", files), null);
  assert.equal(await offered("x = x\nx = x.y\nx.|"), null);
  assert.deepEqual(await offered("class A(A):\n    def f(self):\n        pass\nA().|"), ["f"]);
});

test("tells the call around the cursor and the argument in turn", async () => {
  const around = async (code) => {
    const { source, at } = await ask(code);
    const call = callAround(source, at);
    return call && [source.slice(call.callee), call.argument];
  };
  assert.deepEqual(await around("print(|"), ["print", 0]);
  assert.deepEqual(await around("print(1, |"), ["print", 1]);
  assert.deepEqual(await around("print(len(|), 2)"), ["len", 0]);
  assert.deepEqual(await around("print(len(a), |2)"), ["print", 1]);
  assert.equal(await around("print(1)|"), null);
  assert.equal(await around("x = (1, |"), null);
});

test("a part that cannot be loaded is asked for again", async () => {
  let count = 0;
  const { index, source } = await ask("|", {}, () => {
    count += 1;
    return Promise.reject(new Error("no network"));
  });
  assert.equal(index.module("math"), null);
  await index.need(source.imports);
  assert.equal(count, 2);
});

test("beginnings come before what stands inside, nearer names before others", () => {
  const options = [
    { label: "total_price", boost: 9 },
    { label: "print", boost: 2 },
    { label: "PRIVATE", boost: 2 },
    { label: "prices", boost: 6 },
    { label: "copyright", boost: 2 },
  ];
  const ranked = (word) => rankOptions(word, options).map(({ label }) => label);
  assert.deepEqual(ranked("pri"), ["prices", "print", "PRIVATE", "total_price"]);
  assert.deepEqual(ranked("pr"), ["prices", "print", "PRIVATE"]);
});
