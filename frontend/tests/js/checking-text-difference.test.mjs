import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { textDifference } from "../../static/checking/text-difference.js";

/** A row in one line: marks in square brackets, its sides on either side of |. */
function drawn(row) {
  const side = (segments) => segments?.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join("") ?? "";
  return row.kind === "skipped" ? `skipped ${row.count}` : `${row.kind}: ${side(row.expected)} | ${side(row.actual)}`;
}

function rows(expected, actual, mode = "lines", tolerance = 0) {
  return textDifference(expected, actual, mode, tolerance).rows.map(drawn);
}

function numbered(count, changed = {}) {
  return Array.from({ length: count }, (_, index) => changed[index] ?? `line ${index}`).join("\n");
}

describe("line by line", () => {
  test("the place that differs is marked, and no more", () => {
    assert.deepEqual(rows("Hello Ada!\nBye", "Hello Ida!\nBye\n"), [
      "changed: Hello [A]da! | Hello [I]da!",
      "same: Bye | Bye",
    ]);
  });

  test("lines that are missing and lines too many", () => {
    assert.deepEqual(rows("a\nb\nc", "a\nc"), ["same: a | a", "missing: [b] | ", "same: c | c"]);
    assert.deepEqual(rows("a\nc", "a\nb\nc"), ["same: a | a", "extra:  | [b]", "same: c | c"]);
    assert.deepEqual(rows("a", ""), ["missing: [a] | "]);
    assert.deepEqual(rows("", "a"), ["extra:  | [a]"]);
  });

  test("the first place is named", () => {
    const { rows, first } = textDifference("a\nb\nc", "a\nB\nC", "lines");
    assert.deepEqual([first, rows[first].kind], [1, "changed"]);
  });

  test("texts that are as expected have no difference", () => {
    for (const [expected, actual] of [
      ["a \n\n", "a"],
      ["a\r\nb", "a\nb"],
      ["é", "e\u0301"],
      ["", ""],
    ]) {
      const { first, isOnlyWhiteSpace, hasMore } = textDifference(expected, actual, "lines");
      assert.deepEqual([first, isOnlyWhiteSpace, hasMore], [-1, false, false]);
    }
  });

  test("what does not count is not where the difference is said to be", () => {
    const { rows, first } = textDifference("a\nb", "a   \nx", "lines");
    assert.equal(drawn(rows[first]), "changed: [b] | [x]");
  });

  test("long stretches that are the same are left out", () => {
    const changes = { 20: "twenty", 40: "forty" };
    assert.deepEqual(
      rows(numbered(60), numbered(60, changes)).filter((row) => !row.startsWith("same")),
      ["skipped 17", "changed: [line 20] | [twenty]", "skipped 13", "changed: [line 40] | [forty]", "skipped 16"],
    );
  });

  test("emoji are not cut in half", () => {
    assert.deepEqual(rows("a😀", "a😁"), ["changed: a[😀] | a[😁]"]);
  });
});

describe("white space", () => {
  test("is made visible when nothing else differs", () => {
    const difference = textDifference("a b\nc", "a  b\n\tc", "lines");
    assert.ok(difference.isOnlyWhiteSpace);
    assert.deepEqual(difference.rows.map(drawn), ["changed: a b | a [·]b", "changed: c | [→]c"]);
  });

  test("at the end of a line counts with exact only", () => {
    const { rows, isOnlyWhiteSpace } = textDifference("a", "a  ", "exact");
    assert.deepEqual([rows.map(drawn), isOnlyWhiteSpace], [["changed: a | a[··]"], true]);
  });

  test("an empty line too many or too few has a sign", () => {
    const difference = textDifference("a\n\nb", "a\nb", "lines");
    assert.ok(difference.isOnlyWhiteSpace);
    assert.equal(drawn(difference.rows[1]), "missing: [↵] | ");
    assert.equal(drawn(textDifference("a\n", "a\n\n", "exact").rows[1]), "extra:  | [↵]");
  });

  test("stays as it is when something else differs", () => {
    assert.deepEqual(rows("a b", "c  b"), ["changed: [a] b | [c ] b"]);
    assert.ok(!textDifference("a b", "c  b", "lines").isOnlyWhiteSpace);
  });
});

describe("word by word", () => {
  test("case and white space are not marked", () => {
    assert.deepEqual(rows("Seven 14 21", "seven\n14  22", "words"), ["changed: Seven 14 [21] | seven 14 [22]"]);
  });

  test("printed words stand beside their line", () => {
    assert.deepEqual(rows("a b\nc d\ne f", "a b c x e f", "words"), [
      "skipped 1",
      "changed: c [d] | c [x]",
      "same: e f | e f",
    ]);
  });

  test("words that are missing or too many", () => {
    assert.deepEqual(rows("a b c", "a c", "words"), ["changed: a [b] c | a c"]);
    assert.deepEqual(rows("a c", "a b c", "words"), ["changed: a c | a [b] c"]);
    assert.deepEqual(rows("a\nb", "a", "words"), ["same: a | a", "missing: [b] | "]);
    assert.deepEqual(rows("", "a", "words"), ["extra:  | [a]"]);
  });

  test("numbers within the tolerance are the same", () => {
    assert.deepEqual(rows("Area: 12.5 x", "area: 12.5001 y", "numbers", 0.001), [
      "changed: Area: 12.5 [x] | area: 12.5001 [y]",
    ]);
  });

  test("equal words before the line that differs are left out", () => {
    const { rows, first } = textDifference(numbered(50), numbered(50, { 30: "line thirty" }), "words");
    assert.deepEqual(rows.slice(0, 2).map(drawn), ["skipped 30", "changed: line [30] | line [thirty]"]);
    assert.equal(first, 1);
  });
});

describe("large texts", () => {
  const short = "1\n".repeat(500_000);
  const pairs = {
    "a difference at the end": [`${short}a`, `${short}b`],
    "a difference at the beginning": [`a${short}`, `b${short}`],
    "nothing but differences": [short, "2\n".repeat(500_000)],
    "spaces at the end of each line": [short, "1 \n".repeat(400_000)],
    "one line": ["a".repeat(1_000_000), "b".repeat(1_000_000)],
    "one line, different at the end": ["a".repeat(1_000_000), `${"a".repeat(999_999)}b`],
    "nothing printed": [short, ""],
    "other case": ["A\n".repeat(500_000), "a\n".repeat(500_000)],
  };
  for (const mode of ["lines", "exact", "words", "numbers"]) {
    for (const [name, [expected, actual]] of Object.entries(pairs)) {
      test(`${mode}: ${name}`, () => {
        textDifference(expected.slice(0, 10_000), actual.slice(0, 10_000), mode);
        const started = process.cpuUsage();
        const { rows, hasMore } = textDifference(expected, actual, mode);
        const { user, system } = process.cpuUsage(started);
        assert.ok(rows.length <= 250);
        assert.ok(JSON.stringify(rows).length < 250_000);
        assert.equal(typeof hasMore, "boolean");
        assert.ok(user + system < 400_000, `${Math.round((user + system) / 1000)} ms`);
      });
    }
  }

  test("a long line is shown around its first difference", () => {
    const [row] = textDifference(
      `${"a".repeat(5000)}b${"c".repeat(5000)}`,
      `${"a".repeat(5000)}x${"c".repeat(5000)}`,
      "lines",
    ).rows;
    assert.match(drawn({ ...row, actual: null }), /^changed: …a{60}\[b\]c+… \| $/);
  });
});
