import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords } from "../../static/pages/cors-words.js";
import { AddressCheck, outcomeOf, readAddress, twoLines } from "../../static/runner/address-check.js";
import { readMessage } from "../../static/runner/protocol.js";

const HTTPS = { protocol: "https:", host: "school.example" };
const HTTP = { protocol: "http:", host: "127.0.0.1:8000" };

test("an address is read as it is, or taken to begin with https", () => {
  for (const [typed, url] of [
    [" https://api.github.com/zen ", "https://api.github.com/zen"],
    ["api.github.com/zen?q=a b#part", "https://api.github.com/zen?q=a%20b"],
    ["HTTPS://API.example.org:8443", "https://api.example.org:8443/"],
    ["https://bücher.example/", "https://xn--bcher-kva.example/"],
    ["https://127.0.0.1:9/x", "https://127.0.0.1:9/x"],
  ]) {
    assert.equal(readAddress(typed, HTTPS).url, url);
  }
  assert.equal(readAddress("http://data.example/", HTTP).url, "http://data.example/");
});

test("what no browser would ask is said before anybody asks", () => {
  for (const [typed, outcome] of [
    ["  ", "empty"],
    ["https://", "no-address"],
    ["not an address", "no-address"],
    ["https://a.example:99999/", "no-address"],
    ["\u0000", "no-address"],
    ["javascript:alert(1)", "no-address"],
    ["https://\ud800.example/", "no-address"],
    ["javascript://a.example/%0aalert(1)", "no-web-address"],
    ["ftp://a.example/", "no-web-address"],
    ["file:///etc/passwd", "no-web-address"],
    ["postgres://db.example/x", "no-web-address"],
    ["https://me:secret@a.example/", "has-password"],
    ["https://wikipedia", "short-name"],
    ["https://school.example/projects/", "this-site"],
    [`https://a.example/${"x".repeat(1_000_000)}`, "too-long"],
  ]) {
    assert.equal(readAddress(typed, HTTPS).outcome, outcome, typed.slice(0, 60));
  }
  const plain = readAddress("http://a.example/x", HTTPS);
  assert.deepEqual([plain.outcome, plain.secure], ["not-https", "https://a.example/x"]);
});

test("what came of it is told apart as far as a browser does", () => {
  const failed = { outcome: "failed", isOnline: true, isForbidden: false, answers: false };
  const cases = [
    [{ outcome: "answered", status: 200 }, "works"],
    [{ outcome: "answered", status: 404 }, "refuses"],
    [{ outcome: "late" }, "late"],
    [failed, "silent"],
    [{ ...failed, answers: true }, "cors"],
    [{ ...failed, answers: null }, "unknown"],
    [{ ...failed, isForbidden: true }, "forbidden"],
    [{ ...failed, isOnline: false, isForbidden: true }, "offline"],
  ];
  for (const [tried, outcome] of cases) assert.equal(outcomeOf(tried), outcome);
});

test("every outcome has words, with the values put in", () => {
  const facts = { host: "a.example", status: 404, secure: "https://a.example/" };
  const outcomes = [
    "works",
    "refuses",
    "late",
    "offline",
    "forbidden",
    "cors",
    "silent",
    "unknown",
    "empty",
    "too-long",
  ];
  for (const outcome of [
    ...outcomes,
    "no-address",
    "no-web-address",
    "has-password",
    "short-name",
    "this-site",
    "not-https",
  ]) {
    const { title, sentences } = inWords(outcome, facts);
    assert.ok(title && sentences.length, outcome);
    assert.doesNotMatch(sentences.join(" "), /%\(|undefined/, outcome);
  }
  for (const status of [400, 401, 403, 404, 429, 500, 503])
    assert.equal(inWords("refuses", { status }).sentences.length, 2);
});

test("the two lines are Python whatever stands in the address", () => {
  assert.equal(
    twoLines("https://a.example/?a='\\", "application/json; charset=utf-8"),
    'import requests\nprint(requests.get("https://a.example/?a=\'\\\\").json())\n',
  );
  assert.match(twoLines("https://a.example/", "text/html"), /\.text\)\n$/);
});

test("the frame is asked, opened anew after it failed, and what it says is checked", async () => {
  const sent = [];
  let heard;
  let fails = true;
  const connect = async (_frame, _url, onMessage) => {
    if (fails) throw new Error("did not open");
    heard = (message) => onMessage(readMessage(message));
    return { send: (order) => sent.push(order) };
  };
  const check = new AddressCheck({ frame: {}, url: "/frame/", connect });
  await assert.rejects(check.ask("https://a.example/"), /did not open/);
  fails = false;
  const asked = check.ask("https://a.example/");
  await new Promise(setImmediate);
  assert.deepEqual(sent, [{ type: "try", attempt: 1, url: "https://a.example/" }]);
  heard({ type: "tried", attempt: 7, outcome: "answered" });
  heard({ type: "tried", attempt: 1, outcome: "odd", status: "200", contentType: {}, answers: "yes", isOnline: 1 });
  const { outcome, status, contentType, answers, isOnline } = await asked;
  assert.deepEqual([outcome, status, contentType, answers, isOnline], ["failed", 0, "", null, true]);

  const broken = check.ask("https://b.example/");
  await new Promise(setImmediate);
  heard({ type: "broken", message: "x" });
  await assert.rejects(broken, /x/);
});
