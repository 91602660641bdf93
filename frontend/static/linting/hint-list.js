import { sentenceNode } from "../editor/sentence.js";
import { gettext, interpolate } from "../language/gettext.js";

const KINDS = { error: gettext("Error"), warning: gettext("Warning"), info: gettext("Note") };

/**
 * The hints of the open file as a list beneath the editor.
 *
 * Emits `hints:chosen` {hint} when the person goes to one, `hints:fixed` {hint} when its fix is asked for, and
 * `hints:closed`.
 */
export class HintList extends EventTarget {
  constructor(element, { editable }) {
    super();
    this.element = element;
    this.editable = editable;
    this.hints = [];
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  show(hints) {
    this.hints = hints;
    if (this.isOpen) this.#draw();
  }

  open() {
    this.element.hidden = false;
    this.#draw();
    this.element.querySelector("button")?.focus();
  }

  close() {
    this.element.hidden = true;
    this.#tell("closed");
  }

  #draw() {
    const hadFocus = this.element.contains(document.activeElement);
    const close = button(gettext("Close"), () => this.close());
    if (this.hints.length) {
      const list = document.createElement("ul");
      list.append(...this.hints.map((hint) => this.#row(hint)));
      this.element.replaceChildren(list, close);
    } else {
      const none = document.createElement("p");
      none.textContent = gettext("There is nothing to say about this file.");
      this.element.replaceChildren(none, close);
    }
    if (hadFocus) this.element.querySelector("button").focus();
  }

  #row(hint) {
    const row = document.createElement("li");
    const go = button("", () => this.#tell("chosen", { hint }));
    go.classList.add("hint-place");
    go.dataset.severity = hint.severity;
    const words = sentenceNode(hint.sentence);
    words.prepend(
      `${interpolate(gettext("%(kind)s, line %(line)s:"), { kind: KINDS[hint.severity], line: hint.line })} `,
    );
    go.append(words);
    row.append(go);
    if (this.editable && hint.fix) row.append(button(hint.fix.label, () => this.#tell("fixed", { hint })));
    return row;
  }

  #tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(`hints:${what}`, { detail }));
  }
}

function button(label, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet small";
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}
