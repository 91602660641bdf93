import { sizeInWords } from "../files/file-content.js";
import { gettext, interpolate } from "../language/gettext.js";
import { contentOf, sameContent, toMap } from "../saving/content.js";
import { MergeDialog } from "./merge-dialog.js";

const WHOLE = [
  ["mine", gettext("Keep mine")],
  ["theirs", gettext("Keep theirs")],
  ["both", gettext("Keep both")],
];
const MERGE = "merge";
const EACH = [
  ["mine", gettext("Mine")],
  ["theirs", gettext("Theirs")],
  ["both", gettext("Both")],
  [MERGE, gettext("Merge by hand")],
];

/** The choice in a conflict: both texts of each file side by side, what to keep, and merging by hand. */
export class ConflictChoice {
  #section;
  #workspace;
  #dialog;
  #texts = new Map();
  #message = null;

  constructor({ section, workspace, nonce }) {
    this.#section = section;
    this.#workspace = workspace;
    this.#dialog = new MergeDialog({ workspace, nonce });
    workspace.addEventListener("workspace:changed", ({ detail: { paths } }) => {
      for (const path of paths) this.#texts.get(path)?.update();
    });
  }

  close() {
    this.#section.hidden = true;
    this.#section.replaceChildren();
    this.#texts.clear();
  }

  /**
   * @param {{theirs: {author: any, files: object[]}, mine: import("../saving/content.js").FileChange[]}} conflict
   * @param {(choice: string | Map<string, string>) => void} choose
   */
  open({ theirs, mine }, choose) {
    this.#dialog.close();
    this.#texts.clear();
    const theirFiles = toMap(theirs.files);
    const paths = mine
      .filter((change) => !sameContent(change.deleted ? undefined : contentOf(change), theirFiles.get(change.path)))
      .map(({ path }) => path);
    for (const path of paths) this.#texts.set(path, new BothTexts(path, theirFiles.get(path), this.#workspace));
    const files = [...this.#texts.values()];
    const canMerge = files.some((file) => file.canMerge);
    const merge = (path) => this.#merge(files, new Map([[path, MERGE]]), choose);
    const buttons = row(WHOLE.map(([what, words]) => button(words, what !== "mine", () => choose(what))));
    if (files.length === 1 && canMerge)
      buttons.append(button(gettext("Merge by hand"), true, () => merge(files[0].path)));
    this.#message = paragraph("");
    this.#message.setAttribute("role", "alert");
    this.#section.replaceChildren(title(), paragraph(aboutWords(theirs.author)), buttons, this.#message);
    if (files.length > 1) {
      buttons.append(
        button(gettext("Keep as chosen below"), true, () => {
          const choices = new Map(files.map((file) => [file.path, file.choice]));
          this.#merge(files, choices, choose);
        }),
      );
    }
    this.#section.append(...files.map((file) => file.draw({ withChoice: files.length > 1 })));
    this.#section.hidden = false;
    markAll(files);
  }

  /** Merging begins from mine, which is saved first: then all that was typed is in the history whatever follows. */
  async #merge(files, choices, choose) {
    const merged = files.filter(({ path }) => choices.get(path) === MERGE);
    if (merged.length) {
      try {
        await this.#dialog.load();
      } catch {
        this.#message.textContent = gettext(
          "Merging by hand cannot be loaded just now. Try again when you are online.",
        );
        return;
      }
    }
    const plain = new Map([...choices].map(([path, what]) => [path, what === MERGE ? "mine" : what]));
    const theirs = merged.map(({ path, theirs: content }) => ({ path, text: content.text }));
    choose(plain);
    if (theirs.length) this.#dialog.open(theirs);
  }
}

/** One file of a conflict. */
class BothTexts {
  #workspace;
  #mine = document.createElement("pre");
  #theirs = document.createElement("pre");
  #choice = "mine";
  #textChanges = null;

  constructor(path, theirs, workspace) {
    this.path = path;
    this.theirs = theirs;
    this.#workspace = workspace;
  }

  get choice() {
    return this.#choice;
  }

  get canMerge() {
    return this.theirs?.text !== undefined && this.#workspace.read(this.path)?.text !== undefined;
  }

  draw({ withChoice }) {
    const holder = document.createElement("section");
    holder.className = "conflict-file";
    const pair = document.createElement("div");
    pair.className = "conflict-texts";
    this.#mine.tabIndex = 0;
    this.#theirs.tabIndex = 0;
    pair.append(
      block(interpolate(gettext("Mine: %(path)s"), { path: this.path }), this.#mine),
      block(interpolate(gettext("Theirs: %(path)s"), { path: this.path }), this.#theirs),
    );
    if (withChoice) holder.append(this.#radios());
    holder.append(pair);
    this.update();
    return holder;
  }

  /** Mine goes on being typed while the choice waits. */
  update() {
    const mine = this.#workspace.read(this.path);
    if (!this.#textChanges || !this.canMerge) {
      this.#mine.textContent = words(mine);
      this.#theirs.textContent = words(this.theirs);
      return;
    }
    const { before, after } = this.#textChanges(mine.text, this.theirs.text);
    this.#mine.replaceChildren(...marked(mine.text, before));
    this.#theirs.replaceChildren(...marked(this.theirs.text, after));
  }

  /** Marks what differs from now on, and shows the first difference. @param {(one: string, other: string) => object} textChanges */
  mark(textChanges) {
    this.#textChanges = textChanges;
    this.update();
    for (const box of [this.#mine, this.#theirs]) {
      const first = box.querySelector("mark");
      if (first) box.scrollTop = first.offsetTop - box.offsetTop - box.clientHeight / 3;
    }
  }

  #radios() {
    const set = document.createElement("fieldset");
    set.className = "row conflict-choice";
    const legend = document.createElement("legend");
    legend.textContent = interpolate(gettext("Keep of %(path)s"), { path: this.path });
    set.append(legend);
    for (const [what, text] of EACH) {
      if (what === MERGE && !this.canMerge) continue;
      const label = document.createElement("label");
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = `keep ${this.path}`;
      radio.checked = what === this.#choice;
      radio.addEventListener("change", () => {
        this.#choice = what;
      });
      label.append(radio, text);
      set.append(label);
    }
    return set;
  }
}

/** The marks come when their code is there; without it both texts stand unmarked. */
async function markAll(files) {
  try {
    const { textChanges } = await import("../editor/text-changes.js");
    for (const file of files) file.mark(textChanges);
  } catch {
    // Offline: the texts themselves are on the page.
  }
}

function marked(text, ranges) {
  const nodes = [];
  let at = 0;
  for (const [from, to] of ranges) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    nodes.push(text.slice(at, from), mark);
    at = to;
  }
  return [...nodes, text.slice(at)];
}

function words(content) {
  if (!content) return "(not in this version)";
  return content.text ?? `(${sizeInWords(content.bytes.length)})`;
}

function aboutWords(author) {
  return interpolate(
    gettext(
      "%(author)s saved it in another tab or on another device while you were writing here. Both versions are kept, whatever you choose: the one you leave stays in the project's history.",
    ),
    { author: author ?? gettext("Somebody") },
  );
}

function title() {
  const heading = document.createElement("h2");
  heading.id = "conflict-title";
  heading.textContent = gettext("This project was saved somewhere else");
  return heading;
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function row(children) {
  const holder = document.createElement("div");
  holder.className = "row";
  holder.append(...children);
  return holder;
}

function button(text, isQuiet, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = isQuiet ? "quiet" : "";
  made.textContent = text;
  made.addEventListener("click", onClick);
  return made;
}

function block(heading, content) {
  const holder = document.createElement("div");
  holder.append(Object.assign(document.createElement("h3"), { textContent: heading }), content);
  return holder;
}
