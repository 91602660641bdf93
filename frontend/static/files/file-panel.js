/**
 * The list of a project's files.
 *
 * Emits `files:opened` {path}, `files:removed` {path}.
 */
export class FilePanel extends EventTarget {
  constructor(list, { editable }) {
    super();
    this.list = list;
    this.editable = editable;
    this.fresh = new Set();
  }

  /** Mark the files that a program has just written. */
  markNew(paths) {
    this.fresh = new Set(paths);
  }

  show(paths, current) {
    this.fresh.delete(current);
    this.list.replaceChildren(...paths.map((path) => this.#item(path, path === current)));
  }

  #item(path, isCurrent) {
    const open = document.createElement("button");
    open.type = "button";
    open.className = "file";
    open.textContent = path;
    if (this.fresh.has(path)) open.append(newMark());
    if (isCurrent) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => this.#tell("opened", path));
    const item = document.createElement("li");
    item.append(open);
    if (this.editable) item.append(this.#removeButton(path));
    return item;
  }

  #removeButton(path) {
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `Delete ${path}`);
    remove.addEventListener("click", () => this.#tell("removed", path));
    return remove;
  }

  #tell(what, path) {
    this.dispatchEvent(new CustomEvent(`files:${what}`, { detail: { path } }));
  }
}

// For the eye only: the name of the button stays the name of the file.
function newMark() {
  const mark = document.createElement("span");
  mark.className = "file-new";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = "new";
  return mark;
}
