import { gettext, interpolate, ngettext } from "../language/gettext.js";

const PREFIX = "prepared-input";

/** The box whose lines `input()` reads before it asks: kept on this device for one person and one project. */
export class PreparedInput {
  /**
   * `details` holds the text `field`, the `hint`, the button `empty`, and `use`, which says that the box is in use.
   * `storage` may be null.
   */
  constructor({ details, field, hint, use, empty, storage, user, project }) {
    Object.assign(this, { details, field, hint, use, storage });
    this.key = `${PREFIX} ${user} ${project}`;
    field.value = storage?.getItem(this.key) ?? "";
    field.addEventListener("input", () => this.#changed());
    empty.addEventListener("click", () => {
      field.value = "";
      this.#changed();
      field.focus();
    });
    this.#showUse();
  }

  /** What the program is to read; null when there is nothing. */
  get text() {
    return this.field.value === "" ? null : this.field.value;
  }

  /** Put this text into the box, in place of what is there. */
  fill(text) {
    this.field.value = text;
    this.#changed();
  }

  /** Where a program cannot wait for an answer, this box is the only way: it stands open and says so. */
  insist() {
    this.details.open = true;
    this.hint.textContent = gettext(
      "This browser cannot wait for an answer while a program runs. Write what input() should read here, one answer a line, before you press Run.",
    );
  }

  #changed() {
    this.#showUse();
    try {
      if (this.text === null) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, this.text);
    } catch {
      // Without room it lasts as long as the page.
    }
  }

  #showUse() {
    const count = this.text === null ? 0 : this.field.value.replace(/\n$/, "").split("\n").length;
    this.use.textContent = count
      ? interpolate(ngettext("in use: %(count)s line", "in use: %(count)s lines", count), { count })
      : "";
  }
}

/** At sign-out: what this person has prepared in this browser is gone. */
export function forgetPreparedInput(storage, user) {
  for (const key of Object.keys(storage)) if (key.startsWith(`${PREFIX} ${user} `)) storage.removeItem(key);
}
