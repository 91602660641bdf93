/*
 * Shortcuts are written as CodeMirror writes them: "Mod-Shift-1", where Mod is Ctrl, and ⌘ on a Mac. Several keys pressed
 * one after the other are parted by a space.
 */
const MODIFIERS = ["Mod", "Ctrl", "Alt", "Shift"];
const NAMES = { Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
const MAC_SIGNS = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const PC_NAMES = { Mod: "Ctrl" };
const ARIA_NAMES = { Mod: ["Control", "Meta"] };

/** Whether `event` (of a key going down) is the shortcut `keys`. AltGr types characters: it never is one. */
export function isShortcut(event, keys) {
  const { modifiers, key } = parse(keys);
  if (event.getModifierState("AltGraph")) return false;
  if ((event.ctrlKey || event.metaKey) !== modifiers.includes("Mod")) return false;
  if (event.altKey !== modifiers.includes("Alt") || event.shiftKey !== modifiers.includes("Shift")) return false;
  // With Shift a digit's key gives another character, a different one on each keyboard; so does a letter's with Alt on a Mac.
  if (/^\d$/.test(key)) return event.code === `Digit${key}`;
  if (event.altKey && /^[a-z]$/.test(key)) return event.code === `Key${key.toUpperCase()}`;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** The shortcut for people: "Ctrl+Shift+1", on a Mac "⌘⇧1". */
export function shortcutInWords(keys, isMac) {
  return keys
    .split(" ")
    .map((stroke) => {
      const { modifiers, key } = parse(stroke);
      const names = modifiers.map((name) => (isMac ? MAC_SIGNS[name] : (PC_NAMES[name] ?? name)));
      const last = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
      return [...names, last].join(isMac ? "" : "+");
    })
    .join(", then ");
}

/** The shortcut as the attribute `aria-keyshortcuts` wants it. */
export function ariaShortcut(keys) {
  const { modifiers, key } = parse(keys);
  const start = ARIA_NAMES[modifiers[0]] ?? modifiers.slice(0, 1);
  const rest = [...modifiers.slice(1), key];
  return start.length ? start.map((first) => [first, ...rest].join("+")).join(" ") : key;
}

/** Whether shortcuts on this device are those of a Mac, or of an iPad with a keyboard. */
export function isMacLike({ platform }) {
  return /^(Mac|iP)/.test(platform);
}

function parse(keys) {
  const parts = keys.split("-");
  return { modifiers: MODIFIERS.filter((name) => parts.includes(name)), key: parts.at(-1) };
}
