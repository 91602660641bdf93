import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { recover } from "../../static/saving/recovery.js";
import { Clock, calm, FakeServer, fakePresence, MemoryDrafts, openPage, SAVED_AT, START } from "./saving-fakes.mjs";

const mainPy = (text) => [{ path: "main.py", text }];

function makeDraft(rest = {}) {
  return { user: "ada", project: "hello", tab: "dead", base: 1, changes: [], pending: null, updated_at: 1, ...rest };
}

/** Open the project in a tab named `new`: recovery, then a page. */
async function reopen({ server, drafts, alive, state = server.state(), clock = new Clock(), ...rest }) {
  let keys = 0;
  const recovered = await recover({
    server: state,
    drafts,
    send: server.send,
    presence: fakePresence(alive),
    user: "ada",
    project: "hello",
    tab: "new",
    timers: clock,
    newKey: () => `recovery-${(keys += 1)}`,
    ...rest,
  });
  const { workspace, pending, conflict } = recovered;
  const page = openPage({ server, drafts, clock, workspace, pending, conflict, tab: rest.tab ?? "new" });
  return { ...page, recovered, page };
}

async function withDrafts(...list) {
  const drafts = new MemoryDrafts();
  for (const draft of list) await drafts.put(draft);
  return { server: new FakeServer(), drafts };
}

describe("opening a project", () => {
  test("without drafts shows the server's files", async () => {
    const { server, drafts } = await withDrafts();
    const state = { ...server.state(), saved_at: SAVED_AT };
    const { workspace, recovered, saver } = await reopen({ server, drafts, state });
    assert.equal(recovered.savedAt, SAVED_AT);
    assert.deepEqual([workspace.read("main.py").text, saver.state], [START[0].text, "saved"]);
    assert.equal(recovered.hasText, false);
  });

  test("without a store, or with a broken one, shows the server's files and says so", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed") }));
    drafts.isBroken = true;
    const broken = await reopen({ server, drafts });
    assert.equal(broken.recovered.draftError, "The storage of this browser is full.");
    assert.equal((await reopen({ server, drafts: null })).workspace.read("main.py").text, START[0].text);
  });

  test("puts what a closed tab had typed on top, and saves it", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed") }));
    const { page, recovered, clock } = await reopen({ server, drafts });
    assert.equal(recovered.hasText, true);
    assert.equal(page.workspace.read("main.py").text, "typed");
    assert.deepEqual([...drafts.records.keys()], ["ada/hello/new"]);
    await clock.advance(1000);
    assert.deepEqual([server.text(), page.saver.state, drafts.records.size], ["typed", "saved", 0]);
  });

  test("removes a draft that is the same as the server's files", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy(START[0].text) }));
    const { saver } = await reopen({ server, drafts });
    assert.deepEqual([drafts.records.size, saver.state], [0, "saved"]);
  });

  test("asks when the project has moved on since the draft", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed offline") }));
    server.saveElsewhere(mainPy("theirs"));
    const { page } = await reopen({ server, drafts });
    assert.equal(page.saver.state, "conflict");
    assert.equal(page.workspace.read("main.py").text, "typed offline");
    assert.deepEqual(page.conflicts[0].theirs.files, mainPy("theirs"));
    assert.equal(server.requests.length, 0);
  });

  test("asks again when it was closed before the choice", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed offline") }));
    server.saveElsewhere(mainPy("theirs"));
    const first = await reopen({ server, drafts });
    first.page.type("typed offline, and more");
    first.saver.flush();
    await calm();
    const second = await reopen({ server, drafts, tab: "newer" });
    assert.equal(second.saver.state, "conflict");
    assert.equal(second.workspace.read("main.py").text, "typed offline, and more");
  });

  test("asked, loses no text whatever is chosen", async () => {
    for (const choice of ["mine", "theirs", "both"]) {
      const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed offline") }));
      server.saveElsewhere(mainPy("theirs"));
      const { saver } = await reopen({ server, drafts });
      assert.equal(await saver.resolve(choice), "saved");
      const stored = server.history.flatMap(({ files }) => [...files.values()].map(({ text }) => text));
      assert.ok(stored.includes("theirs") && stored.includes("typed offline"), choice);
      assert.equal(drafts.records.size, 0);
    }
  });

  test("asked, keeps both side by side though it no longer knows what they started from", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed offline") }));
    server.saveElsewhere(mainPy("theirs"));
    const { saver } = await reopen({ server, drafts });
    await saver.resolve("both");
    assert.deepEqual([server.text(), server.text("main (my copy).py")], ["theirs", "typed offline"]);
  });

  test("from a cache older than the draft fetches the server's files first", async () => {
    const { server, drafts } = await withDrafts();
    const state = server.state();
    server.saveElsewhere([{ path: "b.py", text: "b" }]);
    await drafts.put(makeDraft({ base: 2, changes: mainPy("typed") }));
    const { page, clock } = await reopen({ server, drafts, state });
    await clock.advance(1000);
    assert.deepEqual([page.saver.state, server.text(), server.text("b.py")], ["saved", "typed", "b"]);
  });
});

describe("a save that was never answered", () => {
  const pending = { key: "k1", base: 1, changes: mainPy("sent") };
  const unanswered = makeDraft({ pending, changes: mainPy("sent, and more") });

  test("that had been stored is not stored twice, and newer text follows", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    await server.send({ key: "k1", base: 1, files: pending.changes });
    const { page, clock } = await reopen({ server, drafts });
    await clock.advance(1000);
    assert.deepEqual(server.texts(), ["sent", "sent, and more"]);
    assert.equal(page.conflicts.length, 0);
  });

  test("that had not been stored is stored with its own key, and newer text follows", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    const { clock, saver } = await reopen({ server, drafts });
    await clock.advance(1000);
    assert.equal(server.requests[0].key, "k1");
    assert.deepEqual([server.texts(), saver.state], [["sent", "sent, and more"], "saved"]);
  });

  test("that was stored, and built upon elsewhere, asks nothing when there is no newer text", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ pending, changes: pending.changes }));
    await server.send({ key: "k1", base: 1, files: pending.changes });
    server.saveElsewhere(mainPy("later, elsewhere"));
    const { page } = await reopen({ server, drafts });
    assert.deepEqual([page.saver.state, page.workspace.read("main.py").text], ["saved", "later, elsewhere"]);
    assert.equal(drafts.records.size, 0);
  });

  test("that has lost against another device becomes a choice", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    server.saveElsewhere(mainPy("theirs"));
    const { page } = await reopen({ server, drafts });
    assert.equal(page.saver.state, "conflict");
    assert.deepEqual(page.conflicts[0].mine, mainPy("sent, and more"));
  });

  test("and still is not answered goes on being sent with its own key", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    server.isOffline = true;
    const { page, clock } = await reopen({ server, drafts });
    await clock.advance(1000);
    assert.equal(page.saver.state, "kept");
    assert.equal(page.workspace.read("main.py").text, "sent, and more");
    server.isOffline = false;
    page.saver.retryNow();
    await clock.advance(1000);
    assert.deepEqual(server.texts(), ["sent", "sent, and more"]);
    assert.ok(server.requests.slice(0, 3).every(({ key }) => key === "k1"));
  });

  test("and cannot be known to be stored becomes a choice when the project has moved on", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    server.saveElsewhere(mainPy("theirs"));
    server.isOffline = true;
    const { page, recovered } = await reopen({ server, drafts });
    assert.deepEqual([page.saver.state, recovered.pending], ["conflict", null]);
    assert.equal(page.workspace.read("main.py").text, "sent, and more");
  });

  test("that hangs holds the page up for five seconds at most", async () => {
    const { server, drafts } = await withDrafts(unanswered);
    const clock = new Clock();
    server.hold();
    const opening = reopen({ server, drafts, clock });
    await clock.advance(5000);
    assert.equal((await opening).workspace.read("main.py").text, "sent, and more");
  });

  test("of a file deleted since does not bring the file back", async () => {
    const sent = { key: "k1", base: 1, changes: [{ path: "x.py", text: "x" }] };
    const { server, drafts } = await withDrafts(
      makeDraft({ pending: sent, changes: [{ path: "x.py", deleted: true }] }),
    );
    const { clock, workspace } = await reopen({ server, drafts });
    await clock.advance(1000);
    assert.deepEqual([workspace.paths, server.files.has("x.py")], [["main.py"], false]);
  });

  test("that the server refuses leaves the text in the editor", async () => {
    const refused = { key: "k1", base: 1, changes: mainPy("TOO LARGE") };
    const { server, drafts } = await withDrafts(makeDraft({ pending: refused, changes: refused.changes }));
    const { page, clock } = await reopen({ server, drafts });
    await clock.advance(1000);
    assert.deepEqual([page.saver.state, page.workspace.read("main.py").text], ["refused", "TOO LARGE"]);
  });
});

describe("several tabs", () => {
  test("a live tab's draft is left to it", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ tab: "alive", changes: mainPy("typed there") }));
    const { workspace, clock } = await reopen({ server, drafts, alive: new Set(["alive"]) });
    await clock.advance(5000);
    assert.equal(workspace.read("main.py").text, START[0].text);
    assert.deepEqual([...drafts.records.keys()], ["ada/hello/alive"]);
    assert.equal(server.requests.length, 0);
  });

  test("this tab's own draft is taken up after a reload", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ tab: "new", changes: mainPy("typed") }));
    const { workspace } = await reopen({ server, drafts, alive: new Set(["new"]) });
    assert.equal(workspace.read("main.py").text, "typed");
  });

  test("this tab's own draft is the one opened, even if a closed tab's is newer", async () => {
    const { server, drafts } = await withDrafts(
      makeDraft({ tab: "new", updated_at: 1, changes: mainPy("own") }),
      makeDraft({ tab: "dead", updated_at: 2, changes: mainPy("closed") }),
    );
    const { page } = await reopen({ server, drafts });
    assert.deepEqual(server.texts(), ["closed"]);
    assert.equal(page.workspace.read("main.py").text, "own");
    assert.deepEqual([...drafts.records.keys()], ["ada/hello/new"]);
  });

  test("of two closed tabs the earlier text is stored, the later becomes a choice", async () => {
    const { server, drafts } = await withDrafts(
      makeDraft({ tab: "b", updated_at: 2, changes: mainPy("later") }),
      makeDraft({ tab: "a", updated_at: 1, changes: mainPy("earlier") }),
    );
    const { page } = await reopen({ server, drafts });
    assert.deepEqual(server.texts(), ["earlier"]);
    assert.equal(page.saver.state, "conflict");
    assert.equal(page.workspace.read("main.py").text, "later");
    assert.deepEqual([...drafts.records.keys()], ["ada/hello/new"]);
  });

  test("a draft that cannot be stored beside another waits for the next opening", async () => {
    const { server, drafts } = await withDrafts(
      makeDraft({ tab: "a", updated_at: 1, changes: mainPy("earlier") }),
      makeDraft({ tab: "b", updated_at: 2, changes: mainPy("later") }),
    );
    server.saveElsewhere(mainPy("theirs"));
    const first = await reopen({ server, drafts });
    assert.equal(first.recovered.waitingCount, 1);
    await first.saver.resolve("mine");
    const second = await reopen({ server, drafts, tab: "next" });
    assert.deepEqual([second.saver.state, second.workspace.read("main.py").text], ["conflict", "earlier"]);
    await second.saver.resolve("theirs");
    assert.deepEqual(server.texts(), ["theirs", "later", "earlier", "later"]);
    assert.equal(drafts.records.size, 0);
  });

  test("a draft moved here outlives a store that is full", async () => {
    const { server, drafts } = await withDrafts(makeDraft({ changes: mainPy("typed") }));
    drafts.put = async () => {
      throw new Error("full");
    };
    const { workspace } = await reopen({ server, drafts });
    assert.equal(workspace.read("main.py").text, "typed");
    assert.ok(drafts.records.has("ada/hello/dead"));
  });
});

test("another person's drafts and other projects' are neither shown, saved nor removed", async () => {
  const { server, drafts } = await withDrafts(
    makeDraft({ user: "ben", changes: mainPy("ben's"), pending: { key: "b", base: 1, changes: mainPy("ben's") } }),
    makeDraft({ project: "other", changes: mainPy("other project") }),
  );
  const { workspace, clock } = await reopen({ server, drafts });
  await clock.advance(5000);
  assert.equal(workspace.read("main.py").text, START[0].text);
  assert.equal(server.requests.length, 0);
  assert.deepEqual([...drafts.records.keys()], ["ben/hello/dead", "ada/other/dead"]);
});
