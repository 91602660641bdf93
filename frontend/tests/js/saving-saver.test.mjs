import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { calm, FakeServer, MemoryDrafts, openPage, SAVED_AT } from "./saving-fakes.mjs";

const LONG_ENOUGH_MS = 3000;

describe("when to save", () => {
  test("a pause of a second sends one save with all that was typed", async () => {
    const page = openPage();
    for (const text of ["a", "ab", "abc"]) {
      page.type(text);
      await page.clock.advance(300);
    }
    assert.equal(page.server.requests.length, 0);
    await page.clock.advance(700);
    assert.deepEqual(
      page.server.requests.map(({ files }) => files),
      [[{ path: "main.py", text: "abc" }]],
    );
    assert.equal(page.saver.state, "saved");
  });

  test("steady typing is saved three seconds after its first letter", async () => {
    const page = openPage();
    for (let i = 1; i <= 6; i += 1) {
      page.type("x".repeat(i));
      await page.clock.advance(500);
    }
    assert.equal(page.server.requests.length, 1);
  });

  test("only changed, added and deleted files are sent", async () => {
    const page = openPage();
    page.workspace.write("data/a.bin", { bytes: new Uint8Array([0, 255]) });
    page.workspace.remove("main.py");
    await page.saver.saveNow();
    assert.deepEqual(page.server.requests[0].files, [
      { path: "main.py", deleted: true },
      { path: "data/a.bin", base64: "AP8=" },
    ]);
    page.type("b", "b.py");
    await page.saver.saveNow();
    assert.deepEqual(page.server.requests[1].files, [{ path: "b.py", text: "b" }]);
  });

  test("text typed back to what is saved sends nothing and leaves no draft", async () => {
    const page = openPage();
    page.type("x");
    await page.clock.advance(500);
    page.type("print(1)\n");
    await page.clock.advance(LONG_ENOUGH_MS);
    assert.equal(page.server.requests.length, 0);
    assert.equal(page.saver.state, "saved");
    assert.equal(page.drafts.records.size, 0);
  });

  test("saving at once waits for no pause and tells what came of it", async () => {
    const page = openPage();
    page.type("now");
    assert.equal(await page.saver.saveNow(), "saved");
    assert.equal(page.server.text(), "now");
  });

  test("saving at once with nothing to save is saved", async () => {
    const page = openPage();
    assert.equal(await page.saver.saveNow(), "saved");
    assert.equal(page.server.requests.length, 0);
  });
});

describe("one save in flight", () => {
  test("what is typed meanwhile goes with the next one", async () => {
    const page = openPage();
    const release = page.server.hold();
    page.type("first");
    await page.clock.advance(1000);
    page.type("second");
    await page.clock.advance(1000);
    page.type("third");
    await page.clock.advance(LONG_ENOUGH_MS);
    assert.equal(page.server.requests.length, 1);
    release();
    await page.clock.advance(0);
    assert.deepEqual(page.server.texts(), ["first", "third"]);
    assert.equal(page.server.mostInFlight, 1);
    assert.equal(page.saver.state, "saved");
  });

  test("saving at once during a save resolves when the newer text is stored", async () => {
    const page = openPage();
    const release = page.server.hold();
    page.type("first");
    await page.clock.advance(1000);
    page.type("second");
    const settled = page.saver.saveNow();
    release();
    assert.equal(await settled, "saved");
    assert.equal(page.server.text(), "second");
  });

  test("it says saved only when no newer text waits", async () => {
    const page = openPage();
    const release = page.server.hold();
    page.type("first");
    await page.clock.advance(1000);
    page.type("second");
    release();
    await calm();
    assert.equal(page.lastState().state, "editing");
    await page.clock.advance(1000);
    assert.equal(page.lastState().state, "saved");
    assert.equal(page.lastState().savedAt, SAVED_AT);
  });
});

describe("a save that fails", () => {
  test("is sent again after 1, 2 and 4 seconds with the same key and content", async () => {
    const page = openPage();
    for (let i = 0; i < 3; i += 1) page.server.fail();
    page.type("a");
    await page.clock.advance(1000);
    page.type("newer");
    assert.equal(page.saver.state, "kept");
    const counts = [];
    for (const pause of [1000, 2000, 4000]) {
      await page.clock.advance(pause - 1);
      counts.push(page.server.requests.length);
      await page.clock.advance(1);
    }
    assert.deepEqual(counts, [1, 2, 3]);
    const [first, ...others] = page.server.requests.slice(0, 4);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(page.server.texts(), ["a", "newer"]);
  });

  test("begins with one second again after an answer", async () => {
    const page = openPage();
    for (let i = 0; i < 4; i += 1) page.server.fail();
    page.type("a");
    await page.clock.advance(20_000);
    page.server.fail();
    page.type("b");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "kept");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "saved");
  });

  test("never waits longer than 36 seconds", async () => {
    const page = openPage({ random: () => 1 });
    for (let i = 0; i < 10; i += 1) page.server.fail();
    page.type("a");
    await page.clock.advance(200_000);
    const before = page.server.requests.length;
    await page.clock.advance(36_000);
    assert.equal(page.server.requests.length, before + 1);
  });

  test("whose answer was lost makes one revision", async () => {
    const page = openPage();
    page.server.loseAnswer();
    page.type("once");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "kept");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "saved");
    assert.deepEqual(page.server.texts(), ["once"]);
  });

  test("is sent at once when the network is back, and the newest text after it", async () => {
    const page = openPage();
    page.server.isOffline = true;
    for (let i = 0; i < 200; i += 1) {
      page.type(`edit ${i}`);
      await page.clock.advance(9000);
    }
    assert.deepEqual([page.saver.state, page.lastState().message], ["kept", "You are offline."]);
    page.server.isOffline = false;
    page.saver.retryNow();
    await page.clock.advance(1000);
    assert.deepEqual(page.server.texts(), ["edit 0", "edit 199"]);
    assert.equal(page.saver.state, "saved");
  });

  test("is saved within ten seconds when the network is said to be back before it is", async () => {
    const page = openPage();
    page.server.isOffline = true;
    page.type("a");
    await page.clock.advance(120_000);
    page.saver.retryNow();
    await page.clock.advance(1);
    page.server.isOffline = false;
    await page.clock.advance(10_000);
    assert.equal(page.saver.state, "saved");
  });

  test("is not sent before the time the server asked for, whoever asks", async () => {
    const page = openPage();
    page.server.fail({ kind: "retry", message: "The server is busy.", after_ms: 20_000 });
    page.type("a");
    await page.clock.advance(1000);
    page.saver.retryNow();
    assert.equal(await page.saver.saveNow(), "kept");
    await page.clock.advance(19_000);
    assert.equal(page.server.requests.length, 1);
    await page.clock.advance(5000);
    assert.equal(page.saver.state, "saved");
  });

  test("for want of a session says where to sign in, and is saved once that is done", async () => {
    const page = openPage();
    page.server.fail({ kind: "signed-out", signIn: "/login/demo/", message: "You have been signed out." });
    page.type("mine");
    await page.clock.advance(1000);
    assert.deepEqual([page.lastState().state, page.lastState().signIn], ["kept", "/login/demo/"]);
    page.saver.retryNow();
    await page.clock.advance(0);
    assert.deepEqual([page.lastState().state, page.lastState().signIn], ["saved", null]);
  });
});

describe("content the server refuses", () => {
  test("is not sent again, stays in the draft, and is saved once it is mended", async () => {
    const page = openPage();
    page.type("TOO LARGE");
    await page.clock.advance(100_000);
    assert.equal(page.server.requests.length, 1);
    const { state, message, path } = page.lastState();
    assert.deepEqual([state, message, path], ["refused", "The file is too large.", "main.py"]);
    assert.deepEqual(page.drafts.log.at(-1).changes, [{ path: "main.py", text: "TOO LARGE" }]);
    page.type("small");
    await page.clock.advance(1000);
    assert.equal(page.saver.state, "saved");
    assert.notEqual(page.server.requests[1].key, page.server.requests[0].key);
    assert.equal(page.drafts.records.size, 0);
  });

  test("does not hold up what was typed while it was on its way", async () => {
    const page = openPage();
    const release = page.server.hold();
    page.type("TOO LARGE");
    await page.clock.advance(1000);
    page.type("small");
    await page.clock.advance(1000);
    release();
    await page.clock.advance(0);
    assert.equal(page.server.text(), "small");
  });
});

describe("the draft", () => {
  test("is written within 250 ms of a letter and not more often", async () => {
    const page = openPage({ drafts: new MemoryDrafts() });
    for (let i = 0; i < 9; i += 1) {
      page.type("x".repeat(i + 1));
      await page.clock.advance(100);
    }
    assert.equal(page.drafts.log.length, 3);
    assert.deepEqual(page.drafts.log[0].changes, [{ path: "main.py", text: "xxx" }]);
  });

  test("that takes long is not overtaken by the next", async () => {
    const page = openPage();
    page.server.isOffline = true;
    let writes = 0;
    page.drafts.put = () => {
      writes += 1;
      return new Promise((resolve) => page.clock.setTimeout(resolve, 600));
    };
    for (let i = 0; i < 9; i += 1) {
      page.type("x".repeat(i + 1));
      await page.clock.advance(100);
    }
    assert.equal(writes, 1);
    await page.clock.advance(200);
    assert.equal(writes, 2);
  });

  test("with the save in it precedes the network, at every try", async () => {
    const order = [];
    const drafts = new MemoryDrafts();
    const server = new FakeServer();
    const send = (request) => (order.push("sent"), server.send(request));
    const page = openPage({ drafts, server, send });
    drafts.put = async (draft) => {
      await calm();
      order.push(draft.pending ? "draft with the save" : "draft");
    };
    server.fail();
    page.type("a");
    await page.clock.advance(2000);
    assert.deepEqual(order, ["draft", "draft with the save", "sent", "draft with the save", "sent"]);
  });

  test("is gone once all is saved", async () => {
    const page = openPage();
    page.type("a");
    await page.clock.advance(1000);
    assert.ok(page.drafts.log.length > 0);
    assert.equal(page.drafts.records.size, 0);
  });

  test("names a file typed back to the base while its save was on the way", async () => {
    const page = openPage();
    page.server.hold();
    page.type("a");
    await page.clock.advance(1000);
    page.type("print(1)\n");
    await page.clock.advance(250);
    assert.deepEqual(page.drafts.log.at(-1).changes, [{ path: "main.py", text: "print(1)\n" }]);
  });

  test("that cannot be written is told, and the save goes on", async () => {
    const page = openPage();
    page.drafts.isBroken = true;
    page.server.fail();
    page.type("a");
    await page.clock.advance(1000);
    assert.equal(page.lastState().draftError, "The storage of this browser is full.");
    assert.equal(page.saver.isSafeToLeave, false);
    await page.clock.advance(1000);
    assert.deepEqual([page.saver.state, page.server.text()], ["saved", "a"]);
  });

  test("that is never written does not hold the save for more than two seconds", async () => {
    const page = openPage();
    page.drafts.put = () => new Promise(() => {});
    page.type("a");
    await page.clock.advance(1000 + 2000);
    assert.equal(page.server.text(), "a");
  });

  test("without a store is missing from the start, and said so", async () => {
    const page = openPage({ drafts: null });
    assert.notEqual(page.lastState().draftError, null);
    page.type("a");
    await page.clock.advance(1000);
    assert.equal(page.server.text(), "a");
  });
});

describe("a page that is hidden", () => {
  test("issues the draft and then the save in the same turn", () => {
    const page = openPage();
    page.type("last words");
    const order = [];
    const { put } = page.drafts;
    page.drafts.put = (draft) => (order.push("draft"), put.call(page.drafts, draft));
    page.saver.flush();
    assert.equal(page.drafts.log.at(-1).pending.changes[0].text, "last words");
    assert.deepEqual([order, page.server.requests.length], [["draft"], 1]);
  });

  test("while a save is in flight writes the draft only", async () => {
    const page = openPage();
    page.server.hold();
    page.type("a");
    await page.clock.advance(1000);
    page.type("ab");
    page.saver.flush();
    assert.equal(page.server.requests.length, 1);
    assert.equal(page.drafts.log.at(-1).changes[0].text, "ab");
    assert.equal(page.drafts.log.at(-1).pending.changes[0].text, "a");
  });

  test("and shown again goes on as before", async () => {
    const page = openPage();
    page.type("a");
    page.saver.flush();
    await page.clock.advance(0);
    page.type("ab");
    await page.clock.advance(1000);
    assert.deepEqual([page.saver.state, page.server.text()], ["saved", "ab"]);
  });
});

test("a stopped saver sends and writes nothing more", async () => {
  const page = openPage();
  page.type("a");
  page.saver.stop();
  page.type("ab");
  page.saver.flush();
  await page.clock.advance(100_000);
  assert.deepEqual([page.server.requests.length, page.drafts.log.length], [0, 0]);
});
