import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { openDrafts } from "../../static/saving/drafts.js";
import { connectPage } from "../../static/saving/page-events.js";
import { agePresence, channelPresence, lockPresence, openPresence } from "../../static/saving/presence.js";
import { claimTab } from "../../static/saving/tab.js";
import { describe as inWords } from "../../static/saving/words.js";
import { openPage } from "./saving-fakes.mjs";

describe("the words", () => {
  const status = { savedAt: null, message: null, path: null, signIn: null, draftError: null };
  const at1042 = new Date(2026, 10, 3, 10, 42).toISOString();

  test("are the four of the contract", () => {
    const words = (state, rest) => inWords({ ...status, state, ...rest }).words;
    assert.equal(words("saved", { savedAt: at1042 }), "Saved 10:42");
    assert.equal(words("saved"), "Saved");
    assert.equal(words("editing"), "Saving…");
    assert.equal(words("saving"), "Saving…");
    assert.equal(words("kept"), "Kept on this device");
    assert.equal(words("refused"), "Kept on this device");
    assert.equal(words("conflict"), "Needs your choice");
  });

  test("are explained where something is to be done", () => {
    const detail = (state, rest) => inWords({ ...status, state, ...rest }).detail;
    assert.equal(detail("saved"), "");
    assert.match(detail("kept", { message: "You are offline." }), /^You are offline\. It will be saved/);
    assert.match(detail("kept", { message: "Out.", signIn: "/login/" }), /Sign in again/);
    assert.match(detail("refused", { message: "Too large.", path: "a.csv" }), /cannot save a\.csv: Too large\./);
    assert.match(detail("conflict"), /choose/);
    assert.match(detail("kept", { draftError: "No room." }), /Keep this page open.*No room\./);
  });
});

describe("a page's events", () => {
  function connect(page) {
    const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
    const window = new EventTarget();
    const disconnect = connectPage(page.saver, { window, document });
    return { window, document, disconnect };
  }

  test("hidden, it saves; back on the network or looked at, it tries again", async () => {
    const page = openPage();
    const { window, document, disconnect } = connect(page);
    page.server.fail();
    page.type("a");
    document.visibilityState = "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
    await page.clock.advance(0);
    assert.equal(page.saver.state, "kept");
    page.server.fail();
    window.dispatchEvent(new Event("online"));
    await page.clock.advance(0);
    assert.equal(page.saver.state, "kept");
    document.visibilityState = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    await page.clock.advance(0);
    assert.equal(page.saver.state, "saved");
    disconnect();
    page.type("b");
    window.dispatchEvent(new Event("pagehide"));
    await page.clock.advance(0);
    assert.equal(page.server.text(), "a");
  });

  test("it is held open only when text is neither saved nor kept", async () => {
    const leave = ({ window }) => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    const page = openPage();
    const events = connect(page);
    page.type("a");
    assert.equal(leave(events), true);
    const bare = openPage({ drafts: null });
    const bareEvents = connect(bare);
    assert.equal(leave(bareEvents), true);
    bare.type("a");
    assert.equal(leave(bareEvents), false);
  });
});

describe("a tab", () => {
  function storage(initial = {}) {
    const values = new Map(Object.entries(initial));
    return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value) };
  }

  test("keeps its id over a reload", async () => {
    const window = { sessionStorage: storage() };
    const tab = await claimTab({ window, presence: agePresence() });
    assert.equal(await claimTab({ window, presence: agePresence() }), tab);
  });

  test("that was duplicated takes another id", async () => {
    const held = new Set(["one"]);
    const presence = { claim: async (tab) => !held.has(tab) };
    const window = { sessionStorage: storage({ "draft-tab": "one" }) };
    const tab = await claimTab({ window, presence });
    assert.notEqual(tab, "one");
    assert.equal(await claimTab({ window, presence }), tab);
  });

  test("without storage has an id all the same", async () => {
    const window = {
      get sessionStorage() {
        throw new Error("SecurityError");
      },
    };
    assert.match(await claimTab({ window, presence: agePresence() }), /^[0-9a-f]{32}$/);
  });

  test("holds a lock while it is open, where there are locks", async () => {
    const held = new Map();
    const locks = {
      request: (name, options, work = options) =>
        held.has(name)
          ? new Promise((_, reject) => options.signal.addEventListener("abort", () => reject(options.signal.reason)))
          : Promise.resolve(held.set(name, true)).then(work),
      query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
    };
    const presence = lockPresence(locks);
    assert.equal(await presence.claim("one"), true);
    assert.equal(await presence.isAlive({ tab: "one" }), true);
    assert.equal(await presence.isAlive({ tab: "two" }), false);
    assert.equal(await lockPresence(locks).claim("one"), false);
  });

  test("answers when it is called, where there are no locks", async (t) => {
    const channels = [1, 2].map(() => new BroadcastChannel("draft-tabs"));
    t.after(() => channels.forEach((channel) => channel.close()));
    const [first, second] = channels.map(channelPresence);
    assert.equal(await first.claim("one"), true);
    assert.equal(await second.claim("one"), false);
    assert.equal(await second.claim("two"), true);
    assert.equal(await first.isAlive({ tab: "two" }), true);
    assert.equal(await first.isAlive({ tab: "three" }), false);
  });

  test("is taken for closed after ten silent seconds, where there is nothing else", async () => {
    const presence = agePresence(() => 20_000);
    assert.equal(await presence.isAlive({ tab: "a", updated_at: 10_001 }), true);
    assert.equal(await presence.isAlive({ tab: "a", updated_at: 10_000 }), false);
    assert.equal(await openPresence({}).isAlive({ tab: "a", updated_at: Date.now() }), true);
  });
});

test("a browser without storage refuses with the reason", async () => {
  await assert.rejects(openDrafts({ indexedDB: undefined }), { name: "DraftsError", reason: "unavailable" });
  const broken = {
    open() {
      throw new Error("SecurityError");
    },
  };
  await assert.rejects(openDrafts({ indexedDB: broken }), { reason: "unavailable" });
});
