import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { copyName, keepBoth } from "../../static/saving/conflict.js";
import { toList, toMap } from "../../static/saving/content.js";
import { calm, FakeServer, openPage } from "./saving-fakes.mjs";

/** Two devices at the same revision; the other one has saved, this one has met the conflict. */
async function meetConflict({ mine = "mine", theirs = [{ path: "main.py", text: "theirs" }] } = {}) {
  const page = openPage();
  page.server.saveElsewhere(theirs);
  page.type(mine);
  await page.clock.advance(1000);
  return page;
}

function assertStored(page, ...texts) {
  for (const text of texts) assert.ok(page.server.texts().includes(text), `${text} is not in the history`);
}

describe("a project saved elsewhere", () => {
  test("stops the sending, keeps the buffer and the draft, and asks with both versions", async () => {
    const page = await meetConflict();
    page.saver.retryNow();
    await page.clock.advance(100_000);
    assert.equal(page.server.requests.length, 1);
    assert.equal(page.saver.state, "conflict");
    assert.equal(page.workspace.read("main.py").text, "mine");
    const [draft] = page.drafts.records.values();
    assert.deepEqual([draft.base, draft.pending, draft.changes[0].text], [1, null, "mine"]);
    const [{ theirs, mine }] = page.conflicts;
    assert.deepEqual([theirs.revision, theirs.author, theirs.files], [2, "Ada", [{ path: "main.py", text: "theirs" }]]);
    assert.deepEqual(mine, [{ path: "main.py", text: "mine" }]);
  });

  test("lets editing and drafts go on until the choice is made", async () => {
    const page = await meetConflict();
    page.type("mine, and more");
    await page.clock.advance(250);
    assert.equal([...page.drafts.records.values()][0].changes[0].text, "mine, and more");
    page.saver.flush();
    assert.equal(await page.saver.saveNow(), "conflict");
    assert.equal(page.server.requests.length, 1);
    await page.saver.resolve("mine");
    assert.equal(page.server.text(), "mine, and more");
  });

  test("whichever of two tabs saves first, both texts are kept", async () => {
    for (const order of [
      ["one", "two"],
      ["two", "one"],
    ]) {
      const server = new FakeServer();
      const pages = Object.fromEntries(order.map((tab) => [tab, openPage({ server, tab })]));
      for (const tab of ["one", "two"]) pages[tab].type(`from ${tab}`);
      for (const tab of order) await pages[tab].saver.saveNow();
      const [first, second] = order.map((tab) => pages[tab]);
      assert.deepEqual([first.saver.state, second.saver.state], ["saved", "conflict"]);
      assert.equal(server.text(), `from ${order[0]}`);
      assert.equal(second.workspace.read("main.py").text, `from ${order[1]}`);
    }
  });

  test("with what was sent here is no conflict, and newer typing goes on top", async () => {
    const page = openPage();
    const release = page.server.hold();
    page.type("same");
    await page.clock.advance(1000);
    page.server.saveElsewhere([{ path: "main.py", text: "same" }]);
    page.type("same and more");
    release();
    await page.clock.advance(1000);
    assert.equal(page.conflicts.length, 0);
    assert.deepEqual(page.server.texts(), ["same", "same and more"]);
    assert.equal(page.saver.state, "saved");
  });

  test("with what was there before is no conflict", async () => {
    const page = openPage();
    page.server.saveElsewhere([{ path: "main.py", text: "x" }]);
    page.server.saveElsewhere([{ path: "main.py", text: "print(1)\n" }]);
    page.type("mine");
    await page.clock.advance(2000);
    assert.deepEqual([page.conflicts.length, page.saver.state, page.server.text()], [0, "saved", "mine"]);
  });
});

describe("a page that is looked at again", () => {
  test("takes what was saved elsewhere when nothing is unsaved here", async () => {
    const page = openPage();
    page.server.saveElsewhere([{ path: "main.py", text: "restored" }]);
    await page.saver.refresh();
    await page.clock.advance(5000);
    assert.equal(page.workspace.read("main.py").text, "restored");
    assert.deepEqual([page.saver.state, page.conflicts.length, page.server.history.length], ["saved", 0, 1]);
    page.type("and on");
    await page.clock.advance(1000);
    assert.deepEqual(page.server.texts(), ["restored", "and on"]);
  });

  test("asks nothing while text is unsaved, and keeps what is typed before the answer", async () => {
    const page = openPage();
    page.server.saveElsewhere([{ path: "main.py", text: "restored" }]);
    const release = page.server.hold();
    const refreshed = page.saver.refresh();
    page.type("typed");
    await page.saver.refresh();
    assert.equal(page.server.requests.length, 1);
    release();
    await refreshed;
    assert.equal(page.workspace.read("main.py").text, "typed");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "conflict");
  });
});

describe("the choice", () => {
  test("mine puts my changes on top of theirs and leaves their other files", async () => {
    const page = await meetConflict({
      theirs: [
        { path: "main.py", text: "theirs" },
        { path: "new.py", text: "added there" },
      ],
    });
    assert.equal(await page.saver.resolve("mine"), "saved");
    assert.deepEqual([page.server.text(), page.server.text("new.py")], ["mine", "added there"]);
    assert.equal(page.workspace.read("new.py").text, "added there");
    assertStored(page, "theirs", "mine");
    assert.equal(page.drafts.records.size, 0);
  });

  test("theirs stores mine first, then theirs again, and shows theirs", async () => {
    const page = await meetConflict();
    const adopted = [];
    page.workspace.addEventListener("workspace:changed", ({ detail }) => adopted.push(detail));
    assert.equal(await page.saver.resolve("theirs"), "saved");
    assert.deepEqual(page.server.texts(), ["theirs", "mine", "theirs"]);
    assert.equal(page.workspace.read("main.py").text, "theirs");
    assert.deepEqual(adopted, [{ paths: ["main.py"], origin: "adopted" }]);
  });

  test("theirs removes files that only this side has, after they are in the history", async () => {
    const page = await meetConflict();
    page.type("extra", "extra.py");
    await page.saver.resolve("theirs");
    assert.equal(page.server.files.has("extra.py"), false);
    assert.ok(page.server.texts("extra.py").includes("extra"));
  });

  test("theirs loses nothing that is typed while mine is on its way", async () => {
    const page = await meetConflict();
    const release = page.server.hold();
    page.saver.resolve("theirs");
    await calm();
    page.type("mine, late words");
    release();
    await page.clock.advance(5000);
    assertStored(page, "theirs", "mine", "mine, late words");
    assert.equal(page.workspace.read("main.py").text, "theirs");
    assert.equal(page.saver.state, "saved");
  });

  test("both keeps theirs under the name and mine beside it", async () => {
    const page = await meetConflict();
    assert.equal(await page.saver.resolve("both"), "saved");
    assert.deepEqual([page.server.text(), page.server.text("main (my copy).py")], ["theirs", "mine"]);
    assert.deepEqual(page.workspace.paths, ["main (my copy).py", "main.py"]);
  });

  test("is asked for again when theirs has changed once more", async () => {
    for (const choice of ["mine", "theirs", "both"]) {
      const page = await meetConflict();
      page.server.saveElsewhere([{ path: "main.py", text: "theirs again" }]);
      assert.equal(await page.saver.resolve(choice), "conflict");
      assert.equal(page.conflicts.length, 2);
      assert.equal(page.conflicts[1].theirs.revision, 3);
      await page.saver.resolve("mine");
      assert.ok(
        [...page.server.files.values()].some(({ text }) => text === "mine"),
        choice,
      );
      assertStored(page, "theirs", "theirs again");
    }
  });

  test("survives a lost answer with one revision", async () => {
    const page = await meetConflict();
    page.server.loseAnswer();
    assert.equal(await page.saver.resolve("mine"), "kept");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "saved");
    assert.deepEqual(page.server.texts(), ["theirs", "mine"]);
  });

  test("can be made file by file, and all of mine is in the history all the same", async () => {
    const theirs = ["a.py", "b.py", "c.py"].map((path) => ({ path, text: `their ${path}` }));
    const page = openPage();
    for (const { path } of theirs) page.type(`my ${path}`, path);
    page.server.saveElsewhere(theirs);
    await page.clock.advance(1000);
    const choice = new Map([
      ["a.py", "mine"],
      ["b.py", "theirs"],
      ["c.py", "both"],
    ]);
    assert.equal(await page.saver.resolve(choice), "saved");
    const texts = [...page.server.files].filter(([path]) => path !== "main.py").map(([path, { text }]) => [path, text]);
    assert.deepEqual(texts.sort(), [
      ["a.py", "my a.py"],
      ["b.py", "their b.py"],
      ["c (my copy).py", "my c.py"],
      ["c.py", "their c.py"],
    ]);
    for (const { path } of theirs) assert.ok(page.server.texts(path).includes(`my ${path}`), path);
  });

  test("file by file keeps what is typed into a file of mine before the rest follows", async () => {
    const page = openPage();
    page.type("my a", "a.py");
    page.type("my b", "b.py");
    page.server.saveElsewhere([
      { path: "a.py", text: "their a" },
      { path: "b.py", text: "their b" },
    ]);
    await page.clock.advance(1000);
    const release = page.server.hold();
    page.saver.resolve(new Map([["b.py", "theirs"]]));
    await calm();
    page.type("my a, merged", "a.py");
    release();
    await page.clock.advance(5000);
    assert.deepEqual([page.server.text("a.py"), page.server.text("b.py")], ["my a, merged", "their b"]);
    assert.equal(page.saver.state, "saved");
  });

  test("cannot be made where there is none, nor be anything else", async () => {
    assert.throws(() => openPage().saver.resolve("mine"), /nothing to choose/);
    const page = await meetConflict();
    assert.throws(() => page.saver.resolve("delete"), /no choice/);
    assert.throws(() => page.saver.resolve(new Map([["main.py", "delete"]])), /no choice/);
    assert.equal(page.saver.state, "conflict");
  });
});

describe("keeping both", () => {
  const keep = (theirs, mine, base = null) => toList(keepBoth(toMap(theirs), mine, base && toMap(base)));

  test("finds a name that is free whatever its case", () => {
    const theirs = [
      { path: "a.py", text: "1" },
      { path: "A (My Copy).py", text: "2" },
    ];
    assert.deepEqual(keep(theirs, [{ path: "a.py", text: "3" }]).at(-1), { path: "a (my copy 2).py", text: "3" });
  });

  test("copies nothing that only this side has changed", () => {
    const base = [{ path: "a.py", text: "old" }];
    assert.deepEqual(keep(base, [{ path: "a.py", text: "new" }], base), [{ path: "a.py", text: "new" }]);
    assert.deepEqual(keep(base, [{ path: "a.py", deleted: true }], base), []);
  });

  test("copies nothing that is the same on both sides", () => {
    const theirs = [{ path: "a.py", text: "same" }];
    assert.deepEqual(keep(theirs, [{ path: "a.py", text: "same" }]), theirs);
  });

  test("keeps my text under its name where theirs has none", () => {
    assert.deepEqual(keep([], [{ path: "a.py", text: "mine" }]), [{ path: "a.py", text: "mine" }]);
  });

  test("keeps their text where mine was deleted", () => {
    const theirs = [{ path: "a.py", text: "theirs" }];
    assert.deepEqual(keep(theirs, [{ path: "a.py", deleted: true }]), theirs);
  });

  test("names copies before the ending, in their folder", () => {
    assert.equal(copyName("data.d/table", 1), "data.d/table (my copy)");
    assert.equal(copyName("data/table.tar.gz", 2), "data/table.tar (my copy 2).gz");
    assert.equal(copyName(".env", 1), ".env (my copy)");
  });
});
