import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { InputHistory } from "../../static/console/input-history.js";
import { OutputLog, plainText } from "../../static/console/output-log.js";
import { forgetPreparedInput, PreparedInput } from "../../static/console/prepared-input.js";

describe("earlier answers", () => {
  test("come back from the newest to the oldest, and then what was being typed", () => {
    const history = new InputHistory();
    for (const answer of ["one", "two", "two", "", "three"]) history.add(answer);
    assert.deepEqual(
      ["dra", "three", "two", "one"].map((typed) => history.older(typed)),
      ["three", "two", "one", null],
    );
    assert.deepEqual(
      [1, 2, 3, 4].map(() => history.newer()),
      ["two", "three", "dra", null],
    );
  });

  test("begin with the newest again after an answer", () => {
    const history = new InputHistory();
    history.add("one");
    history.older("");
    history.add("two");
    assert.equal(history.older(""), "two");
  });
});

describe("the text for download", () => {
  test("is plain, whatever was printed", () => {
    assert.equal(plainText("\x1b[31mred\x1b[0m\ttab\r\n\x07\0end"), "red\ttab\nend");
    assert.equal(plainText("\x1b]8;;https://x\x07link\x1b]8;;\x07"), "link");
  });

  test("has a progress bar once, as it was at last", () => {
    assert.equal(plainText("\r 10%\r 20%\r100%\ndone\n"), "100%\ndone\n");
    assert.equal(plainText("working...\r\x1b[Kok\nlong\r\x1b[2Kok"), "ok\nok");
    assert.equal(plainText("|\b/\b-"), "-");
  });

  test("keeps what the screen has lost", () => {
    assert.equal(plainText("one\x1b[2J\x1b[Htwo\x1bcthree"), "one\ntwo\nthree");
  });

  test("holds the answers in their place, and sequences that were torn", () => {
    const log = new OutputLog();
    log.add("out", "Name? \x1b[3");
    log.add("err", "careful\n");
    log.add("out", "1m");
    log.add("typed", "Ada\n");
    log.add("out", "hello");
    assert.equal(log.plainText, "Name? careful\nAda\nhello");
  });

  test("of a long run is made quickly", () => {
    const began = performance.now();
    plainText("line after line\n".repeat(300_000));
    plainText("\r50%".repeat(1_000_000));
    plainText(`${"x".repeat(1_000_000)}${"\bx".repeat(500_000)}`);
    assert.ok(performance.now() - began < 5_000);
  });
});

describe("prepared input", () => {
  function open(storage, { user = "1", project = "p" } = {}) {
    const parts = {
      details: { open: false },
      field: Object.assign(new EventTarget(), { value: "", focus() {} }),
      hint: { textContent: "" },
      use: { textContent: "" },
      empty: new EventTarget(),
    };
    const prepared = new PreparedInput({ ...parts, storage, user, project });
    const type = (text) => {
      parts.field.value = text;
      parts.field.dispatchEvent(new Event("input"));
    };
    return { ...parts, prepared, type };
  }

  function memory() {
    const items = {};
    const methods = {
      getItem: (key) => items[key] ?? null,
      setItem: (key, value) => (items[key] = value),
      removeItem: (key) => delete items[key] && delete methods[key],
    };
    return new Proxy(methods, {
      ownKeys: () => Object.keys(items),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
  }

  test("is kept for one person and one project, and says that it is in use", () => {
    const storage = memory();
    const first = open(storage);
    assert.equal(first.prepared.text, null);
    first.type("Ada\n12\n");
    assert.equal(first.use.textContent, "in use: 2 lines");
    assert.equal(open(storage).prepared.text, "Ada\n12\n");
    assert.equal(open(storage, { user: "2" }).prepared.text, null);
    assert.equal(open(storage, { project: "q" }).prepared.text, null);
  });

  test("is emptied with one press", () => {
    const storage = memory();
    const first = open(storage);
    first.type("Ada");
    assert.equal(first.use.textContent, "in use: 1 line");
    first.empty.dispatchEvent(new Event("click"));
    assert.equal(first.prepared.text, null);
    assert.equal(first.use.textContent, "");
    assert.equal(open(storage).prepared.text, null);
  });

  test("of a person is gone when they sign out", () => {
    const storage = memory();
    open(storage).type("mine");
    open(storage, { user: "12" }).type("theirs");
    forgetPreparedInput(storage, "1");
    assert.equal(open(storage).prepared.text, null);
    assert.equal(open(storage, { user: "12" }).prepared.text, "theirs");
  });

  test("works without storage", () => {
    const one = open(null);
    one.type("Ada");
    assert.equal(one.prepared.text, "Ada");
  });
});
