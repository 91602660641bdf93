import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";

import { codeHash } from "../../static/saving/code-hash.js";
import { toMap } from "../../static/saving/content.js";
import { createHandInSender } from "../../static/saving/hand-in-send.js";
import { HandingIn } from "../../static/saving/handing-in.js";
import { sha256 } from "../../static/saving/sha256.js";
import { Clock, calm, openPage } from "./saving-fakes.mjs";

const files = (text) => toMap([{ path: "main.py", text }]);
const SECONDS = 1000;

describe("a hash", () => {
  test("is SHA-256, whatever the length", () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + 7) % 256);
      assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"), `${length} bytes`);
    }
  });

  test("of code is the server's", () => {
    // assessment/tests/test_handing_in.py has the same files and the same hash
    const code = toMap([
      { path: "main.py", text: "print('é')\n" },
      { path: "data/a.bin", base64: "AP8=" },
    ]);
    assert.equal(codeHash(code), "326f72eab42cfad7b49fe3b8d114f70c8a51630ee2d8f9b3dab5216e7af12b24");
    assert.equal(codeHash(new Map([...code].reverse())), codeHash(code));
    assert.notEqual(
      codeHash(files("x")),
      codeHash(
        toMap([
          { path: "main.py", text: "x" },
          { path: "b.py", text: "" },
        ]),
      ),
    );
  });
});

describe("storing what is handed in", () => {
  test("makes a revision of its own before what is typed meanwhile", async () => {
    const page = openPage();
    page.server.isOffline = true;
    page.type("early");
    await page.clock.advance(2 * SECONDS);
    page.type("handed in");
    const stored = page.saver.store(page.workspace.files);
    page.type("typed on");
    page.server.isOffline = false;
    await page.clock.advance(60 * SECONDS);
    assert.deepEqual(page.server.texts(), ["early", "handed in", "typed on"]);
    assert.equal(await stored, 3);
    assert.equal(page.saver.state, "saved");
  });

  test("asks nothing of the server where it has these files", async () => {
    const page = openPage();
    assert.equal(await page.saver.store(page.workspace.files), 1);
    page.type("more");
    assert.equal(await page.saver.store(files("print(1)\n")), 1);
    await page.clock.advance(3 * SECONDS);
    assert.deepEqual(page.server.texts(), ["more"]);
  });

  test("waits for a choice to be made first", async () => {
    const page = openPage();
    page.server.saveElsewhere([{ path: "main.py", text: "theirs" }]);
    page.type("mine");
    assert.equal(await page.saver.store(page.workspace.files), null);
    assert.equal(page.saver.state, "conflict");
    assert.equal(await page.saver.store(page.workspace.files), null);
    await page.saver.resolve("mine");
    assert.equal(await page.saver.store(page.workspace.files), 3);
  });
});

/** A page on which something is handed in; `answers` are the outcomes to come, then everything is taken. */
function openDesk({ records = new Map(), answers = [], storeFiles = async () => 7 } = {}) {
  const clock = new Clock();
  const store = {
    put: async (record) => records.set(record.key, structuredClone(record)),
    listFor: async () => structuredClone([...records.values()]),
    remove: async (_user, _project, key) => records.delete(key),
  };
  const desk = { clock, records, sent: [], states: [], done: [], refused: [] };
  const send = async (record) => {
    desk.sent.push(structuredClone(record));
    return answers.shift() ?? { kind: "handed-in", attempt: { attempt: desk.sent.length } };
  };
  let keys = 0;
  desk.handing = new HandingIn({
    store,
    send,
    storeFiles,
    about: { user: "ada", project: "p", title: "Greeting", page: "/e/", url: "/h/", runtime_version: "314" },
    now: clock.now,
    timers: clock,
    random: () => 0.5,
    newKey: () => `key-${(keys += 1)}`,
  });
  for (const [type, list] of [
    ["state", desk.states],
    ["done", desk.done],
    ["refused", desk.refused],
  ]) {
    desk.handing.addEventListener(`hand-in:${type}`, ({ detail }) => list.push(detail));
  }
  return desk;
}

const offline = { kind: "retry", message: "You are offline.", after_ms: null };

describe("handing in", () => {
  test("goes to the server with the revision that holds the text, and is forgotten", async () => {
    const desk = openDesk();
    await desk.handing.handIn(files("a"), [{ test: "t" }]);
    const [record] = desk.sent;
    assert.deepEqual([record.revision, record.code_hash, record.results], [7, codeHash(files("a")), [{ test: "t" }]]);
    assert.equal(record.client_at, new Date(desk.clock.now()).toISOString());
    assert.deepEqual([desk.done, desk.records.size, desk.handing.isWaiting], [[{ attempt: 1 }], 0, false]);
  });

  test("without network waits on this device, and goes once with the time it had", async () => {
    const desk = openDesk({ answers: [offline, offline] });
    await desk.handing.handIn(files("a"), null);
    assert.equal(desk.states.at(-1).problem, "You are offline.");
    assert.deepEqual([desk.records.size, desk.states.at(-1).isKept], [1, true]);
    await desk.clock.advance(60 * SECONDS);
    assert.deepEqual([desk.sent.length, desk.done.length, desk.records.size], [3, 1, 0]);
    assert.equal(new Set(desk.sent.map(({ key, client_at }) => key + client_at)).size, 1);
  });

  test("goes on when the page is opened again", async () => {
    const closed = openDesk({ answers: [offline] });
    await closed.handing.handIn(files("a"), null);
    const desk = openDesk({ records: closed.records });
    await desk.handing.start();
    assert.deepEqual([desk.sent[0].key, desk.sent[0].client_at], [closed.sent[0].key, closed.sent[0].client_at]);
    assert.equal(desk.records.size, 0);
  });

  test("keeps the order of two that wait", async () => {
    const desk = openDesk({ answers: [offline] });
    await desk.handing.handIn(files("a"), null);
    await desk.clock.advance(10);
    await desk.handing.handIn(files("b"), null);
    await desk.clock.advance(60 * SECONDS);
    const texts = desk.sent.map((record) => record.files[0].text);
    assert.deepEqual([texts.at(-2), texts.at(-1), desk.done.length], ["a", "b", 2]);
  });

  test("that is refused is told and not sent again", async () => {
    const desk = openDesk({ answers: [{ kind: "refused", message: "It closed." }] });
    await desk.handing.handIn(files("a"), null);
    await desk.clock.advance(60 * SECONDS);
    assert.deepEqual([desk.refused[0].message, desk.sent.length, desk.records.size], ["It closed.", 1, 0]);
  });

  test("waits while a choice between two texts is to be made", async () => {
    let revision = null;
    const desk = openDesk({ storeFiles: async () => revision });
    await desk.handing.handIn(files("a"), null);
    assert.deepEqual([desk.sent.length, desk.records.size], [0, 1]);
    revision = 4;
    desk.handing.retryNow();
    await calm();
    assert.equal(desk.sent[0].revision, 4);
  });
});

test("answers of the server are told apart", async () => {
  const answering = (status, body) => async () =>
    new Response(JSON.stringify(body), { status, headers: { "Retry-After": "60" } });
  const kinds = {};
  for (const [status, body] of [
    [200, { attempt: 2 }],
    [200, {}],
    [401, { error: "Somebody else." }],
    [403, { error: "It closed." }],
    [409, { error: "Not as saved." }],
    [429, { error: "Too often." }],
    [500, {}],
  ]) {
    const send = createHandInSender({ csrfToken: () => "t", fetch: answering(status, body) });
    (kinds[status] ??= []).push((await send({ url: "/h/", user: "ada" })).kind);
  }
  assert.deepEqual(kinds, {
    200: ["handed-in", "retry"],
    401: ["signed-out"],
    403: ["refused"],
    409: ["refused"],
    429: ["retry"],
    500: ["retry"],
  });
});
