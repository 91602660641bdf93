import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gettext, interpolate, ngettext, pgettext } from "../../static/language/gettext.js";

afterEach(() => delete globalThis.django);

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
