import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { diff, overlay, remaining, sameFiles, toList, toMap } from "../../static/saving/content.js";
import { base64ToBytes, bytesToBase64 } from "../../static/saving/encoding.js";
import { randomId } from "../../static/saving/random-id.js";
import { Workspace } from "../../static/saving/workspace.js";

const bytesOf = (...values) => ({ bytes: new Uint8Array(values) });

function open(files = [{ path: "main.py", text: "1" }]) {
  const workspace = new Workspace({ revision: 1, files });
  const events = [];
  workspace.addEventListener("workspace:changed", ({ detail }) => events.push(detail));
  return { workspace, events };
}

describe("base64", () => {
  test("is what the standard says, for every remainder of three", () => {
    for (const [text, base64] of [
      ["", ""],
      ["f", "Zg=="],
      ["fo", "Zm8="],
      ["foo", "Zm9v"],
      ["foob", "Zm9vYg=="],
    ]) {
      assert.equal(bytesToBase64(new TextEncoder().encode(text)), base64);
      assert.equal(new TextDecoder().decode(base64ToBytes(base64)), text);
    }
  });

  test("of five megabytes comes back the same in under a second", () => {
    const bytes = new Uint8Array(5 << 20).map((_, i) => i * 31);
    const start = performance.now();
    const back = base64ToBytes(bytesToBase64(bytes));
    assert.ok(performance.now() - start < 1000);
    assert.deepEqual(Buffer.compare(bytes, back), 0);
  });
});

describe("files", () => {
  test("go to the wire and back", () => {
    const files = [
      { path: "a.py", text: "é" },
      { path: "b.bin", base64: "AP8=" },
    ];
    assert.deepEqual(toList(toMap(files)), files);
  });

  test("are the same when their bytes are, text or not", () => {
    const text = new Map([["a", { text: "é" }]]);
    assert.ok(sameFiles(text, new Map([["a", bytesOf(0xc3, 0xa9)]])));
    assert.ok(!sameFiles(text, new Map([["a", bytesOf(0xc3, 0xa8)]])));
    assert.ok(!sameFiles(text, new Map([["b", { text: "é" }]])));
    assert.ok(!sameFiles(text, new Map()));
  });

  test("differ by changed, added and deleted files, which turn one into the other", () => {
    const from = toMap([
      { path: "same", text: "s" },
      { path: "changed", text: "1" },
      { path: "gone", text: "g" },
    ]);
    const to = toMap([
      { path: "same", text: "s" },
      { path: "changed", text: "2" },
      { path: "new", base64: "AA==" },
    ]);
    const changes = diff(from, to);
    assert.deepEqual(changes, [
      { path: "changed", text: "2" },
      { path: "gone", deleted: true },
      { path: "new", base64: "AA==" },
    ]);
    assert.ok(sameFiles(overlay(from, changes), to));
  });

  test("named besides are listed though they are the same, or missing on both sides", () => {
    const files = toMap([{ path: "a", text: "1" }]);
    assert.deepEqual(diff(files, files, ["a", "b"]), [
      { path: "a", text: "1" },
      { path: "b", deleted: true },
    ]);
  });

  test("already stored are not among the remaining changes", () => {
    const stored = [
      { path: "a", text: "1" },
      { path: "b", deleted: true },
    ];
    assert.deepEqual(remaining([...stored, { path: "c", text: "3" }], stored), [{ path: "c", text: "3" }]);
    assert.deepEqual(remaining([{ path: "a", text: "2" }], stored), [{ path: "a", text: "2" }]);
  });
});

describe("a workspace", () => {
  test("tells each change once, and a change to the same not at all", () => {
    const { workspace, events } = open();
    workspace.write("main.py", { text: "1" });
    workspace.remove("missing.py");
    assert.deepEqual(events, []);
    workspace.write("main.py", { text: "2" });
    workspace.rename("main.py", "a.py");
    workspace.apply([
      { path: "b.py", text: "b" },
      { path: "a.py", deleted: true },
    ]);
    assert.deepEqual(events, [
      { paths: ["main.py"], origin: "edit" },
      { paths: ["main.py", "a.py"], origin: "edit" },
      { paths: ["a.py", "b.py"], origin: "edit" },
    ]);
    assert.deepEqual(workspace.paths, ["b.py"]);
  });

  test("never renames over another file", () => {
    const { workspace } = open([
      { path: "a", text: "a" },
      { path: "b", text: "b" },
    ]);
    assert.throws(() => workspace.rename("a", "b"), /b already/);
    assert.throws(() => workspace.rename("c", "d"), /no file c/);
    assert.equal(workspace.isDirty, false);
  });

  test("takes two spellings of one accent for one file, as the server does", () => {
    const { workspace } = open([]);
    workspace.write("e\u0301.py", { text: "1" });
    workspace.apply([{ path: "e\u0301.py", text: "2" }]);
    assert.deepEqual(workspace.changes(), [{ path: "\u00e9.py", text: "2" }]);
    workspace.rename("e\u0301.py", "\u00e9.py");
    assert.equal(workspace.read("e\u0301.py").text, "2");
    workspace.remove("e\u0301.py");
    assert.deepEqual(workspace.paths, []);
  });

  test("after an acknowledgement differs by what came later only", () => {
    const { workspace } = open();
    workspace.write("main.py", { text: "2" });
    workspace.write("a.bin", bytesOf(1));
    const sent = workspace.changes();
    workspace.write("main.py", { text: "3" });
    workspace.acknowledge(2, sent);
    assert.equal(workspace.revision, 2);
    assert.deepEqual(workspace.changes(), [{ path: "main.py", text: "3" }]);
    workspace.remove("a.bin");
    workspace.acknowledge(3, workspace.changes());
    assert.equal(workspace.isDirty, false);
  });

  test("hands out copies of its maps", () => {
    const { workspace } = open();
    workspace.files.clear();
    workspace.base.clear();
    assert.deepEqual([workspace.paths, workspace.isDirty], [["main.py"], false]);
  });

  test("that adopts another state says which files are to be shown anew", () => {
    const { workspace, events } = open();
    const theirs = toMap([
      { path: "main.py", text: "1" },
      { path: "b.py", text: "b" },
    ]);
    workspace.adopt({ revision: 5, base: theirs, files: theirs });
    assert.deepEqual(events, [{ paths: ["b.py"], origin: "adopted" }]);
    assert.deepEqual([workspace.revision, workspace.isDirty], [5, false]);
  });
});

test("random ids do not repeat", () => {
  const ids = new Set(Array.from({ length: 100 }, randomId));
  assert.equal(ids.size, 100);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});
