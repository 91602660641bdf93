import { replaceDiagnostics } from "../editor/diagnostics.js";
import { hintKeys } from "../editor/editor-keys.js";
import { plainText, sentenceNode } from "../editor/sentence.js";
import { gettext, interpolate } from "../language/gettext.js";
import {
  EditorView,
  forEachDiagnostic,
  keymap,
  nextDiagnostic,
  previousDiagnostic,
  ViewPlugin,
} from "../vendor/codemirror-help.js";
import { toHints } from "./hints.js";

const OWNER = "hints";
const FIRST_CHECK_MS = 50;
const CHECK_AFTER_MS = 300;
// Nobody likes to be corrected in the middle of a word: the line being written is marked after this pause only.
const SETTLE_AFTER_MS = 750;
const LONGEST_TEXT = 300_000;

/**
 * A CodeMirror extension that checks the text as it is typed and marks the hints.
 *
 * `check(text)` resolves to ruff's diagnostics; `isPython()` tells whether the open file is checked at all; `onHints`
 * hears of the hints shown, each time they change. `editable` false offers no fixes.
 */
export function hintMarks({ check, isPython, onHints, editable }) {
  const plugin = ViewPlugin.define((view) => new Checker(view, { check, isPython, onHints, editable }));
  const keys = [
    { key: hintKeys.next.keys, run: (view) => goTo(view, nextDiagnostic) },
    { key: hintKeys.previous.keys, run: (view) => goTo(view, previousDiagnostic) },
    { key: hintKeys.fix.keys, run: (view) => Boolean(editable && view.plugin(plugin)?.fixAtCursor()) },
  ];
  return [plugin, keymap.of(keys)];
}

/** Make the change that `hint` offers, unless the text is no longer the one it was found in. */
export function applyFix(view, hint) {
  if (!hint.fix || hint.doc !== view.state.doc) return false;
  view.dispatch({ changes: hint.fix.changes, userEvent: "input.fix", scrollIntoView: true });
  view.focus();
  return true;
}

class Checker {
  constructor(view, { check, isPython, onHints, editable }) {
    Object.assign(this, { view, check, isPython, onHints, editable });
    this.hints = [];
    this.shown = null;
    this.changedAt = -SETTLE_AFTER_MS;
    this.line = this.#cursorLine();
    this.#checkIn(FIRST_CHECK_MS);
  }

  update({ docChanged }) {
    if (docChanged) {
      this.changedAt = performance.now();
      this.#checkIn(CHECK_AFTER_MS);
      clearTimeout(this.settleTimer);
      this.settleTimer = setTimeout(() => this.#draw(), SETTLE_AFTER_MS);
    }
    const line = this.#cursorLine();
    if (line !== this.line) {
      this.line = line;
      // Inside an update nothing may be dispatched.
      clearTimeout(this.moveTimer);
      this.moveTimer = setTimeout(() => this.#draw(), 0);
    }
  }

  destroy() {
    this.isGone = true;
    for (const timer of [this.checkTimer, this.settleTimer, this.moveTimer]) clearTimeout(timer);
  }

  fixAtCursor() {
    const { from, to } = this.view.state.selection.main;
    const hint = this.hints.find((each) => each.fix && each.from <= to && each.to >= from);
    return hint ? applyFix(this.view, hint) : false;
  }

  #checkIn(ms) {
    clearTimeout(this.checkTimer);
    this.checkTimer = setTimeout(() => this.#check(), ms);
  }

  async #check() {
    const { doc } = this.view.state;
    const isChecked = this.isPython() && doc.length <= LONGEST_TEXT;
    const text = isChecked ? doc.toString() : "";
    const found = isChecked ? await this.check(text).catch(() => null) : [];
    if (this.isGone || this.view.state.doc !== doc || found === null) return;
    this.hints = toHints(text, found).map((hint) => ({ ...hint, doc }));
    this.#draw();
  }

  #draw() {
    const { state } = this.view;
    // What the last check found is of another text: the next check is on its way.
    if (this.isGone || (this.hints.length && this.hints[0].doc !== state.doc)) return;
    const isSettled = performance.now() - this.changedAt >= SETTLE_AFTER_MS - 20;
    const shown = this.hints.filter((hint) => !this.#isEarly(hint, isSettled));
    if (this.shown && isSame(shown, this.shown) && !this.#isStale(shown.length)) return;
    this.shown = shown;
    this.view.dispatch(
      replaceDiagnostics(
        state,
        OWNER,
        shown.map((hint) => this.#mark(hint)),
      ),
    );
    this.onHints(shown.map((hint) => ({ ...hint, line: state.doc.lineAt(hint.from).number })));
  }

  // Typing may have squeezed marks away that a check would draw the same again.
  #isStale(wanted) {
    let count = 0;
    forEachDiagnostic(this.view.state, ({ owner }) => {
      if (owner === OWNER) count += 1;
    });
    return count !== wanted;
  }

  #isEarly(hint, isSettled) {
    const isShown = this.shown?.some(({ code, sentence }) => code === hint.code && sentence === hint.sentence);
    if (isShown || !this.view.hasFocus) return false;
    const { doc } = this.view.state;
    const number = doc.lineAt(hint.from).number;
    if (isSettled) return hint.quiet && number === this.line;
    // A line that is being written makes the lines below it unreadable too.
    return hint.code === "invalid-syntax" || number === this.line;
  }

  #cursorLine() {
    const { doc, selection } = this.view.state;
    return doc.lineAt(selection.main.head).number;
  }

  #mark(hint) {
    return {
      from: hint.from,
      to: hint.to,
      severity: hint.severity,
      message: plainText(hint.sentence),
      renderMessage: (view) => this.#render(view, hint),
    };
  }

  #render(view, hint) {
    const node = sentenceNode(hint.sentence);
    if (this.editable && hint.fix) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet small hint-fix";
      button.textContent = hint.fix.label;
      button.addEventListener("click", () => applyFix(view, hint));
      node.append(button);
    }
    return node;
  }
}

function isSame(hints, others) {
  const place = ({ from, to, sentence }) => `${from} ${to} ${sentence}`;
  return hints.length === others.length && hints.every((hint, index) => place(hint) === place(others[index]));
}

function goTo(view, command) {
  if (!command(view)) return false;
  const { from } = view.state.selection.main;
  const said = [];
  forEachDiagnostic(view.state, ({ message }, start) => {
    if (start === from) said.push(message);
  });
  const { number } = view.state.doc.lineAt(from);
  view.dispatch({
    effects: EditorView.announce.of(
      interpolate(gettext("Line %(number)s: %(said)s"), { number, said: said.join(" ") }),
    ),
  });
  return true;
}
