import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { clock, day, decimal, whole } from "../../static/language/formats.js";
import { gettext, interpolate, ngettext, pgettext } from "../../static/language/gettext.js";

afterEach(() => {
  delete globalThis.django;
  delete globalThis.document;
});

test("without a catalogue the English text is shown, in the form that the count wants", () => {
  assert.equal(gettext("Run"), "Run");
  assert.equal(pgettext("verb", "Open"), "Open");
  const lines = (count) => interpolate(ngettext("%(count)s line", "%(count)s lines", count), { count });
  assert.deepEqual([0, 1, 2].map(lines), ["0 lines", "1 line", "2 lines"]);
});

test("with a catalogue its texts are shown, looked up when they are needed", () => {
  globalThis.django = {
    gettext: (text) => `‹${text}›`,
    ngettext: (_one, many, count) => `‹${count === 0 ? "none of " : ""}${many}›`,
    pgettext: (context, text) => `‹${context}: ${text}›`,
  };
  assert.equal(gettext("Run"), "‹Run›");
  assert.equal(ngettext("line", "lines", 0), "‹none of lines›");
  assert.equal(pgettext("verb", "Open"), "‹verb: Open›");
});

test("an element of the page that is called django is no catalogue", () => {
  globalThis.django = { tagName: "A" };
  assert.equal(gettext("Run"), "Run");
});

test("values go to the places that have their names, and nothing in them is a place", () => {
  const values = { first: "%(second)s", second: "$& 100 %" };
  assert.equal(
    interpolate("%(second)s before %(first)s, %(unknown)s", values),
    "$& 100 % before %(second)s, %(unknown)s",
  );
});

test("times and numbers are written as in the language of the page", () => {
  const iso = new Date(2026, 2, 5, 9, 7).toISOString();
  assert.deepEqual([clock(iso), day(iso)], ["09:07", "5 Mar"]);
  assert.deepEqual([whole(12_000), decimal(1234.56, 1), decimal(2, 2)], ["12,000", "1234.6", "2.00"]);
  globalThis.document = { documentElement: { lang: "de" } };
  assert.deepEqual([whole(12_000), decimal(1234.56, 1), day(iso)], ["12.000", "1234,6", "5. März"]);
});
