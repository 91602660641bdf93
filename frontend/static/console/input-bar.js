import { gettext } from "../language/gettext.js";
import { InputHistory } from "./input-history.js";

// A program that asks again at once must not be answered faster than the sandbox can pass messages on.
const PASTED_PACE_MS = 4;

/**
 * The line below the console that answers `input()`: with the arrow keys for earlier answers, and a paste of several
 * lines for several questions.
 *
 * Emits `input:given` {text, isHidden}; a `text` of null is the end of input.
 */
export class InputBar extends EventTarget {
  /** `form` holds the text `field` and the buttons `send` and `end`. */
  constructor({ form, field, send, end, timers = globalThis }) {
    super();
    Object.assign(this, { form, field, sendButton: send, endButton: end, timers });
    this.placeholder = field.placeholder;
    this.history = new InputHistory();
    this.pasted = [];
    this.isHidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#give(this.field.value);
    });
    end.addEventListener("click", () => this.#give(null));
    field.addEventListener("keydown", (event) => this.#pressed(event));
    field.addEventListener("paste", (event) => {
      if (this.paste(event.clipboardData.getData("text/plain"))) event.preventDefault();
    });
  }

  /** Ask for a line; `prompt` is what the program asked. `isHidden` lets nobody read what is typed. */
  open({ prompt, isHidden = false }) {
    this.isHidden = isHidden;
    this.#enable(true);
    this.field.type = isHidden ? "password" : "text";
    this.field.placeholder = gettext("Type an answer, then Enter");
    this.field.setAttribute("aria-description", prompt.trim());
    if (this.pasted.length) this.timer = this.timers.setTimeout(() => this.#givePasted(), PASTED_PACE_MS);
  }

  close() {
    this.timers.clearTimeout(this.timer);
    this.#enable(false);
    this.field.value = "";
    this.field.type = "text";
    this.field.placeholder = this.placeholder;
    this.field.removeAttribute("aria-description");
  }

  /** The program has ended: how many pasted lines it has not read. */
  forgetPasted() {
    const count = this.pasted.length;
    this.pasted = [];
    return count;
  }

  get isOpen() {
    return !this.field.disabled;
  }

  /** Text from the clipboard: true when it had several lines, which are then given one after the other. */
  paste(text) {
    const lines = text.split(/\r\n|\r|\n/);
    if (!this.isOpen || lines.length === 1) return false;
    if (lines.at(-1) === "") lines.pop();
    const { value, selectionStart, selectionEnd } = this.field;
    // As if typed: the first line goes to where the cursor is.
    lines[0] = value.slice(0, selectionStart) + lines[0] + value.slice(selectionEnd);
    this.pasted.push(...lines);
    this.#givePasted();
    return true;
  }

  /** End of input, as Ctrl+D in a terminal. */
  end() {
    this.#give(null);
  }

  #pressed(event) {
    if (isEndOfInput(event) && !this.field.value) {
      event.preventDefault();
      this.end();
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !this.isHidden) {
      event.preventDefault();
      const answer = event.key === "ArrowUp" ? this.history.older(this.field.value) : this.history.newer();
      if (answer !== null) this.field.value = answer;
    }
  }

  #givePasted() {
    this.#give(this.pasted.shift());
  }

  #enable(isOpen) {
    for (const control of [this.field, this.sendButton, this.endButton]) control.disabled = !isOpen;
    this.form.dataset.waiting = String(isOpen);
  }

  #give(text) {
    if (!this.isOpen) return;
    const { isHidden } = this;
    if (text !== null && !isHidden) this.history.add(text);
    this.close();
    this.dispatchEvent(new CustomEvent("input:given", { detail: { text, isHidden } }));
  }
}

/** Ctrl+D, which a terminal takes for the end of input. */
export function isEndOfInput({ key, ctrlKey, shiftKey }) {
  return ctrlKey && !shiftKey && key.toLowerCase() === "d";
}
