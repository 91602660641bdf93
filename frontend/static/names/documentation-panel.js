import { nameKeys } from "../editor/editor-keys.js";
import { gettext } from "../language/gettext.js";
import {
  EditorView,
  hoverTooltip,
  keymap,
  StateEffect,
  StateField,
  showTooltip,
  tooltips,
  ViewPlugin,
} from "../vendor/codemirror-help.js";
import { documentationNode, documentationWords } from "./documentation-node.js";

const HOVER_MS = 600;
const PREPARE_AFTER_MS = 1000;
const SIGNATURE_AFTER_MS = 120;
const NOTHING = gettext("Nothing is known about this name.");

const setPanel = StateEffect.define();
const setSignature = StateEffect.define();

// F1's panel stays until the text or the cursor moves.
const panel = tooltipField(setPanel, (transaction) => transaction.docChanged || transaction.selection);
const signature = tooltipField(setSignature, () => false);

/** Documentation by mouse and by F1; the parameters of a call while it is written, where `editable`. */
export function documentationPanel(names, { editable }) {
  const hover = hoverTooltip(
    (view, at) => {
      const found = names.documentation(view.state, at);
      return (
        found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: documentationNode(found) }) }
      );
    },
    { hoverTime: HOVER_MS },
  );
  const keys = keymap.of([
    { key: nameKeys.explain.keys, run: (view) => showPanel(view, names), preventDefault: true },
    { key: "Escape", run: closeAll },
  ]);
  const loader = ViewPlugin.define((view) => new Loader(view, names));
  return [
    tooltips({ tooltipSpace: belowTheBar }),
    hover,
    panel,
    keys,
    loader,
    editable ? [signature, ViewPlugin.define((view) => new SignatureHelp(view, names))] : [],
  ];
}

// Run, Stop and the tabs stay free: what finds no room above its line goes below it.
function belowTheBar({ dom }) {
  const { clientWidth: right, clientHeight: bottom } = document.documentElement;
  return { left: 0, top: dom.getBoundingClientRect().top, right, bottom };
}

function tooltipField(effect, isOver) {
  return StateField.define({
    create: () => null,
    update(tooltip, transaction) {
      for (const each of transaction.effects) if (each.is(effect)) return each.value;
      if (!tooltip || isOver(transaction)) return null;
      return transaction.docChanged ? { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) } : tooltip;
    },
    provide: (field) => showTooltip.from(field),
  });
}

function showPanel(view, names) {
  const { doc, selection } = view.state;
  // What is known of a file's imports may still be on its way.
  names.prepare(view.state).then(() => {
    if (view.state.doc === doc && view.state.selection.eq(selection)) explain(view, names);
  });
  return true;
}

function explain(view, names) {
  const { state } = view;
  const at = state.selection.main.head;
  const found = names.documentation(state, at) ?? { from: at, name: "", signature: "", text: NOTHING, origin: "" };
  view.dispatch({
    effects: [
      setPanel.of({ pos: found.from, above: true, create: () => ({ dom: documentationNode(found) }) }),
      EditorView.announce.of(documentationWords(found)),
    ],
  });
}

function closeAll(view) {
  const isOpen = view.state.field(panel) || view.state.field(signature, false);
  if (isOpen) view.dispatch({ effects: [setPanel.of(null), setSignature.of(null)] });
  return Boolean(isOpen);
}

/** Loads what is known of the modules that the file imports, once typing pauses. */
class Loader {
  constructor(view, names) {
    Object.assign(this, { view, names });
    this.#prepareSoon();
  }

  update({ docChanged }) {
    if (docChanged) this.#prepareSoon();
  }

  destroy() {
    clearTimeout(this.timer);
  }

  #prepareSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.names.prepare(this.view.state), PREPARE_AFTER_MS);
  }
}

/** Shows the parameters of the call that is being written, from its bracket or a comma on. */
class SignatureHelp {
  constructor(view, names) {
    Object.assign(this, { view, names });
    this.isWanted = false;
  }

  update(update) {
    const isTyped = update.transactions.some((transaction) => transaction.isUserEvent("input.type"));
    const { head } = update.state.selection.main;
    if (isTyped && /[(,]\s?$/.test(update.state.sliceDoc(Math.max(0, head - 2), head))) this.isWanted = true;
    if (!this.isWanted || !(update.docChanged || update.selectionSet)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#show(), SIGNATURE_AFTER_MS);
  }

  destroy() {
    clearTimeout(this.timer);
  }

  #show() {
    const { state } = this.view;
    const call = this.names.call(state, state.selection.main.head);
    const isShown = state.field(signature) !== null;
    this.isWanted = call !== null;
    if (!call && !isShown) return;
    this.view.dispatch({ effects: setSignature.of(call && tooltipOf(call)) });
  }
}

function tooltipOf({ documentation, argument, from }) {
  const shown = { ...documentation, text: "", origin: "" };
  return { pos: from, above: true, create: () => ({ dom: documentationNode(shown, argument) }) };
}
