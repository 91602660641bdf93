import assert from "node:assert/strict";
import { test } from "node:test";
import { documentationAt } from "../../static/names/documentation.js";
import { ask } from "./names-fixture.mjs";

const at = async (code, files) => documentationAt(await ask(code, files));

test("a built-in function tells its signature, what it does and whence it comes", async () => {
  const { from, to, ...told } = await at("pri|nt(1)");
  assert.deepEqual([from, to], [0, 5]);
  assert.deepEqual(told, {
    name: "print",
    signature: "(*args, sep=' ', end='\\n')",
    text: "Prints the values.",
    origin: "built into Python",
  });
});

test("a method tells what it gives", async () => {
  assert.equal((await at("s = 'a'\ns.sp|lit()")).signature, "() → list[str]");
});

test("a function of a module, and the module itself", async () => {
  assert.equal((await at("import math\nmath.sq|rt(2)")).origin, "from math");
  assert.equal((await at("from math import sq|rt")).text, "The square root of x.");
  assert.equal((await at("import ma|th")).text, "Mathematics.");
});

test("the project's own functions and classes, with their docstrings", async () => {
  const code = 'def area(width, height=1):\n    """The area\n    of it.\n\n    More."""\n    return width\n\nar|ea(1)';
  assert.deepEqual(await at(code), {
    from: code.lastIndexOf("\n") + 1,
    to: code.length - 4,
    name: "area",
    signature: "(width, height=1)",
    text: "The area of it.",
    origin: "a function of this project",
  });
  const dog =
    "class Dog:\n    'A dog.'\n    def __init__(self, name):\n        pass\n    def bark(self, times):\n        pass\n\n";
  assert.equal((await at(`${dog}Do|g('a')`)).signature, "(name)");
  assert.equal((await at(`${dog}Do|g('a')`)).text, "A dog.");
  assert.equal((await at(`${dog}Dog('a').ba|rk(2)`)).signature, "(times)");
  const other = { "helper.py": "def add(a, b):\n    'Adds.'\n" };
  assert.equal((await at("from helper import add\nad|d(1, 2)", other)).text, "Adds.");
  assert.equal((await at("import hel|per", other)).origin, "a file of this project");
});

test("a variable tells its type", async () => {
  assert.equal((await at("numbers = [1]\nnum|bers")).origin, "a value of type list of int");
  assert.equal((await at("class Dog:\n    pass\nrex = Dog()\nre|x")).origin, "a value of the class Dog");
});

for (const code of ["'pri|nt'", "# pri|nt", "12|3", "unkn|own", "|", "s = 'a'\ns.unkn|own"]) {
  test(`nothing is told of ${JSON.stringify(code)}`, async () => assert.equal(await at(code), null));
}
