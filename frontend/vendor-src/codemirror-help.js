// Completion, hints and marks while typing: loaded once Python is ready.

export {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  currentCompletions,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
export { isolateHistory } from "@codemirror/commands";
export { pythonLanguage } from "@codemirror/lang-python";
export { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
export { forEachDiagnostic, nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
export { diff } from "@codemirror/merge";
export { Prec, StateEffect, StateField } from "@codemirror/state";
export { EditorView, hoverTooltip, keymap, showTooltip, tooltips, ViewPlugin } from "@codemirror/view";
