import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  keymap,
  moveCompletionSelection,
  Prec,
  selectedCompletion,
  startCompletion,
} from "../vendor/codemirror-help.js";
import { documentationNode } from "./documentation-node.js";

const LEAST_LETTERS = 2;

/** The list of names that may be meant: it opens after two letters or a dot, Tab or Enter takes one, Esc closes it. */
export function completionList(names) {
  const source = async (context) => {
    const word = context.matchBefore(/[^\W\d]\w*/)?.text ?? "";
    const isAfterDot = context.state.sliceDoc(0, context.pos - word.length).endsWith(".");
    if (!context.explicit && !isAfterDot && word.length < LEAST_LETTERS) return null;
    await names.prepare(context.state);
    const found = context.aborted ? null : names.completions(context.state, context.pos);
    const isOpen = found?.options.some(({ label }) => label !== word && label.startsWith(word));
    if (!found || !(isOpen || context.explicit)) return null;
    return { from: found.from, options: found.options.map((option) => asCompletion(option, names)), validFor: /^\w*$/ };
  };
  const keys = [
    { key: "Enter", run: acceptUnlessWritten },
    { key: "Tab", run: acceptCompletion },
    { key: "Escape", run: closeCompletion },
    { key: "ArrowDown", run: moveCompletionSelection(true) },
    { key: "ArrowUp", run: moveCompletionSelection(false) },
    { key: "PageDown", run: moveCompletionSelection(true, "page") },
    { key: "PageUp", run: moveCompletionSelection(false, "page") },
    { key: "Ctrl-Space", run: startCompletion },
  ];
  return [autocompletion({ override: [source], defaultKeymap: false }), Prec.highest(keymap.of(keys))];
}

// Enter after a word that is complete is a new line.
function acceptUnlessWritten(view) {
  const chosen = selectedCompletion(view.state);
  const { head } = view.state.selection.main;
  if (chosen && view.state.sliceDoc(head - chosen.label.length, head) === chosen.label) {
    closeCompletion(view);
    return false;
  }
  return acceptCompletion(view);
}

function asCompletion(option, names) {
  const { label, type, boost } = option;
  const info = () => {
    const found = names.optionDocumentation(option);
    return found && (found.text || found.signature) ? documentationNode(found) : null;
  };
  return { label, type, boost, info };
}
