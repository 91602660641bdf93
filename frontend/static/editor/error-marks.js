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

/** Mark `error` in the view, or nothing for null. A place outside the text is ignored: it came from the program. */
export function showError(view, error) {
  const { doc } = view.state;
  if (error === null || !(error.line >= 1 && error.line <= doc.lines)) {
    view.dispatch(replaceDiagnostics(view.state, OWNER, []), { effects: setErrorLine.of(null) });
    return;
  }
  const line = doc.line(Math.trunc(error.line));
  const isOneLine = error.end_line === error.line;
  const from = line.from + within(error.column, 0, line.length);
  const to = isOneLine ? line.from + within(error.end_column, line.length, line.length) : line.to;
  const place = from < to ? { from, to } : { from: line.from, to: line.to };
  const mark = { ...place, severity: "error", message: error.message };
  view.dispatch(replaceDiagnostics(view.state, OWNER, [mark]), {
    effects: [setErrorLine.of(line.number), EditorView.scrollIntoView(line.from, { y: "center" })],
  });
}

function lineMark(transaction, number) {
  const line = transaction.state.doc.line(number);
  return Decoration.set([Decoration.line({ class: "cm-errorLine" }).range(line.from)]);
}

function within(value, otherwise, most) {
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
}
