import { gettext, interpolate } from "../language/gettext.js";
import { treeOf } from "./file-tree.js";

/**
 * The tree of a project's files, each with a menu of what can be done to it.
 *
 * Emits `files:opened` {path} and `files:asked` {path, what, newPath?}, where `what` is `run`, `rename`, `duplicate`,
 * `download` or `delete`.
 */
export class FilePanel extends EventTarget {
  #marks = new Map();
  #closedFolders = new Set();
  #menuOf = null;
  #renaming = null;
  #paths = [];
  #current = null;

  /** @param {HTMLElement} list a <ul> */
  constructor(list, { editable }) {
    super();
    this.list = list;
    this.editable = editable;
    list.addEventListener("keydown", (event) => this.#keyed(event));
  }

  /** Mark the files that a program has just written: path → "new" or "changed". */
  mark(marks) {
    this.#marks = new Map(marks);
  }

  show(paths, current) {
    if (current !== this.#current) this.#marks.delete(current);
    this.#paths = paths;
    this.#current = current;
    this.#draw();
  }

  /** Let the person type a new name for the file. */
  rename(path) {
    this.#menuOf = null;
    this.#renaming = path;
    this.#draw();
    const field = this.list.querySelector(".rename-file input");
    field?.focus();
    // The extension rarely changes.
    const name = path.slice(path.lastIndexOf("/") + 1);
    const stem = name.lastIndexOf(".") > 0 ? name.lastIndexOf(".") : name.length;
    field?.setSelectionRange(path.length - name.length, path.length - name.length + stem);
  }

  #draw() {
    const focused = document.activeElement;
    const kept = this.list.contains(focused) ? focused.dataset.control : null;
    this.list.replaceChildren(...this.#level(treeOf(this.#paths)));
    if (kept) this.list.querySelector(`[data-control="${CSS.escape(kept)}"]`)?.focus();
  }

  #level({ folders, files }) {
    return [...folders.map((folder) => this.#folder(folder)), ...files.map((file) => this.#file(file))];
  }

  #folder(folder) {
    const name = element("summary", { className: "folder" }, folder.name);
    const details = element("details", { open: !this.#closedFolders.has(folder.path) }, name);
    details.addEventListener("toggle", () => {
      if (details.open) this.#closedFolders.delete(folder.path);
      else this.#closedFolders.add(folder.path);
    });
    details.append(element("ul", { className: "file-list" }, ...this.#level(folder)));
    return element("li", { className: "folder-item" }, details);
  }

  #file({ name, path }) {
    if (path === this.#renaming) return element("li", {}, this.#renameForm(path));
    const open = button(name, "file", `open ${path}`, () => this.#tell("opened", { path }));
    if (name !== path) open.setAttribute("aria-label", path);
    open.title = path;
    open.dataset.path = path;
    const mark = this.#marks.get(path);
    if (mark) open.append(newMark(mark));
    if (path === this.#current) open.setAttribute("aria-current", "true");
    const isOpen = path === this.#menuOf;
    const more = button("⋯", "more", `more ${path}`, () => this.#toggle(path));
    more.setAttribute("aria-label", interpolate(gettext("More for %(path)s"), { path }));
    more.setAttribute("aria-expanded", String(isOpen));
    const item = element("li", {}, open, more);
    if (isOpen) item.append(this.#menu(path));
    return item;
  }

  #menu(path) {
    const choices = [
      this.editable && ["rename", gettext("Rename")],
      this.editable && ["duplicate", gettext("Duplicate")],
      ["download", gettext("Download")],
      path.endsWith(".py") && ["run", gettext("Run this file")],
      this.editable && ["delete", gettext("Delete")],
    ].filter(Boolean);
    return element(
      "div",
      { className: "file-menu" },
      ...choices.map(([what, words]) => {
        const act = button(words, "quiet small", `${what} ${path}`, () => this.#choose(what, path));
        act.setAttribute(
          "aria-label",
          what === "run"
            ? interpolate(gettext("Run %(path)s"), { path })
            : interpolate(gettext("%(action)s %(path)s"), { action: words, path }),
        );
        return act;
      }),
    );
  }

  #renameForm(path) {
    const field = element("input", { value: path, maxLength: 200, spellcheck: false, autocapitalize: "off" });
    field.setAttribute("aria-label", interpolate(gettext("New name of %(path)s"), { path }));
    field.dataset.control = `rename ${path}`;
    const accept = button(gettext("Rename"), "quiet small", `accept ${path}`);
    accept.type = "submit";
    const form = element("form", { className: "rename-file" }, field, accept);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#tell("asked", { path, what: "rename", newPath: field.value.trim() });
    });
    return form;
  }

  /** The name is settled, or given up. */
  endRename() {
    if (!this.#renaming) return;
    const path = this.#renaming;
    this.#renaming = null;
    this.#draw();
    this.list.querySelector(`[data-control="${CSS.escape(`open ${path}`)}"]`)?.focus();
  }

  #choose(what, path) {
    this.#menuOf = null;
    if (what === "rename") this.rename(path);
    else {
      this.#draw();
      this.#tell("asked", { path, what });
    }
  }

  #toggle(path) {
    this.#menuOf = path === this.#menuOf ? null : path;
    this.#draw();
  }

  #keyed(event) {
    if (event.key === "F2" && this.editable) {
      const path = event.target.dataset?.path;
      if (path) this.rename(path);
    }
    if (event.key !== "Escape") return;
    if (this.#renaming) this.endRename();
    else if (this.#menuOf) {
      const path = this.#menuOf;
      this.#toggle(path);
      this.list.querySelector(`[data-control="${CSS.escape(`more ${path}`)}"]`)?.focus();
    }
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`files:${what}`, { detail }));
  }
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// `control` finds the same button again after the tree is drawn anew.
function button(words, className, control, onClick = () => {}) {
  const made = element("button", { type: "button", className }, words);
  made.dataset.control = control;
  made.addEventListener("click", onClick);
  return made;
}

// For the eye only: the name of the button stays the name of the file.
function newMark(words) {
  const mark = element("span", { className: "file-new" }, words);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}
