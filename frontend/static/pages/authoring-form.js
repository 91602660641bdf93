import { gettext } from "../language/gettext.js";

const LOST = gettext(
  "The server could not be asked. What you typed is still here; look whether you are signed in, in another tab, and try again.",
);
const UNSAVED_BUTTONS = "button[name='do']";

/**
 * The form of an exercise. Buttons that save nothing are sent without leaving the page, and the part that the server has
 * changed takes the place of what is there.
 *
 * Emits `form:edited` {target} for what the person changed, and `form:replaced` {section}.
 */
export class AuthoringForm extends EventTarget {
  #form;
  #status;
  #isEdited;

  /** `status` says what went wrong. */
  constructor({ form, status }) {
    super();
    this.#form = form;
    this.#status = status;
    this.#isEdited = document.getElementById("problems") !== null;
    form.addEventListener("input", ({ target }) => this.#edited(target));
    form.addEventListener("submit", (event) => this.#submitted(event));
    form.addEventListener("change", ({ target }) => {
      if (target.type === "file") form.requestSubmit(form.querySelector("[value='add-uploads']"));
    });
    addEventListener("beforeunload", (event) => {
      if (this.#isEdited) event.preventDefault();
    });
  }

  /** The rows of the tests, in their order. */
  get testRows() {
    return [...this.#form.querySelectorAll(".test-row")];
  }

  /**
   * What the server answers to a button, without anything being saved.
   * @param {string} button the value of its `do`
   * @returns {Promise<{isFine: boolean, answer: object}>} rejects with a sentence
   */
  async ask(button, { signal } = {}) {
    const body = new FormData(this.#form);
    body.set("do", button);
    // Those are sent once, when they are chosen.
    if (button !== "add-uploads") body.delete("uploads");
    const response = await fetch(this.#form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal,
    }).catch((error) => {
      throw error.name === "AbortError" ? error : new Error(LOST);
    });
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(LOST);
    return { isFine: response.ok, answer: await response.json() };
  }

  /** Do what a button of a row says. */
  async press(button) {
    const { isFine, answer } = await this.ask(button);
    if (!isFine) throw new Error(LOST);
    const section = document.getElementById(answer.part);
    section.innerHTML = answer.html;
    this.#isEdited = true;
    this.dispatchEvent(new CustomEvent("form:replaced", { detail: { section } }));
    document.getElementById(answer.focus)?.focus();
  }

  /** A test of input and output: in the last row where that is empty, else in a new one. Returns its number, from 1. */
  async addTest({ input, expected }) {
    if (!this.testRows.length || !isEmpty(this.testRows.at(-1))) await this.press("add-test");
    const row = this.testRows.at(-1);
    this.setField(row, "kind", "io");
    this.setField(row, "input", input);
    this.setField(row, "expected", expected);
    return this.testRows.length;
  }

  /** Put a value into a field of a test's row, as if it had been typed. */
  setField(row, name, value) {
    const field = fieldOf(row, name);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /**
   * The program as it stands in the form: "starter", or "solution", which is the starter with the solution's files over it.
   * @returns {{files: {path: string, bytes: Uint8Array}[], entry: string}}
   */
  program(which) {
    const files = new Map();
    for (const part of which === "solution" ? ["starter", "reference"] : ["starter"]) {
      for (const row of this.#form.querySelectorAll(`.file-${part}`)) {
        const path = row.querySelector("[name$='-path']").value.trim();
        if (path) files.set(path, contentOf(row));
      }
    }
    const entry = this.#form.elements.entry.value.trim() || "main.py";
    return { files: [...files].map(([path, bytes]) => ({ path, bytes })), entry };
  }

  #edited(target) {
    this.#isEdited = true;
    this.dispatchEvent(new CustomEvent("form:edited", { detail: { target } }));
  }

  #submitted(event) {
    const button = event.submitter;
    if (!button?.matches(UNSAVED_BUTTONS)) {
      this.#isEdited = false;
      return;
    }
    event.preventDefault();
    this.press(button.value).catch((error) => {
      this.#status.textContent = error.message;
    });
  }
}

function fieldOf(row, name) {
  return row.querySelector(`[name$='-${name}']`);
}

function isEmpty(row) {
  return ["name", "input", "expected", "files"].every((name) => fieldOf(row, name).value === "");
}

function contentOf(row) {
  const packed = row.querySelector("[name$='-base64']");
  if (packed) return Uint8Array.from(atob(packed.value), (character) => character.charCodeAt(0));
  return new TextEncoder().encode(row.querySelector("[name$='-text']").value);
}
