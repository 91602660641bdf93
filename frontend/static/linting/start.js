import { gettext, interpolate, ngettext } from "../language/gettext.js";
import { formatText } from "./format.js";
import { HintList } from "./hint-list.js";
import { applyFix, hintMarks } from "./hint-marks.js";
import { Ruff } from "./ruff.js";

const MESSAGE_STAYS_MS = 6000;
const SAID = {
  formatted: gettext("Formatted."),
  unchanged: gettext("The file is formatted already."),
  unreadable: gettext("Not formatted: Python cannot read this file yet. Correct the marked line first."),
  late: gettext("Not formatted: the text was changed meanwhile."),
};

/**
 * Hints as the person types, their list, and Format.
 *
 * `isEager` false loads the linter with the first press of Format or of “Check”, to spare the network or the memory.
 */
export function startLinting({ config, elements, project, isEager }) {
  const { editor, editable } = project;
  const ruff = new Ruff({ worker: config.lint_worker, wasm: config.ruff });
  const list = new HintList(elements.hintList, { editable });
  const isPython = () => editor.path?.endsWith(".py") ?? false;
  let isChecking = false;

  const startChecking = () => {
    if (isChecking) return;
    isChecking = true;
    editor.extend(
      hintMarks({
        check: (text) => ruff.check(text),
        isPython,
        editable,
        onHints(hints) {
          list.show(hints);
          showWords(elements.showHints, inWords(hints.length));
        },
      }),
    );
  };

  const say = (sentence) => {
    elements.message.textContent = sentence;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => elements.message.replaceChildren(), MESSAGE_STAYS_MS);
  };

  const format = async () => {
    if (!isPython()) {
      say(gettext("Only Python files are formatted."));
      return;
    }
    startChecking();
    say(SAID[await formatText(editor.view, (text) => ruff.format(text))]);
  };

  const openList = () => {
    startChecking();
    elements.showHints.setAttribute("aria-expanded", "true");
    list.open();
  };

  list.addEventListener("hints:chosen", ({ detail: { hint } }) => goTo(editor.view, hint));
  list.addEventListener("hints:fixed", ({ detail: { hint } }) => applyFix(editor.view, hint));
  list.addEventListener("hints:closed", () => {
    elements.showHints.setAttribute("aria-expanded", "false");
    editor.focus();
  });
  elements.showHints.addEventListener("click", () => (list.isOpen ? list.close() : openList()));
  elements.format?.addEventListener("click", format);

  if (elements.format) elements.format.disabled = false;
  if (isEager) startChecking();
  else showWords(elements.showHints, gettext("Check"));
}

function inWords(count) {
  return count === 0
    ? gettext("No hints")
    : interpolate(ngettext("%(count)s hint", "%(count)s hints", count), { count });
}

function showWords(button, words) {
  if (button.textContent !== words) button.textContent = words;
  button.hidden = false;
}

function goTo(view, { from, doc }) {
  if (doc !== view.state.doc) return;
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  view.focus();
}
