import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { faultAmong, freeName } from "../../static/files/file-names.js";
import { treeOf } from "../../static/files/file-tree.js";

describe("the name of a new file", () => {
  const others = ["main.py", "data/points.csv", "Notes.txt"];

  it("may be anything free", () => {
    for (const path of ["helper.py", "data/other.csv", "pictures/a/b.png"]) assert.equal(faultAmong(path, others), "");
  });

  it("is refused where some computer would take it for a file there is", () => {
    for (const path of ["main.py", "MAIN.py", "notes.TXT", "data/Points.csv"]) {
      assert.match(faultAmong(path, others), /There is a file/);
    }
  });

  it("cannot be a folder's, nor lie inside a file", () => {
    assert.match(faultAmong("data", others), /folder with this name/);
    assert.match(faultAmong("main.py/x", others), /is a file, not a folder/);
  });

  it("gets a number where it is taken", () => {
    assert.equal(freeName("new.py", others), "new.py");
    assert.equal(freeName("main.py", [...others, "main 2.py"]), "main 3.py");
    assert.equal(freeName("data/points.csv", others), "data/points 2.csv");
    assert.equal(freeName("Makefile", ["Makefile"]), "Makefile 2");
  });
});

describe("the tree of files", () => {
  it("puts folders first, numbers in their order, and loses nothing", () => {
    const tree = treeOf(["main.py", "a/b/deep.txt", "a/z.txt", "file10.txt", "file9.txt", "__proto__", "b/x"]);
    assert.deepEqual(
      tree.folders.map(({ name }) => name),
      ["a", "b"],
    );
    assert.deepEqual(
      tree.files.map(({ name }) => name).filter((name) => name.startsWith("file")),
      ["file9.txt", "file10.txt"],
    );
    assert.equal(tree.folders[0].folders[0].files[0].path, "a/b/deep.txt");
    assert.ok(tree.files.some(({ path }) => path === "__proto__"));
  });
});
