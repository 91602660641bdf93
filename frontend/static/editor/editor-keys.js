import * as cm from "../vendor/codemirror.js";

/**
 * The keys of the editor that people are told of: its keymap and the list of shortcuts both come from here.
 *
 * @type {{keys: string, words: string, run?: (view: object) => boolean}[]} `keys` as CodeMirror writes them; without
 *   `run` the editor does it by itself
 */
export const editorKeys = [
  { keys: "Tab", words: "Indent", run: cm.indentMore },
  { keys: "Shift-Tab", words: "Indent less", run: cm.indentLess },
  { keys: "Escape Tab", words: "Leave the editor" },
  { keys: "Mod-/", words: "Comment or uncomment", run: cm.toggleComment },
  { keys: "Mod-f", words: "Find and replace", run: cm.openSearchPanel },
  { keys: "Mod-z", words: "Undo", run: cm.undo },
  { keys: "Mod-Shift-z", words: "Redo", run: cm.redo },
  { keys: "Alt-ArrowUp", words: "Move the line up", run: cm.moveLineUp },
  { keys: "Alt-ArrowDown", words: "Move the line down", run: cm.moveLineDown },
];

/** Keys of the hints, which are loaded later and bind them then. */
export const hintKeys = {
  next: { keys: "F8", words: "Next hint" },
  previous: { keys: "Shift-F8", words: "Previous hint" },
  fix: { keys: "Mod-.", words: "Make the change a hint offers" },
};

/** Keys of completion and documentation, which are loaded later and bind them then. */
export const nameKeys = {
  complete: { keys: "Ctrl-Space", words: "List the names that fit" },
  explain: { keys: "F1", words: "Explain the name at the cursor" },
};
