import { canonical, contentOf, diff, overlay, sameContent, sameFiles, toMap, toWire } from "./content.js";

/**
 * The project in memory: the files as they are now, and as the server last acknowledged them.
 *
 * Emits `workspace:changed` with `{paths, origin}`: `edit` for a change made here, `adopted` when the files came from
 * elsewhere (a conflict was settled), so that an editor shows them anew.
 */
export class Workspace extends EventTarget {
  #base;
  #files;

  /** @param {{revision: number, files: import("./content.js").WireFile[]}} server the state the page was opened with */
  constructor({ revision, files }) {
    super();
    this.revision = revision;
    this.#base = toMap(files);
    this.#files = new Map(this.#base);
  }

  /** The paths, in alphabetical order. */
  get paths() {
    return [...this.#files.keys()].sort();
  }

  /** The files now: a copy, path -> content. */
  get files() {
    return new Map(this.#files);
  }

  /** The files as the server acknowledged them: a copy, path -> content. */
  get base() {
    return new Map(this.#base);
  }

  get isDirty() {
    return !sameFiles(this.#base, this.#files);
  }

  /** The content of a file, or undefined. @returns {import("./content.js").FileContent | undefined} */
  read(path) {
    return this.#files.get(canonical(path));
  }

  /** Create or replace a file. @param {import("./content.js").FileContent} content */
  write(path, content) {
    const name = canonical(path);
    if (sameContent(this.#files.get(name), content)) return;
    this.#files.set(name, content);
    this.#announce([name], "edit");
  }

  remove(path) {
    const name = canonical(path);
    if (this.#files.delete(name)) this.#announce([name], "edit");
  }

  /** Throws when the file is missing or the new path is taken: a rename never overwrites. */
  rename(path, newPath) {
    const [from, to] = [canonical(path), canonical(newPath)];
    if (from === to) return;
    if (!this.#files.has(from)) throw new Error(`There is no file ${from}.`);
    if (this.#files.has(to)) throw new Error(`There is a file ${to} already.`);
    this.#files.set(to, this.#files.get(from));
    this.#files.delete(from);
    this.#announce([from, to], "edit");
  }

  /** Apply several changes at once, for instance the files that a run has written. */
  apply(changes) {
    const named = changes.map((change) => ({ ...change, path: canonical(change.path) }));
    this.#replaceFiles(overlay(this.#files, named), "edit");
  }

  /** What differs from the acknowledged state. See `diff` for `alsoPaths`. */
  changes(alsoPaths = []) {
    return diff(this.#base, this.#files, alsoPaths);
  }

  /** The server has stored `changes` on top of the acknowledged state as `revision`. The files now stay as they are. */
  acknowledge(revision, changes) {
    this.revision = revision;
    for (const change of changes) {
      const { path } = change;
      const now = this.#files.get(path);
      if (change.deleted) this.#base.delete(path);
      else this.#base.set(path, now && sameWire(toWire(path, now), change) ? now : contentOf(change));
    }
  }

  /** Rest on another server state; `files` are the files from now on, or stay as they are when left out. */
  adopt({ revision, base, files = this.#files }) {
    this.revision = revision;
    this.#base = new Map(base);
    this.#replaceFiles(files, "adopted");
  }

  /** Make the files now these, as one change still to be saved. @param {Map} files */
  show(files) {
    this.#replaceFiles(files, "adopted");
  }

  #replaceFiles(files, origin) {
    const paths = diff(this.#files, files).map((change) => change.path);
    this.#files = new Map(files);
    if (paths.length > 0) this.#announce(paths, origin);
  }

  #announce(paths, origin) {
    this.dispatchEvent(new CustomEvent("workspace:changed", { detail: { paths, origin } }));
  }
}

// Where the content still is what was sent, base and files share it: comparing them is comparing two references.
const sameWire = (one, other) => one.text === other.text && one.base64 === other.base64;
