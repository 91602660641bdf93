const PREFIX = "exercise-work";

/**
 * A person's work on one exercise, kept in this browser only.
 *
 * @typedef {object} Kept
 * @property {number} version of the exercise that the work began with
 * @property {{path: string, text: string}[]} files text files that differ from the starter, or did
 * @property {number} hints how many hints were shown
 */
export class LocalWork {
  #storage;
  #key;

  /** `storage` is the browser's localStorage; null where there is none. `user` and `exercise` are ids. */
  constructor({ storage, user, exercise }) {
    this.#storage = storage;
    this.#key = `${PREFIX} ${user} ${exercise}`;
  }

  /** What was kept; null when there is nothing, or nothing that can be read. @returns {Kept | null} */
  read() {
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key));
      const isFile = (file) => typeof file?.path === "string" && typeof file?.text === "string";
      if (!Array.isArray(kept.files) || !kept.files.every(isFile)) return null;
      return { version: Number(kept.version) || 0, files: kept.files, hints: Number(kept.hints) || 0 };
    } catch {
      return null;
    }
  }

  /** Whether it is kept now: not where the browser gives no storage, or it is full. @param {Kept} work */
  write(work) {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(work));
      return true;
    } catch {
      return false;
    }
  }
}
