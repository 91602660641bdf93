import { gettext } from "../language/gettext.js";
import * as cm from "../vendor/codemirror.js";

/**
 * The keys of the editor that people are told of: its keymap and the list of shortcuts both come from here.
 *
 * @type {{keys: string, words: string, run?: (view: object) => boolean}[]} `keys` as CodeMirror writes them; without
 *   `run` the editor does it by itself
 */
export const editorKeys = [
  { keys: "Tab", words: gettext("Indent"), run: cm.indentMore },
  { keys: "Shift-Tab", words: gettext("Indent less"), run: cm.indentLess },
  { keys: "Escape Tab", words: gettext("Leave the editor") },
  { keys: "Mod-/", words: gettext("Comment or uncomment"), run: cm.toggleComment },
  { keys: "Mod-f", words: gettext("Find and replace"), run: cm.openSearchPanel },
  { keys: "Mod-z", words: gettext("Undo"), run: cm.undo },
  { keys: "Mod-Shift-z", words: gettext("Redo"), run: cm.redo },
  { keys: "Alt-ArrowUp", words: gettext("Move the line up"), run: cm.moveLineUp },
  { keys: "Alt-ArrowDown", words: gettext("Move the line down"), run: cm.moveLineDown },
];

/** Keys of the hints, which are loaded later and bind them then. */
export const hintKeys = {
  next: { keys: "F8", words: gettext("Next hint") },
  previous: { keys: "Shift-F8", words: gettext("Previous hint") },
  fix: { keys: "Mod-.", words: gettext("Make the change a hint offers") },
};

/** Keys of completion and documentation, which are loaded later and bind them then. */
export const nameKeys = {
  complete: { keys: "Ctrl-Space", words: gettext("List the names that fit") },
  explain: { keys: "F1", words: gettext("Explain the name at the cursor") },
};
