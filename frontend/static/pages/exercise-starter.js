import { gettext } from "../language/gettext.js";
import { contentOf } from "../saving/content.js";

const NEWER = gettext(
  "This exercise has new files since you began. Your text is still here; “Reset to starter” begins with the new files.",
);

/**
 * The starter's files of an exercise, and the way back to them. Files that only the work has stay.
 *
 * `workspace` holds the work, `starter` the files as the page has them, `notice` is where it is told that there are new ones.
 * Returns {reset, undoReset}; `undoReset()` brings back what was there before the last `reset()`.
 */
export function wireStarter({ workspace, starter, notice }) {
  let before = null;
  if (starter.some(({ path }) => !workspace.read(path))) {
    notice.hidden = false;
    notice.textContent = NEWER;
  }
  return {
    reset() {
      before = workspace.files;
      for (const file of starter) workspace.write(file.path, contentOf(file));
      notice.hidden = true;
    },

    undoReset() {
      workspace.show(before);
    },
  };
}
