import { gettext, interpolate } from "../language/gettext.js";
import { ChangeSteps } from "./change-steps.js";

const NARROW = "(max-width: 800px)";

/**
 * Merging by hand: theirs beside the workspace's text, which is edited here as it would be in the editor. Every edit
 * goes to the workspace and is saved like any other, so that there is nothing to lose by closing.
 */
export class MergeDialog {
  #workspace;
  #nonce;
  #views = [];
  #active = null;
  #DifferenceView = null;
  #dialog = null;
  #steps;
  #body;

  constructor({ workspace, nonce }) {
    this.#workspace = workspace;
    this.#nonce = nonce;
    // A program that ends may write the file too: its text is the newest.
    workspace.addEventListener("workspace:changed", ({ detail: { paths } }) => {
      const isForeign = ({ path, view }) => paths.includes(path) && workspace.read(path)?.text !== view.text;
      if (this.#views.some(isForeign)) this.close();
    });
  }

  /** Rejected where the code for it cannot be fetched. */
  async load() {
    this.#DifferenceView ??= (await import("../editor/difference-view.js")).DifferenceView;
  }

  /** Needs `load()` before. @param {{path: string, text: string}[]} theirs the files to merge */
  open(theirs) {
    this.#dialog ??= this.#make();
    this.#views = theirs.map((file) => ({ path: file.path, view: this.#compare(file) }));
    this.#active = this.#views[0].view;
    this.#steps.show(this.#views);
    this.#dialog.showModal();
    this.#steps.step(1);
  }

  close() {
    this.#dialog?.close();
  }

  #compare({ path, text }) {
    const frame = document.createElement("div");
    frame.className = "merge";
    const isNarrow = matchMedia(NARROW).matches;
    const labels = isNarrow
      ? [interpolate(gettext("%(path)s: theirs (struck through) in mine (underlined)"), { path })]
      : [interpolate(gettext("Theirs: %(path)s"), { path }), interpolate(gettext("Merged: %(path)s"), { path })];
    const row = document.createElement("p");
    row.className = "merge-labels";
    row.append(...labels.map((label) => Object.assign(document.createElement("span"), { textContent: label })));
    frame.append(row);
    this.#body.append(frame);
    const view = new this.#DifferenceView({
      parent: frame,
      path,
      before: { label: interpolate(gettext("Theirs: %(path)s"), { path }), text },
      after: { label: interpolate(gettext("Merged: %(path)s"), { path }), text: this.#workspace.read(path).text },
      nonce: this.#nonce,
      isNarrow,
      isFolded: false,
      onEdit: (merged) => this.#workspace.show(this.#workspace.files.set(path, { text: merged })),
    });
    frame.addEventListener("focusin", () => {
      this.#active = view;
    });
    return view;
  }

  #takeTheirs() {
    const index = this.#active.currentChange;
    if (index >= 0) this.#active.takeBefore(index);
    this.#steps.step(0);
  }

  #make() {
    const dialog = document.createElement("dialog");
    dialog.className = "merge-dialog";
    dialog.setAttribute("aria-labelledby", "merge-title");
    const title = Object.assign(document.createElement("h2"), {
      id: "merge-title",
      textContent: gettext("Merge by hand"),
    });
    const about = document.createElement("p");
    about.textContent = gettext(
      "Write on the merged side what shall stay; it is saved as you go. Alt+↓ and Alt+↑ go from change to change. Both former versions are in the project's history.",
    );
    const [previous, next, take, done] = [
      [gettext("Previous change"), "quiet small", "Alt+ArrowUp"],
      [gettext("Next change"), "quiet small", "Alt+ArrowDown"],
      [gettext("Take theirs here"), "quiet small"],
      [gettext("Done"), "small"],
    ].map(([text, className, keys]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text, className });
      if (keys) button.setAttribute("aria-keyshortcuts", keys);
      return button;
    });
    const status = document.createElement("output");
    status.className = "hint";
    const tools = document.createElement("div");
    tools.className = "row";
    tools.append(previous, next, take, done, status);
    this.#body = document.createElement("div");
    this.#body.className = "merge-body";
    dialog.append(title, about, tools, this.#body);
    this.#steps = new ChangeSteps({ previous, next, status, keys: dialog });
    take.addEventListener("click", () => this.#takeTheirs());
    done.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      for (const { view } of this.#views) view.destroy();
      this.#views = [];
      this.#body.replaceChildren();
    });
    document.body.append(dialog);
    return dialog;
  }
}
