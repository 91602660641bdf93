// Completion, hints and marks while typing: loaded once Python is ready.

export {
  acceptCompletion,
  autocompletion,
  completeAnyWord,
  completionKeymap,
  snippetCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
export { syntaxTree } from "@codemirror/language";
export { forceLinting, linter, lintKeymap, nextDiagnostic, openLintPanel } from "@codemirror/lint";
export { Compartment } from "@codemirror/state";
export { hoverTooltip, showTooltip } from "@codemirror/view";
