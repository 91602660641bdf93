import { CodeEditor } from "../editor/code-editor.js";

const PARTS = { starter: ["starter"], solution: ["reference", "starter"] };

/** Code editors over the files of the form; their text stays in the form's own fields. */
export class FileEditors {
  #section;
  #nonce;
  #editors = new Map();

  constructor({ section, nonce }) {
    this.#section = section;
    this.#nonce = nonce;
  }

  /** To be called whenever the rows of the section are new. */
  fill() {
    this.#editors.clear();
    for (const field of this.#section.querySelectorAll(".file-row textarea.code")) {
      const row = field.closest(".file-row");
      const path = pathOf(row);
      const parent = document.createElement("div");
      parent.className = "author-editor";
      field.hidden = true;
      field.after(parent);
      const editor = new CodeEditor({ parent, nonce: this.#nonce, label: `${path || "File"}, ${row.dataset.label}` });
      editor.open(path || "main.py", field.value);
      editor.addEventListener("editor:changed", ({ detail: { text } }) => {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      this.#editors.set(row, editor);
    }
  }

  /** Put the cursor where a program went wrong: in the "solution" or the "starter". */
  goTo(program, { file, line, column }) {
    for (const part of PARTS[program]) {
      const row = [...this.#section.querySelectorAll(`.file-${part}`)].find((one) => pathOf(one) === file);
      if (!row) continue;
      row.scrollIntoView({ block: "nearest" });
      this.#editors.get(row)?.goTo({ line, column });
      return;
    }
  }
}

function pathOf(row) {
  return row.querySelector("[name$='-path']").value.trim();
}
