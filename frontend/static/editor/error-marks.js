import { Decoration, EditorView, lintGutter, StateEffect, StateField } from "../vendor/codemirror.js";
import { replaceDiagnostics } from "./diagnostics.js";

const OWNER = "program";

const setErrorLine = StateEffect.define();

/** The line where the program failed, until the text changes. */
export const errorLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setErrorLine)) return effect.value === null ? Decoration.none : lineMark(transaction, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const lineErrors = lintGutter();

/** Where the text has changed since, the error is no longer there for certain. */
export const untilEdited = EditorView.updateListener.of(({ docChanged, startState, view }) => {
  if (docChanged && startState.field(errorLine).size) showError(view, null);
});

/**
 * Mark the expression that failed, or nothing for null: `error` is {line, column, end_line, end_column, message}, null
 * where unknown. A place outside the text is ignored: it came from the program.
 */
export function showError(view, error) {
  const { doc } = view.state;
  if (error === null || !(error.line >= 1 && error.line <= doc.lines)) {
    view.dispatch(replaceDiagnostics(view.state, OWNER, []), { effects: setErrorLine.of(null) });
    return;
  }
  const line = doc.line(Math.trunc(error.line));
  const mark = {
    ...placeOf(doc, line, error),
    severity: "error",
    markClass: "cm-programError",
    message: error.message,
  };
  view.dispatch(replaceDiagnostics(view.state, OWNER, [mark]), {
    effects: [setErrorLine.of(line.number), EditorView.scrollIntoView(line.from, { y: "center" })],
  });
}

function placeOf(doc, line, { column, end_line, end_column }) {
  const isLonger = Number.isInteger(end_line) && end_line > line.number && end_line <= doc.lines;
  const last = isLonger ? doc.line(end_line) : line;
  const indent = line.length - line.text.trimStart().length;
  // What is missing at the end of a line is marked at its last character.
  const from = line.from + Math.min(within(column, indent, line.length), Math.max(0, line.length - 1));
  const to = last.from + within(end_column, last.length, last.length);
  return { from, to: Math.max(to, Math.min(from + 1, line.to)) };
}

function lineMark(transaction, number) {
  const line = transaction.state.doc.line(number);
  return Decoration.set([Decoration.line({ class: "cm-errorLine" }).range(line.from)]);
}

function within(value, otherwise, most) {
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
}
