/**
 * The line below the console that answers `input()`.
 *
 * Emits `input:given` {text}; null is the end of input.
 */
export class InputBar extends EventTarget {
  constructor({ form, field, send, end }) {
    super();
    Object.assign(this, { form, field, sendButton: send, endButton: end });
    this.placeholder = field.placeholder;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#give(this.field.value);
    });
    end.addEventListener("click", () => this.#give(null));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "d" || !event.ctrlKey || field.value) return;
      event.preventDefault();
      this.#give(null);
    });
  }

  /** Ask for a line; `prompt` is what the program asked. */
  open(prompt) {
    this.#enable(true);
    this.field.placeholder = "Type an answer, then Enter";
    this.field.setAttribute("aria-description", prompt.trim());
    this.field.focus();
  }

  close() {
    this.#enable(false);
    this.field.value = "";
    this.field.placeholder = this.placeholder;
    this.field.removeAttribute("aria-description");
  }

  get isOpen() {
    return !this.field.disabled;
  }

  #enable(isOpen) {
    for (const control of [this.field, this.sendButton, this.endButton]) control.disabled = !isOpen;
    this.form.dataset.waiting = String(isOpen);
  }

  #give(text) {
    if (!this.isOpen) return;
    this.close();
    this.dispatchEvent(new CustomEvent("input:given", { detail: { text } }));
  }
}
