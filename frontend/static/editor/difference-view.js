import * as cm from "../vendor/codemirror.js";
import { getChunks, getOriginalDoc, MergeView, unifiedMergeView } from "../vendor/codemirror-merge.js";
import { highlighting } from "./highlighting.js";

// Two long texts with little in common are compared roughly rather than for seconds.
const DIFF_LIMITS = { scanLimit: 500, timeout: 500 };
const FOLD = { margin: 3, minSize: 4 };

/**
 * Two texts with their differences marked: side by side or, where there is no room, the one inside the other.
 */
export class DifferenceView {
  #merge = null;
  #view;

  /**
   * @param {object} options
   * @param {Element} options.parent
   * @param {string} options.path decides how the text is coloured
   * @param {{label: string, text: string}} options.before
   * @param {{label: string, text: string}} options.after
   * @param {string} options.nonce lets CodeMirror add its style element under the page's policy
   * @param {boolean} options.isNarrow no room for two columns
   * @param {boolean} [options.isFolded] long unchanged parts are folded away
   * @param {((text: string) => void) | null} [options.onEdit] makes the after side editable, and hears of each edit
   */
  constructor({ parent, path, before, after, nonce, isNarrow, isFolded = true, onEdit = null }) {
    const common = [
      cm.EditorView.cspNonce.of(nonce),
      cm.EditorState.tabSize.of(4),
      cm.indentUnit.of("    "),
      cm.lineNumbers(),
      cm.drawSelection(),
      cm.highlightSpecialChars(),
      cm.EditorView.lineWrapping,
      highlighting,
      path.endsWith(".py") ? cm.python() : [],
    ];
    const folding = isFolded ? { collapseUnchanged: FOLD } : {};
    const afterSide = [onEdit ? editable(onEdit) : readOnly, named(after.label), ...common];
    if (isNarrow) {
      const unified = unifiedMergeView({
        original: before.text,
        mergeControls: false,
        diffConfig: DIFF_LIMITS,
        ...folding,
      });
      this.#view = new cm.EditorView({ parent, doc: after.text, extensions: [afterSide, unified] });
      return;
    }
    this.#merge = new MergeView({
      parent,
      a: { doc: before.text, extensions: [readOnly, named(before.label), ...common] },
      b: { doc: after.text, extensions: afterSide },
      diffConfig: DIFF_LIMITS,
      ...folding,
    });
    this.#view = this.#merge.b;
  }

  /** The after side's text. */
  get text() {
    return this.#view.state.doc.toString();
  }

  get changeCount() {
    return this.#chunks.length;
  }

  /** Which change the cursor is in, or the next one after it; -1 when there is none. */
  get currentChange() {
    const { from } = this.#view.state.selection.main;
    return this.#chunks.findIndex(({ toB, fromB }) => from < Math.max(toB, fromB + 1));
  }

  /** Select a change, counted from 0, and bring it into view. */
  show(index) {
    const { doc } = this.#view.state;
    const { fromB, endB } = this.#chunks[index];
    const anchor = Math.min(fromB, doc.length);
    this.#view.dispatch({
      selection: { anchor, head: Math.min(endB, doc.length) },
      effects: cm.EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.#view.focus();
  }

  /** Put the before side's lines of a change in place of the after side's. */
  takeBefore(index) {
    const { fromA, toA, fromB, toB } = this.#chunks[index];
    const { doc, lineBreak } = this.#view.state;
    // A chunk ends behind its last line's end, which the last line of a text does not have.
    let insert = this.#before.sliceString(fromA, Math.max(fromA, toA - 1));
    if (fromA !== toA && toB <= doc.length) insert += lineBreak;
    this.#view.dispatch({ changes: { from: fromB, to: Math.min(doc.length, toB), insert }, userEvent: "revert" });
  }

  destroy() {
    (this.#merge ?? this.#view).destroy();
  }

  get #chunks() {
    return this.#merge ? this.#merge.chunks : (getChunks(this.#view.state)?.chunks ?? []);
  }

  get #before() {
    return this.#merge ? this.#merge.a.state.doc : getOriginalDoc(this.#view.state);
  }
}

const readOnly = [cm.EditorState.readOnly.of(true), cm.EditorView.editable.of(false)];

const named = (label) =>
  cm.EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" });

function editable(onEdit) {
  return [
    cm.history(),
    cm.keymap.of([cm.indentWithTab, ...cm.historyKeymap, ...cm.defaultKeymap]),
    cm.EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onEdit(state.doc.toString());
    }),
  ];
}
