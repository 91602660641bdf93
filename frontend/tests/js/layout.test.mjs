import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, describe, it } from "node:test";
import vm from "node:vm";
import { ariaShortcut, isShortcut, shortcutInWords } from "../../static/layout/shortcuts.js";
import { BIG_STEP_PX, percentOf, STEP_PX, shareOf, sizeAfterDrag, sizeAfterKey } from "../../static/layout/split.js";
import { keepChoices } from "../../static/pages/kept-choices.js";

describe("a divider", () => {
  const key = (name, place, shiftKey = false) => sizeAfterKey({ key: name, shiftKey }, place);
  const leftPanel = { axis: "x", grows: 1, size: 200, total: 1000 };
  const rightPanel = { axis: "x", grows: -1, size: 400, total: 1000 };
  const lowerPanel = { axis: "y", grows: -1, size: 300, total: 700 };

  it("moves the way the arrow points, whichever side its panel is on", () => {
    assert.equal(key("ArrowRight", leftPanel), 200 + STEP_PX);
    assert.equal(key("ArrowLeft", rightPanel), 400 + STEP_PX);
    assert.equal(key("ArrowUp", lowerPanel), 300 + STEP_PX);
    assert.equal(key("ArrowDown", lowerPanel, true), 300 - BIG_STEP_PX);
  });

  it("leaves other keys to the page", () => {
    assert.equal(key("ArrowUp", leftPanel), null);
    assert.equal(key("ArrowLeft", lowerPanel), null);
    assert.equal(key("a", leftPanel), null);
  });

  it("goes to its ends with Home and End", () => {
    assert.equal(key("Home", rightPanel), 0);
    assert.equal(key("End", rightPanel), 1000);
  });

  it("never asks for less than nothing or more than there is", () => {
    assert.equal(key("ArrowLeft", { ...leftPanel, size: 5 }), 0);
    assert.equal(sizeAfterDrag(5000, leftPanel), 1000);
    assert.equal(sizeAfterDrag(5000, rightPanel), 0);
    assert.equal(sizeAfterDrag(-50, { ...leftPanel, total: 0 }), 0);
  });

  it("tells its place in whole percent, in a window without room too", () => {
    assert.equal(percentOf(333, 1000), 33);
    assert.equal(percentOf(10, 0), 0);
    assert.equal(percentOf(2000, 1000), 100);
  });

  it("keeps a share from which both panels come back", () => {
    assert.equal(shareOf(0, 1000), 1);
    assert.equal(shareOf(1000, 1000), 99);
    assert.equal(shareOf(421.37, 1000), 42.1);
    assert.equal(shareOf(0, 0), 50);
  });
});

describe("a shortcut", () => {
  const press = (key, modifiers = {}) => ({
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    getModifierState: (name) => name === "AltGraph" && Boolean(modifiers.altGraph),
    ...modifiers,
  });

  it("is Ctrl or ⌘ with the key, and nothing more", () => {
    assert.ok(isShortcut(press("Enter", { ctrlKey: true }), "Mod-Enter"));
    assert.ok(isShortcut(press("Enter", { metaKey: true }), "Mod-Enter"));
    assert.ok(!isShortcut(press("Enter"), "Mod-Enter"));
    assert.ok(!isShortcut(press("Enter", { ctrlKey: true, shiftKey: true }), "Mod-Enter"));
    assert.ok(!isShortcut(press("F6", { shiftKey: true }), "F6"));
  });

  it("finds a digit by its place, whatever Shift makes of it", () => {
    assert.ok(isShortcut(press('"', { ctrlKey: true, shiftKey: true, code: "Digit2" }), "Mod-Shift-2"));
    assert.ok(!isShortcut(press("2", { ctrlKey: true, shiftKey: true, code: "Digit3" }), "Mod-Shift-2"));
  });

  it("finds a letter with Alt by its place, too: a Mac types another character then", () => {
    assert.ok(isShortcut(press("Ï", { altKey: true, shiftKey: true, code: "KeyF" }), "Shift-Alt-f"));
  });

  it("is never what AltGr types", () => {
    assert.ok(!isShortcut(press("s", { ctrlKey: true, altGraph: true }), "Mod-s"));
  });

  it("holds with Caps Lock on", () => {
    assert.ok(isShortcut(press("S", { ctrlKey: true }), "Mod-s"));
  });

  it("is told as the machine's keyboard shows it", () => {
    assert.equal(shortcutInWords("Mod-Shift-1", false), "Ctrl+Shift+1");
    assert.equal(shortcutInWords("Mod-Shift-1", true), "⌘⇧1");
    assert.equal(shortcutInWords("Escape Tab", false), "Esc, then Tab");
    assert.equal(shortcutInWords("Alt-ArrowUp", false), "Alt+↑");
  });

  it("is told to assistive technology", () => {
    assert.equal(ariaShortcut("Mod-Enter"), "Control+Enter Meta+Enter");
    assert.equal(ariaShortcut("Shift-F1"), "Shift+F1");
    assert.equal(ariaShortcut("F9"), "F9");
  });
});

describe("what was chosen on this device", () => {
  afterEach(() => {
    delete globalThis.localStorage;
  });

  it("is applied before the page is drawn", () => {
    const root = applied({ theme: "contrast", size: "large", console: "below", filesWidth: 240, belowShare: 30 });
    assert.deepEqual(root.dataset, { theme: "contrast", size: "large", console: "below" });
    assert.deepEqual(root.properties, {
      "--files-width": "240px",
      "--code-below": "70fr",
      "--output-below": "30fr",
    });
  });

  for (const nonsense of [
    "null",
    "[]",
    '"dark"',
    "{",
    '{"theme": "<b>", "size": 7, "console": "left", "files": true}',
    '{"filesWidth": "100vw", "rightShare": 140, "belowShare": null, "presentedSize": -1}',
    '{"filesWidth": 1e308, "rightShare": 0}',
  ]) {
    it(`is left alone when it reads ${nonsense}`, () => {
      const root = applied(nonsense);
      assert.deepEqual(root.dataset, {});
      assert.deepEqual(root.properties, {});
    });
  }

  it("is left alone where storage is switched off", () => {
    assert.deepEqual(applied(null).dataset, {});
  });

  it("asks for more contrast where the device does, and follows a change", () => {
    const root = applied({}, { wantsContrast: true });
    assert.ok(root.hasMoreContrast);
    root.change(false);
    assert.ok(!root.hasMoreContrast);
  });

  it("adds to what was kept, forgets what is undefined, and survives a full disk", () => {
    const kept = { appearance: '{"theme": "dark", "filesWidth": 200}' };
    globalThis.localStorage = { getItem: (name) => kept[name], setItem: (name, text) => (kept[name] = text) };
    keepChoices({ filesWidth: undefined, rightShare: 40 });
    assert.deepEqual(JSON.parse(kept.appearance), { theme: "dark", rightShare: 40 });
    kept.appearance = "{broken";
    keepChoices({ theme: "light" });
    assert.deepEqual(JSON.parse(kept.appearance), { theme: "light" });
    globalThis.localStorage.setItem = () => {
      throw new Error("QuotaExceededError");
    };
    keepChoices({ theme: "dark" });
    assert.deepEqual(JSON.parse(kept.appearance), { theme: "light" });
  });
});

/** What pages/appearance.js makes of `kept`: an object, text, or null for storage that cannot be read. */
function applied(kept, { wantsContrast = false } = {}) {
  const root = {
    dataset: {},
    properties: {},
    hasMoreContrast: false,
    style: { setProperty: (name, value) => (root.properties[name] = value) },
    toggleAttribute: (_name, isOn) => (root.hasMoreContrast = isOn),
  };
  const preference = { matches: wantsContrast, addEventListener: (_type, listener) => (preference.follow = listener) };
  root.change = (matches) => {
    preference.matches = matches;
    preference.follow();
  };
  const localStorage = {
    getItem() {
      if (kept === null) throw new Error("SecurityError");
      return typeof kept === "string" ? kept : JSON.stringify(kept);
    },
  };
  const source = readFileSync(new URL("../../static/pages/appearance.js", import.meta.url), "utf8");
  vm.runInNewContext(source, { document: { documentElement: root }, localStorage, matchMedia: () => preference });
  return root;
}
