import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { compare, constructWords } from "../../static/checking/compare.js";

const ENDED = { timedOut: false, error: null };
const STOPPED = { type: "ValueError", message: "no", line: 3 };
const int = (number) => ["int", String(number)];

function io(expected, options = {}) {
  return { kind: "io", expected, compare: "lines", tolerance: 0.001, time_limit_s: 5, ...options };
}

function call(options) {
  return {
    ...{ kind: "call", returns: null, prints: null, raises: null, leaves: {}, compare: "lines" },
    ...{ tolerance: 1e-9, text_tolerance: 0.001, time_limit_s: 1, ...options },
  };
}

function called(options) {
  return { ...ENDED, stdout: "", returned: ["none"], raised: null, leaves: {}, ...options };
}

function outcome(test, observation) {
  return compare(test, observation).outcome;
}

describe("what is printed", () => {
  const cases = [
    ["exact", "a\nb", "a\nb\n", true],
    ["exact", "a\nb\n", "a\r\nb", true],
    ["exact", "a", "a\n\n", false],
    ["exact", "a", "a ", false],
    ["exact", "a", "A", false],
    ["lines", "a\nb", "a  \nb\t\n\n\n", true],
    ["lines", "a\nb", "a\n\nb", false],
    ["lines", " a", "a", false],
    ["lines", "", "\n \n", true],
    ["lines", "\u00e9", "e\u0301", true],
    ["words", "Hello World", "  hello\nWORLD ", true],
    ["words", "7 14", "714", false],
    ["words", "a b", "a b c", false],
    ["numbers", "Area: 12.5", "area:  12.5004", true],
    ["numbers", "Area: 12.5", "Area: 12.502", false],
    ["numbers", "Area: 12", "Area: 12.0", true],
    ["numbers", "It is 12.", "It is 12.0.", true],
    ["numbers", "£3.50", "£3.5", true],
    ["numbers", "0.3", "0.301", true],
    ["numbers", "100", "100.001", true],
    ["numbers", "5", "-5", false],
    ["numbers", "3-4", "3-5", false],
    ["numbers", "2024-01-05", "2024-1-5", true],
    ["numbers", "x1", "y1", false],
    ["numbers", "1 2", "1", false],
    ["numbers", "12345678901234567890", "12345678901234567891", false],
    ["numbers", "1e10", "10000000000", true],
    ["contains", "Total: 12\nBye", "hi\nTOTAL:   12 pounds\nand bye!", true],
    ["contains", "a\nb", "b a", false],
    ["contains", "a\na", "a", false],
    ["contains", "a\n\n", "xay", true],
    ["regex", "^Hi \\w+!$", "Hi Ada!", true],
    ["regex", "a.b", "a\nb", true],
    ["regex", "\\p{Lu}da", "ada", false],
  ];
  for (const [mode, expected, stdout, passes] of cases) {
    test(`${mode}: ${JSON.stringify(expected)} and ${JSON.stringify(stdout)}`, () => {
      const verdict = compare(io(expected, { compare: mode }), { ...ENDED, stdout });
      assert.equal(verdict.outcome, passes ? "passed" : "failed");
      assert.equal(verdict.share, passes ? 1 : 0);
      const [part] = verdict.detail.parts;
      assert.deepEqual([part.expected, part.actual, part.passed, part.compare], [expected, stdout, passes, mode]);
    });
  }

  test("the tolerance is the test's", () => {
    const test = io("10", { compare: "numbers", tolerance: 0.5 });
    assert.equal(outcome(test, { ...ENDED, stdout: "10.5" }), "passed");
    assert.equal(outcome(test, { ...ENDED, stdout: "10.51" }), "failed");
  });

  test("a pattern that cannot be read is an error of the test", () => {
    const verdict = compare(io("(", { compare: "regex" }), { ...ENDED, stdout: "" });
    assert.equal(verdict.outcome, "error");
    assert.match(verdict.detail.sentence, /^This test's regular expression cannot be read: /);
  });

  test("an error counts, whatever was printed before it, and its line is told", () => {
    const verdict = compare(io("7"), { timedOut: false, error: STOPPED, stdout: "7" });
    assert.equal(verdict.outcome, "error");
    assert.equal(verdict.detail.sentence, "The program stopped in line 3 with ValueError: no.");
    assert.equal(verdict.detail.parts[0].actual, "7");
  });

  test("time that ran out is told, even by a worker that has nothing else to tell", () => {
    const verdict = compare(io("7"), { timedOut: true });
    assert.deepEqual(
      [verdict.outcome, verdict.detail.sentence],
      ["timeout", "The program took longer than 5 seconds."],
    );
  });
});

describe("what is written", () => {
  const file = { ...io("Ada\nBen"), kind: "file", path: "out.txt" };

  test("the text in the file", () => {
    assert.equal(outcome(file, { ...ENDED, content: "Ada\nBen\n" }), "passed");
    assert.equal(outcome(file, { ...ENDED, content: "Ada" }), "failed");
  });

  test("a file that is missing", () => {
    const { outcome, detail } = compare({ ...file, expected: "" }, { ...ENDED, content: null });
    assert.deepEqual([outcome, detail.sentence], ["failed", "The program did not write the file out.txt."]);
  });
});

describe("what a call does", () => {
  const returns = (expected, returned, tolerance = 1e-9) =>
    outcome(call({ returns: expected, tolerance }), called({ returned })) === "passed";

  test("types differ where Python's do", () => {
    assert.ok(returns(int(1), int(1)));
    assert.ok(!returns(int(1), ["float", "1.0"]));
    assert.ok(!returns(int(1), ["bool", true]));
    assert.ok(!returns(["str", "1"], int(1)));
    assert.ok(!returns(["list", [int(1)]], ["tuple", [int(1)]]));
    assert.ok(!returns(["none"], ["str", "None"]));
  });

  test("floats may be off relative to their size, and near nought absolutely", () => {
    assert.ok(returns(["float", "0.3"], ["float", "0.30000000000000004"]));
    assert.ok(returns(["float", "0.0"], ["float", "5.5e-17"]));
    assert.ok(returns(["float", "1e+20"], ["float", "1.0000000001e+20"]));
    assert.ok(!returns(["float", "1e+20"], ["float", "1.00001e+20"]));
    assert.ok(returns(["float", "100.0"], ["float", "101.0"], 0.01));
    assert.ok(returns(["float", "inf"], ["float", "inf"]));
    assert.ok(!returns(["float", "inf"], ["float", "-inf"]));
    assert.ok(!returns(["float", "1.0"], ["float", "nan"]));
    assert.ok(returns(["float", "0.0"], ["float", "-0.0"]));
    assert.ok(returns(["complex", "0.0", "1.0"], ["complex", "0.0", "1.0"]));
    assert.ok(!returns(["complex", "0.0", "1.0"], ["complex", "1.0", "0.0"]));
  });

  test("lists have an order, sets and dictionaries have none", () => {
    const [one, two] = [int(1), int(2)];
    assert.ok(!returns(["list", [one, two]], ["list", [two, one]]));
    assert.ok(returns(["set", [one, two]], ["set", [two, one]]));
    assert.ok(!returns(["set", [one, two]], ["set", [one, one]]));
    const dict = (...entries) => ["dict", entries];
    assert.ok(returns(dict([one, two], [two, one]), dict([two, one], [one, two])));
    assert.ok(!returns(dict([one, two]), dict([one, one])));
    assert.ok(returns(dict([one, ["float", "0.3"]]), dict([one, ["float", "0.30000000000000004"]])));
    assert.ok(returns(["set", [["float", "0.3"], one]], ["set", [one, ["float", "0.30000000000000004"]]]));
    assert.ok(!returns(["list", [one]], ["list", [one, two]]));
  });

  test("what is other equals nothing, not even itself", () => {
    assert.ok(!returns(["other", "Dog", "Rex"], ["other", "Dog", "Rex"]));
    assert.ok(!returns(["set", [["other", "Dog", "Rex"]]], ["set", [["other", "Dog", "Rex"]]]));
  });

  test("None in place of a result points to the return", () => {
    const { detail } = compare(call({ returns: int(12) }), called({ returned: ["none"] }));
    assert.equal(detail.sentence, "The function returned None. It may lack a return.");
    assert.deepEqual([detail.parts[0].expected, detail.parts[0].actual], ["12", "None"]);
  });

  test("values are shown as Python", () => {
    const value = [
      "dict",
      [
        [
          ["str", "it's\n"],
          ["tuple", [int(1)]],
        ],
        [
          ["bytes", "ff"],
          ["set", []],
        ],
        [
          ["none"],
          [
            "frozenset",
            [
              ["bool", true],
              ["float", "0.5"],
              ["complex", "0.0", "1.0"],
            ],
          ],
        ],
      ],
    ];
    const { detail } = compare(call({ returns: int(1) }), called({ returned: value }));
    const text = `{"it's\\n": (1,), bytes.fromhex('ff'): set(), None: frozenset({True, 0.5, complex(0.0, 1.0)})}`;
    assert.equal(detail.parts[0].actual, text);
  });

  test("a large value is cut when shown", () => {
    const value = ["list", Array.from({ length: 20_000 }, () => ["str", "abc"])];
    const [part] = compare(call({ returns: int(1) }), called({ returned: value })).detail.parts;
    assert.ok(part.actual.length < 2100 && part.actual.endsWith("…"));
  });

  test("the exception that should be raised", () => {
    const test = call({ raises: "ValueError" });
    const raised = { type: "ValueError", message: "too small" };
    assert.equal(outcome(test, called({ returned: null, raised })), "passed");
    assert.equal(compare(test, called()).detail.sentence, "Expected ValueError; nothing was raised.");
    const other = compare(test, called({ returned: null, raised: { type: "KeyError", message: "'a'" } }));
    assert.deepEqual([other.outcome, other.detail.sentence], ["failed", "Expected ValueError; came KeyError: 'a'."]);
  });

  test("an exception that should not be raised", () => {
    const raised = { type: "IndexError", message: "" };
    const { outcome, detail } = compare(call({ returns: int(1) }), called({ returned: null, raised }));
    assert.deepEqual([outcome, detail.sentence], ["error", "The program stopped with IndexError."]);
  });

  test("a program that fails before the call", () => {
    assert.equal(outcome(call({ raises: "ValueError" }), called({ error: STOPPED, raised: null })), "error");
  });

  test("what it prints, with its own tolerance", () => {
    const test = call({ prints: "0.5", compare: "numbers" });
    assert.equal(outcome(test, called({ stdout: "0.5005\n" })), "passed");
    assert.equal(outcome(test, called({ stdout: "0.6\n" })), "failed");
  });

  test("what it leaves in the names of its set-up", () => {
    const test = call({ leaves: { numbers: ["list", [int(1)]] } });
    assert.equal(outcome(test, called({ leaves: { numbers: ["list", [int(1)]] } })), "passed");
    const { outcome: result, detail } = compare(test, called());
    assert.deepEqual([result, detail.sentence], ["failed", "What numbers holds afterwards is not what was expected."]);
  });

  test("all that is asked must be right", () => {
    const test = call({ returns: int(1), prints: "a" });
    assert.equal(outcome(test, called({ returned: int(1), stdout: "a" })), "passed");
    assert.equal(outcome(test, called({ returned: int(1), stdout: "b" })), "failed");
    assert.equal(outcome(test, called({ returned: int(2), stdout: "a" })), "failed");
  });
});

describe("how a program is written", () => {
  const test_ = { kind: "structure", must_use: ["for", "call:sorted"], must_not_use: ["import:math"] };

  test("what it must and must not use", () => {
    const judge = (...uses) => compare(test_, { uses, syntaxError: null });
    assert.equal(judge("call:sorted", "for").outcome, "passed");
    assert.equal(judge("for").detail.sentence, "The program does not use a call of sorted().");
    const math = judge("for", "call:sorted", "import:math");
    assert.equal(math.detail.sentence, "The program uses import math, and should do without.");
  });

  test("one that cannot be read", () => {
    const { outcome, detail } = compare(test_, { uses: [], syntaxError: { message: "invalid syntax", line: 2 } });
    assert.deepEqual([outcome, detail.error], ["error", { type: "SyntaxError", message: "invalid syntax", line: 2 }]);
  });

  test("every construct has words", () => {
    for (const name of ["loop", "recursion", "f-string", "method:append", "function:area", "class:Dog"]) {
      assert.equal(typeof constructWords(name), "string");
    }
  });
});

describe("a file of Python's own tests", () => {
  const unittest = { kind: "unittest", methods: ["T.test_a", "T.test_b", "T.test_c", "T.test_d"] };
  const result = (name, outcome = "passed", message = "") => ({ name, outcome, message });

  test("each method is worth its share", () => {
    const all = unittest.methods.map((name) => result(name));
    const passed = compare(unittest, { ...ENDED, results: all });
    assert.deepEqual([passed.outcome, passed.share], ["passed", 1]);
    const some = compare(unittest, { ...ENDED, results: [...all.slice(0, 3), result("T.test_d", "failed", "1 != 2")] });
    assert.deepEqual([some.outcome, some.share, some.detail.sentence], ["failed", 0.75, "T.test_d: 1 != 2"]);
  });

  test("methods that are not in the file bring nothing, and those that did not run neither", () => {
    const results = [result("T.test_a"), result("T.test_a"), result("T.test_x"), result("T.test_y")];
    const { outcome, share } = compare(unittest, { ...ENDED, results });
    assert.deepEqual([outcome, share], ["failed", 0.25]);
  });

  test("a program that fails as a whole brings nothing", () => {
    const { outcome, share } = compare(unittest, { timedOut: false, error: STOPPED, results: [result("T.test_a")] });
    assert.deepEqual([outcome, share], ["error", 0]);
  });
});

describe("a report that is not what a worker sends", () => {
  const deep = JSON.parse(`${'["list",['.repeat(200)}${"]]".repeat(200)}`);
  const forged = [
    null,
    "passed",
    [],
    { outcome: "passed" },
    { ...ENDED },
    { ...ENDED, stdout: 7 },
    { timedOut: "no", error: null, stdout: "7" },
    { timedOut: false, stdout: "7" },
    { timedOut: false, error: "ValueError", stdout: "7" },
    { timedOut: false, error: { type: "E", message: "m", line: -1 }, stdout: "7" },
    { ...ENDED, stdout: "7".repeat(5_000_000) },
  ];
  for (const observation of forged) {
    test(`of what is printed: ${JSON.stringify(observation)?.slice(0, 60)}`, () => {
      const { outcome, share, detail } = compare(io("7"), observation);
      assert.deepEqual([outcome, share], ["error", 0]);
      assert.match(detail.sentence, /could not be read/);
    });
  }

  const values = [
    undefined,
    "12",
    ["int", 12],
    ["int", "twelve"],
    ["int", "12", "13"],
    ["float", "1_0"],
    ["toString", []],
    ["__proto__", []],
    ["list", "ab"],
    ["dict", [["int", "1"]]],
    ["dict", [[["int", "1"]]]],
    ["bool", "true"],
    [["list"], []],
    deep,
    ["list", Array.from({ length: 100_000 }, () => ["none"])],
  ];
  for (const returned of values) {
    test(`of a value: ${JSON.stringify(returned)?.slice(0, 60)}`, () => {
      assert.match(compare(call({ returns: int(12) }), called({ returned })).detail.sentence, /could not be read/);
      const leaves = { numbers: returned };
      assert.equal(outcome(call({ leaves: { numbers: int(12) } }), called({ leaves })), "error");
    });
  }

  test("of constructs and methods", () => {
    const structure = { kind: "structure", must_use: ["for"], must_not_use: [] };
    for (const uses of ["for", [1], undefined]) {
      assert.equal(outcome(structure, { uses, syntaxError: null }), "error");
    }
    const unittest = { kind: "unittest", methods: ["T.test_a"] };
    for (const results of [{}, [null], [{ name: "T.test_a", outcome: true, message: "" }], undefined]) {
      assert.equal(outcome(unittest, { ...ENDED, results }), "error");
    }
  });

  test("a name that every object has is not one that was left", () => {
    const leaves = { toString: ["str", "x"] };
    assert.equal(outcome(call({ leaves }), called({ leaves: {} })), "failed");
  });
});
