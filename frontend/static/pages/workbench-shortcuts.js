import { gettext } from "../language/gettext.js";
import { ariaShortcut, isMacLike, isShortcut, shortcutInWords } from "../layout/shortcuts.js";

/**
 * The shortcuts of a page where people work. One table serves the keys, the titles of the buttons that do the same, and
 * the list that the person sees, so that they cannot differ.
 *
 * Keys are chosen so that no browser, screen reader (NVDA, JAWS, VoiceOver, ChromeVox) or keyboard with AltGr needs them:
 * none has Ctrl+Alt.
 *
 * `actions` holds what each does, by name; a shortcut without an action is none of this page's. `editorKeys` are the
 * editor's own, which it listens to itself.
 */
export function wireShortcuts({ actions, editorKeys, dialog, list, buttons }) {
  const isMac = isMacLike(navigator);
  const groups = [
    {
      title: gettext("Program"),
      shortcuts: [
        { name: "run", keys: "Mod-Enter", words: gettext("Run") },
        { name: "stop", keys: "Mod-Shift-Enter", words: gettext("Stop") },
        { name: "check", keys: "Shift-Alt-Enter", words: gettext("Check") },
        { name: "save", keys: "Mod-s", words: gettext("Save now") },
      ],
    },
    {
      title: gettext("Moving about"),
      shortcuts: [
        { name: "files", keys: "Mod-Shift-1", words: gettext("Go to the files") },
        { name: "task", keys: "Mod-Shift-1", words: gettext("Go to the task") },
        { name: "code", keys: "Mod-Shift-2", words: gettext("Go to the code") },
        { name: "console", keys: "Mod-Shift-3", words: gettext("Go to the console") },
        { name: "input", keys: "Mod-Shift-4", words: gettext("Go to the program's input") },
        { name: "nextPanel", keys: "F6", words: gettext("Next panel") },
        { name: "previousPanel", keys: "Shift-F6", words: gettext("Previous panel") },
      ],
    },
    {
      title: gettext("Page"),
      shortcuts: [
        { name: "present", keys: "F9", words: gettext("Present, and end presentation") },
        { name: "shortcuts", keys: "Shift-F1", words: gettext("This list") },
      ],
    },
    {
      title: gettext("Program input"),
      shortcuts: [
        { keys: "ArrowUp", words: gettext("Earlier answer") },
        { keys: "ArrowDown", words: gettext("Later answer") },
        { keys: "Ctrl-d", words: gettext("End the input") },
        { keys: "Ctrl-c", words: gettext("Stop, if nothing is selected") },
      ],
    },
    {
      title: gettext("Code editor"),
      shortcuts: [
        ...editorKeys,
        { name: "format", keys: "Shift-Alt-f", words: gettext("Format the code") },
        { name: "hints", keys: "Mod-Shift-m", words: gettext("List the hints") },
      ],
    },
    {
      title: gettext("Dividers between panels"),
      shortcuts: [
        { keys: "Arrows", words: gettext("Move (with Shift: further)") },
        { keys: "Home", words: gettext("As small as possible") },
        { keys: "End", words: gettext("As large as possible") },
        { keys: "Enter", words: gettext("Hide the panel at the side, or show it") },
      ],
    },
  ];
  const table = groups.map(({ title, shortcuts }) => ({
    title,
    shortcuts: shortcuts.filter(({ name }) => !name || name in actions),
  }));
  const ours = table.flatMap(({ shortcuts }) => shortcuts).filter(({ name }) => name);

  document.addEventListener(
    "keydown",
    (event) => {
      const shortcut = dialog.open ? null : ours.find(({ keys }) => isShortcut(event, keys));
      if (!shortcut) return;
      event.preventDefault();
      // The editor has meanings of its own for some.
      event.stopPropagation();
      actions[shortcut.name]();
    },
    { capture: true },
  );
  for (const button of buttons) {
    const { keys, words } = ours.find(({ name }) => name === button.dataset.shortcut);
    button.setAttribute("aria-keyshortcuts", ariaShortcut(keys));
    button.title = `${words} (${shortcutInWords(keys, isMac)})`;
  }
  list.replaceChildren(...table.map((group) => groupElement(group, isMac)));
}

function groupElement({ title, shortcuts }, isMac) {
  const section = document.createElement("section");
  const heading = document.createElement("h3");
  heading.textContent = title;
  const pairs = document.createElement("dl");
  for (const { keys, words } of shortcuts) {
    const what = document.createElement("dt");
    what.textContent = words;
    const key = document.createElement("kbd");
    key.textContent = shortcutInWords(keys, isMac);
    const holder = document.createElement("dd");
    holder.append(key);
    pairs.append(what, holder);
  }
  section.append(heading, pairs);
  return section;
}
