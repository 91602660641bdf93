import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutAnswers } from "../../static/checking/without-answers.js";

const MARKER = "planted-answer";
const COMMON = { name: MARKER, points: 1, visibility: "hidden", feedback: MARKER, time_limit_s: 5 };
const TEXT = { input: "7", files: { "a.txt": "x" }, expected: MARKER, compare: "lines", tolerance: 0.001 };

const TESTS = [
  { kind: "io", ...COMMON, ...TEXT },
  { kind: "file", ...COMMON, ...TEXT, path: "out.txt" },
  {
    kind: "call",
    ...COMMON,
    call: "area(3)",
    setup: "numbers = []",
    input: "",
    files: {},
    returns: ["str", MARKER],
    prints: MARKER,
    raises: MARKER,
    leaves: { numbers: ["str", MARKER] },
    compare: "lines",
    tolerance: 1e-9,
    text_tolerance: 0.001,
  },
  { kind: "structure", ...COMMON, must_use: [MARKER], must_not_use: [MARKER] },
];

test("nothing that a test expects is left, nor its name, points or feedback", () => {
  for (const one of TESTS) {
    const given = withoutAnswers(one);
    assert.ok(!JSON.stringify(given).includes(MARKER), one.kind);
    for (const key of ["expected", "returns", "prints", "raises", "points", "visibility"]) assert.ok(!(key in given));
  }
});

test("what the program must be given is there", () => {
  const [io, file, call, structure] = TESTS.map(withoutAnswers);
  assert.deepEqual(io, { kind: "io", input: "7", files: { "a.txt": "x" } });
  assert.deepEqual(file, { kind: "file", path: "out.txt", input: "7", files: { "a.txt": "x" } });
  assert.deepEqual(call, {
    kind: "call",
    call: "area(3)",
    setup: "numbers = []",
    input: "",
    files: {},
    leaves: ["numbers"],
  });
  assert.deepEqual(structure, { kind: "structure" });
});

test("a unittest cannot be had without its source", () => {
  const unittest = { kind: "unittest", ...COMMON, path: "test_main.py", methods: ["T.test_a"], source: "import main" };
  assert.deepEqual(withoutAnswers(unittest), { kind: "unittest", path: "test_main.py", source: "import main" });
});

test("a key that a later version of the format adds stays out", () => {
  assert.ok(!("answer" in withoutAnswers({ ...TESTS[0], answer: MARKER })));
});
