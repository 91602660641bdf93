import { nameKeys } from "../editor/editor-keys.js";
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
import { rankOptions } from "./ranking.js";

const LEAST_LETTERS = 2;

/** The list of names that may be meant: it opens after two letters or a dot, Tab or Enter takes one, Esc closes it. */
export function completionList(names) {
  const source = async (context) => {
    const word = wordBefore(context);
    const isAfterDot = context.state.sliceDoc(context.pos - word.length - 1, context.pos - word.length) === ".";
    if (!context.explicit && !isAfterDot && word.length < LEAST_LETTERS) return null;
    await names.prepare(context.state);
    return context.aborted ? null : listAt(context, names);
  };
  const keys = [
    { key: "Enter", run: acceptUnlessWritten },
    { key: "Tab", run: acceptCompletion },
    { key: "Escape", run: closeCompletion },
    { key: "ArrowDown", run: moveCompletionSelection(true) },
    { key: "ArrowUp", run: moveCompletionSelection(false) },
    { key: "PageDown", run: moveCompletionSelection(true, "page") },
    { key: "PageUp", run: moveCompletionSelection(false, "page") },
    { key: nameKeys.complete.keys, run: startCompletion },
  ];
  return [autocompletion({ override: [source], defaultKeymap: false }), Prec.highest(keymap.of(keys))];
}

function listAt(context, names) {
  const word = wordBefore(context);
  const found = names.completions(context.state, context.pos);
  if (!found) return null;
  const options = rankOptions(word, found.options);
  // Nothing is left to complete.
  if (!context.explicit && !options.some(({ label }) => label !== word)) return null;
  return {
    from: found.from,
    options: options.map((option) => asCompletion(option, names)),
    filter: false,
    getMatch: ({ label }) => matchOf(label, word),
    update: (_current, _from, _to, later) => (wordBefore(later) ? listAt(later, names) : null),
  };
}

function wordBefore(context) {
  return context.matchBefore(/[^\W\d]\w*/)?.text ?? "";
}

function matchOf(label, word) {
  const at = label.toLowerCase().indexOf(word.toLowerCase());
  return [at, at + word.length];
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
  const { label, type } = option;
  const info = () => {
    const found = names.optionDocumentation(option);
    return found && (found.text || found.signature) ? documentationNode(found) : null;
  };
  return { label, type, info };
}
