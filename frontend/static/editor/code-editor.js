import { gettext } from "../language/gettext.js";
import * as cm from "../vendor/codemirror.js";
import { editorKeys } from "./editor-keys.js";
import { errorLine, lineErrors, showError, untilEdited } from "./error-marks.js";
import { highlighting } from "./highlighting.js";

const INDENT = "    ";
const COMMANDS = {
  indent: cm.indentMore,
  undo: cm.undo,
  redo: cm.redo,
  left: cm.cursorCharLeft,
  right: cm.cursorCharRight,
};

/**
 * One editor for the text files of a project; each keeps its own cursor and undo history while the page is open.
 *
 * Emits `editor:changed` {path, text} for what the person typed.
 */
export class CodeEditor extends EventTarget {
  /** `nonce` lets CodeMirror add its style element under the page's policy; `label` is for where there are several. */
  constructor({ parent, nonce, readOnly = false, label = gettext("Code editor") }) {
    super();
    this.label = label;
    this.readOnly = readOnly;
    this.states = new Map();
    this.extensions = [];
    this.added = new cm.Compartment();
    this.path = null;
    this.nonce = nonce;
    this.view = new cm.EditorView({ parent, state: this.#newState("", "") });
  }

  /** Show `path`; `text` is used the first time, and whenever it differs from what the editor holds. */
  open(path, text) {
    this.#keepState();
    this.path = path;
    const kept = this.states.get(path);
    this.view.setState(kept ?? this.#newState(path, text));
    if (this.added.get(this.view.state) !== this.extensions) this.#reconfigure();
    this.replace(path, text);
  }

  /** Give every file's editor one more CodeMirror extension: for what is loaded once Python is ready. */
  extend(extension) {
    this.extensions = [...this.extensions, extension];
    this.#reconfigure();
  }

  /** The text of `path` has changed elsewhere (a program wrote it, a conflict was settled): show it, undo included. */
  replace(path, text) {
    if (path !== this.path) {
      if (this.states.get(path)?.doc.toString() !== text) this.states.delete(path);
      return;
    }
    const { doc } = this.view.state;
    if (doc.toString() === text) return;
    this.view.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      annotations: fromElsewhere.of(true),
    });
  }

  forget(path) {
    this.states.delete(path);
    if (path === this.path) this.path = null;
  }

  /** The file has another name from now on; its cursor and undo history stay with it. */
  rename(path, newPath) {
    this.#keepState();
    const kept = this.states.get(path);
    this.forget(path);
    // A file that becomes Python, or no longer is, needs the other extensions.
    if (kept && path.endsWith(".py") === newPath.endsWith(".py")) this.states.set(newPath, kept);
  }

  focus() {
    this.view.focus();
  }

  /** As if `text` had been typed: brackets close, and so on. */
  type(text) {
    const { view } = this;
    if (view.state.readOnly) return;
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(cm.EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
  }

  /** Do what a key does: "indent", "undo", "redo", "left" or "right". */
  press(command) {
    COMMANDS[command](this.view);
  }

  /** Mark where a program failed: `error` counts lines from 1, columns from 0. The line is scrolled into view. */
  markError({ line, column, end_line, end_column, message }) {
    showError(this.view, { line, column, end_line, end_column, message });
  }

  /** Put the cursor there and the keyboard with it: `line` counts from 1, `column` from 0; the nearest place there is. */
  goTo({ line, column }) {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.min(Math.max(Math.trunc(line), 1), doc.lines));
    const anchor = Math.min(from + Math.max(Math.trunc(column ?? 0), 0), to);
    this.view.dispatch({ selection: { anchor }, effects: cm.EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.view.focus();
  }

  clearErrors() {
    showError(this.view, null);
  }

  #reconfigure() {
    this.view.dispatch({ effects: this.added.reconfigure(this.extensions) });
  }

  #keepState() {
    if (this.path !== null) this.states.set(this.path, this.view.state);
  }

  #newState(path, text) {
    const isPython = path.endsWith(".py");
    return cm.EditorState.create({
      doc: text,
      extensions: [
        cm.EditorView.cspNonce.of(this.nonce),
        cm.EditorView.contentAttributes.of({
          "aria-label": this.label,
          "aria-describedby": "editor-hint",
          spellcheck: "false",
          autocapitalize: "off",
          tabindex: "0",
        }),
        // Until a file is open there is nothing to write in: what is typed would be lost when it opens.
        cm.EditorView.editable.of(path !== ""),
        cm.EditorState.readOnly.of(this.readOnly),
        cm.EditorState.tabSize.of(INDENT.length),
        cm.indentUnit.of(INDENT),
        cm.lineNumbers(),
        cm.highlightActiveLine(),
        cm.highlightActiveLineGutter(),
        cm.highlightSpecialChars(),
        cm.history({ joinToEvent: (change, isAdjacent) => isAdjacent && isTyping(change) }),
        cm.drawSelection(),
        cm.dropCursor(),
        cm.EditorState.allowMultipleSelections.of(true),
        cm.indentOnInput(),
        cm.bracketMatching(),
        cm.closeBrackets(),
        cm.highlightSelectionMatches(),
        cm.search({ top: true }),
        cm.EditorView.lineWrapping,
        highlighting,
        lineErrors,
        errorLine,
        untilEdited,
        this.added.of(this.extensions),
        isPython ? cm.python() : [],
        cm.keymap.of([
          ...editorKeys.filter(({ run }) => run).map(({ keys, run }) => ({ key: keys, run })),
          ...cm.closeBracketsKeymap,
          ...cm.searchKeymap,
          ...cm.historyKeymap,
          // Ctrl+Enter runs the program; CodeMirror would insert a blank line.
          ...cm.defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
        ]),
        cm.EditorView.updateListener.of((update) => this.#updated(update)),
      ],
    });
  }

  #updated(update) {
    if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromElsewhere))) return;
    const detail = { path: this.path, text: update.state.doc.toString() };
    this.dispatchEvent(new CustomEvent("editor:changed", { detail }));
  }
}

const fromElsewhere = cm.Annotation.define();

/** What is typed or deleted in a row is undone at once; every command (indent, comment, move a line) by itself. */
function isTyping(change) {
  return change.isUserEvent("input.type") || (change.isUserEvent("delete") && !change.isUserEvent("delete.dedent"));
}
