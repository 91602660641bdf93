import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { createSender } from "../../static/saving/send.js";

const REQUEST = { base: 4, key: "k", files: [{ path: "a.py", text: "1" }] };
const RECEIPT = { revision: 5, saved_at: "2026-11-03T10:42:00+00:00" };

function json(status, body, headers = {}) {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** Send to a server that gives this answer; `calls` holds what it was sent. */
function senderTo(answer, options = {}) {
  const calls = [];
  const fetch = async (url, init) => {
    calls.push({ url, ...init });
    return typeof answer === "function" ? answer(init) : answer;
  };
  const send = createSender({ url: "/save/", csrfToken: () => "token", fetch, ...options });
  return { send, calls };
}

const outcomeOf = (answer, request = REQUEST) => senderTo(answer).send(request);

describe("the request", () => {
  test("is same-origin JSON with the token and follows no redirect", async () => {
    const { send, calls } = senderTo(json(200, RECEIPT), { user: "ada" });
    await send(REQUEST);
    const [{ url, method, headers, credentials, redirect, body, keepalive }] = calls;
    assert.deepEqual([url, method, keepalive], ["/save/", "POST", true]);
    assert.deepEqual([credentials, redirect], ["same-origin", "manual"]);
    assert.deepEqual(JSON.parse(body), REQUEST);
    assert.equal(headers["X-CSRFToken"], "token");
    assert.equal(headers.Accept, "application/json");
    assert.equal(headers["X-Draft-User"], "ada");
  });

  test("leaves in the caller's turn", () => {
    const { send, calls } = senderTo(json(200, RECEIPT));
    send(REQUEST);
    assert.equal(calls.length, 1);
  });

  test("outlives its page up to 60 KiB, counted in bytes", async () => {
    for (const [text, keepalive] of [
      ["x".repeat(59_000), true],
      ["x".repeat(61_440), false],
      ["ü".repeat(31_000), false],
    ]) {
      const { send, calls } = senderTo(json(200, RECEIPT));
      await send({ ...REQUEST, files: [{ path: "a.py", text }] });
      assert.equal(calls[0].keepalive, keepalive);
    }
  });

  test("is given up after its time", async () => {
    const hang = ({ signal }) => new Promise((_, reject) => (signal.onabort = () => reject(signal.reason)));
    const outcome = await senderTo(hang, { timeout_ms: 20 }).send(REQUEST);
    assert.deepEqual([outcome.kind, outcome.message], ["retry", "The server takes too long to answer."]);
  });

  test("whose answer begins and never ends is given up after its time", async () => {
    const endless = ({ signal }) =>
      new Response(
        new ReadableStream({
          start: (controller) => signal.addEventListener("abort", () => controller.error(signal.reason)),
        }),
      );
    assert.equal((await senderTo(endless, { timeout_ms: 20 }).send(REQUEST)).kind, "retry");
  });
});

describe("saved means", () => {
  test("a receipt with a later revision", async () => {
    const saved = { kind: "saved", revision: 5, savedAt: RECEIPT.saved_at };
    assert.deepEqual(await outcomeOf(json(200, RECEIPT)), saved);
  });

  test("the same revision where nothing was to be saved", async () => {
    const empty = { ...REQUEST, files: [] };
    assert.equal((await outcomeOf(json(200, { ...RECEIPT, revision: 4 }), empty)).kind, "saved");
  });

  for (const [name, answer] of Object.entries({
    "the same revision": () => json(200, { ...RECEIPT, revision: 4 }),
    "an earlier revision": () => json(200, { ...RECEIPT, revision: 3 }),
    "a revision that is no number": () => json(200, { ...RECEIPT, revision: "5" }),
    "no revision": () => json(200, { saved_at: RECEIPT.saved_at }),
    "no time": () => json(200, { revision: 5 }),
    "a time that is none": () => json(200, { revision: 5, saved_at: "soon" }),
    null: () => json(200, null),
    "an HTML page": () => new Response("<!doctype html><title>Sign in</title>", { status: 200 }),
    "a truncated body": () => new Response('{"revision": 5, "saved_', { status: 200 }),
    "another success": () => json(201, RECEIPT),
  })) {
    test(`never ${name}`, async () => {
      assert.equal((await outcomeOf(answer())).kind, "retry");
    });
  }
});

describe("a conflict", () => {
  const state = { error: "Saved elsewhere.", revision: 7, saved_at: RECEIPT.saved_at, author: "Ada", files: [] };

  test("comes with the whole other version", async () => {
    const files = [
      { path: "a.py", text: "" },
      { path: "b", base64: "AP8=" },
    ];
    assert.deepEqual(await outcomeOf(json(409, { ...state, files })), {
      kind: "conflict",
      revision: 7,
      savedAt: RECEIPT.saved_at,
      author: "Ada",
      files,
      message: "Saved elsewhere.",
    });
  });

  for (const [name, change] of Object.entries({
    "no files": { files: undefined },
    "a file without content": { files: [{ path: "a.py" }] },
    "broken base64": { files: [{ path: "a.py", base64: "%%%" }] },
    "the revision this side has": { revision: 4 },
  })) {
    test(`with ${name} is not believed`, async () => {
      assert.equal((await outcomeOf(json(409, { ...state, ...change }))).kind, "retry");
    });
  }
});

describe("a failure", () => {
  test("of the content is final and says which file", async () => {
    assert.deepEqual(await outcomeOf(json(400, { error: "Bad name.", path: "a.py" })), {
      kind: "refused",
      message: "Bad name.",
      path: "a.py",
    });
    assert.equal((await outcomeOf(json(413, { error: "Too large." }))).kind, "refused");
    assert.equal((await outcomeOf(new Response("<h1>Too large</h1>", { status: 413 }))).kind, "refused");
  });

  test("that a proxy made of the request is not final", async () => {
    assert.equal((await outcomeOf(new Response("<h1>400</h1>", { status: 400 }))).kind, "retry");
  });

  test("for want of a session names a sign-in page of this site only", async () => {
    const signIn = async (address) => (await outcomeOf(json(401, { error: "x", sign_in: address }))).signIn;
    assert.equal((await outcomeOf(json(401, {}))).kind, "signed-out");
    assert.equal(await signIn("/login/demo/?next=/projects/"), "/login/demo/?next=/projects/");
    for (const address of ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", 1]) {
      assert.equal(await signIn(address), null);
    }
  });

  test("that is a redirect is taken for a lost session", async () => {
    assert.equal((await outcomeOf({ type: "opaqueredirect", status: 0, text: async () => "" })).kind, "signed-out");
    assert.equal((await outcomeOf(new Response(null, { status: 302 }))).kind, "signed-out");
  });

  test("of permission or of the server is tried again", async () => {
    const refusal = await outcomeOf(json(403, { error: "Not yours." }));
    assert.deepEqual([refusal.kind, refusal.message], ["retry", "Not yours."]);
    for (const status of [403, 404, 405, 500, 502, 504]) {
      assert.equal((await outcomeOf(new Response("<h1>no</h1>", { status }))).kind, "retry");
    }
  });

  test("of the network is tried again", async () => {
    const outcome = await outcomeOf(() => {
      throw new TypeError("Failed to fetch");
    });
    assert.equal(outcome.kind, "retry");
  });

  test("with Retry-After is tried again when the server says", async () => {
    const after = async (value) => (await outcomeOf(json(503, {}, value ? { "Retry-After": value } : {}))).after_ms;
    assert.equal(await after("7"), 7000);
    assert.equal(await after(null), null);
    assert.equal(await after("nonsense"), null);
    assert.equal(await after("99999999"), 300_000);
    assert.equal(await after("Mon, 01 Jan 2001 00:00:00 GMT"), 0);
    const inAMinute = await after(new Date(Date.now() + 60_000).toUTCString());
    assert.ok(inAMinute > 57_000 && inAMinute <= 60_000);
  });
});
