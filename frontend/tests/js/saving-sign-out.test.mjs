import assert from "node:assert/strict";
import { test } from "node:test";

import { settleDrafts, settleHandIns } from "../../static/saving/sign-out.js";
import { FakeServer, MemoryDrafts } from "./saving-fakes.mjs";

const EMPTY = { user: "ada", project: "hello", tab: "t", base: 1, changes: [], pending: null, updated_at: 1 };
const mainPy = (text) => [{ path: "main.py", text }];

async function signOut(prepare, ...list) {
  const drafts = new MemoryDrafts();
  const server = new FakeServer();
  for (const draft of list) {
    await drafts.put({ ...EMPTY, ...draft });
  }
  await prepare(server, drafts);
  const result = await settleDrafts({ drafts, user: "ada", sendFor: () => server.send });
  return { server, drafts, result };
}

const nothing = async () => {};

test("what was typed is saved, and then forgotten", async () => {
  const { server, drafts, result } = await signOut(nothing, { changes: mainPy("typed") });
  assert.deepEqual(result, { savedCount: 1, unsaved: [] });
  assert.deepEqual([server.text(), drafts.records.size], ["typed", 0]);
});

test("a save without an answer goes first, with its own key", async () => {
  const pending = { key: "k1", base: 1, changes: mainPy("sent") };
  const stored = (server) => server.send({ key: "k1", base: 1, files: pending.changes });
  for (const prepare of [nothing, stored]) {
    const { server, drafts } = await signOut(prepare, { pending, changes: mainPy("sent, and more") });
    assert.deepEqual(server.texts(), ["sent", "sent, and more"]);
    assert.equal(drafts.records.size, 0);
  }
});

test("a draft that holds nothing is forgotten without a request", async () => {
  const { server, drafts } = await signOut(nothing, {});
  assert.deepEqual([server.requests.length, drafts.records.size], [0, 0]);
});

test("what cannot be saved stays and is reported", async () => {
  const offline = async (server) => {
    server.isOffline = true;
  };
  const elsewhere = async (server) => server.saveElsewhere(mainPy("theirs"));
  for (const prepare of [offline, elsewhere]) {
    const { drafts, result } = await signOut(prepare, { changes: mainPy("typed") });
    assert.equal(result.savedCount, 0);
    assert.deepEqual([result.unsaved[0].project, result.unsaved[0].paths], ["hello", ["main.py"]]);
    assert.equal(drafts.records.get("ada/hello/t").changes[0].text, "typed");
  }
});

test("a try without an answer is repeated with the same key", async () => {
  const lost = async (server) => server.loseAnswer();
  const { server, drafts } = await signOut(lost, { changes: mainPy("typed") });
  const again = await settleDrafts({ drafts, user: "ada", sendFor: () => server.send });
  assert.equal(server.requests[1].key, server.requests[0].key);
  assert.deepEqual([again.unsaved, server.texts(), drafts.records.size], [[], ["typed"], 0]);
});

test("what the server has already is no conflict", async () => {
  const elsewhere = async (server) => server.saveElsewhere(mainPy("typed"));
  const { drafts, result } = await signOut(elsewhere, { changes: mainPy("typed") });
  assert.deepEqual([result.unsaved, drafts.records.size], [[], 0]);
});

test("another person's drafts are neither sent nor forgotten", async () => {
  const { server, drafts } = await signOut(nothing, { user: "ben", changes: mainPy("ben's") });
  assert.equal(server.requests.length, 0);
  await drafts.clearUser("ada");
  assert.deepEqual([...drafts.records.keys()], ["ben/hello/t"]);
});

test("what waits to be handed in goes with the person, or stays theirs", async () => {
  const records = [
    { user: "ada", project: "p", key: "taken", revision: 2 },
    { user: "ada", project: "p", key: "refused", revision: 2 },
    { user: "ada", project: "p", key: "not stored", revision: null },
    { user: "ada", project: "open", key: "another's", revision: 2 },
  ];
  const [removed, sent] = [[], []];
  const store = { listForUser: async () => records, remove: async (_user, _project, key) => removed.push(key) };
  const send = async ({ key }) => {
    sent.push(key);
    return { kind: key === "taken" ? "handed-in" : "refused" };
  };
  const waiting = await settleHandIns({ store, user: "ada", send, except: "open" });
  assert.deepEqual(
    [sent, removed, waiting.map(({ key }) => key)],
    [["taken", "refused"], ["taken"], ["refused", "not stored"]],
  );
});
