/**
 * What one tab has not yet seen acknowledged, kept in this browser.
 * @typedef {object} Draft
 * @property {string} user id of the person who typed it: nobody else is shown it, nobody else saves it
 * @property {string} project id
 * @property {string} tab id of the tab that writes it
 * @property {number} base revision that the tab rests on
 * @property {import("./content.js").FileChange[]} changes what turns `base`, with or without `pending`, into the text
 * @property {{key: string, base: number, changes: import("./content.js").FileChange[]} | null} pending the save that
 *   was sent, or was about to be, and is not answered
 * @property {number} updated_at milliseconds since 1970
 */

const DATABASE = "codeplatform";
const DATABASE_VERSION = 1;
const STORE = "drafts";
// Safari has been seen never to answer: the page then opens without drafts, and says so.
const OPEN_PATIENCE_MS = 3000;

/** Why a draft could not be read or written; `reason` is `unavailable`, `full` or `failed`, the message a sentence. */
export class DraftsError extends Error {
  constructor(reason, cause) {
    super(SENTENCES[reason], { cause });
    this.name = "DraftsError";
    this.reason = reason;
  }
}

const SENTENCES = {
  unavailable: "This browser keeps no drafts (a private window, perhaps).",
  full: "The storage of this browser is full.",
  failed: "This browser could not write the draft.",
};

/**
 * Open the drafts of this browser.
 * @param {{indexedDB: IDBFactory | undefined}} options
 * @returns {Promise<Drafts>} rejected with a `DraftsError` where there is no storage
 */
export async function openDrafts({ indexedDB }) {
  const drafts = new Drafts(indexedDB);
  await drafts.open();
  return drafts;
}

/** Each method returns a promise, rejected with a `DraftsError`. Writes take effect in the order of the calls. */
class Drafts {
  #indexedDB;
  #database = null;
  #opening = null;

  constructor(indexedDB) {
    this.#indexedDB = indexedDB;
  }

  /** Resolves once the record is stored: it then outlives the page and the browser. @param {Draft} draft */
  put(draft) {
    return this.#run("readwrite", (store) => store.put(draft));
  }

  /** @returns {Promise<Draft | undefined>} */
  get(user, project, tab) {
    return this.#run("readonly", (store) => store.get([user, project, tab]));
  }

  /** The drafts of one person for one project, of every tab. @returns {Promise<Draft[]>} */
  listFor(user, project) {
    return this.#run("readonly", (store) => store.index("project").getAll([user, project]));
  }

  /** @returns {Promise<Draft[]>} */
  listForUser(user) {
    return this.#run("readonly", (store) => store.index("user").getAll(user));
  }

  remove(user, project, tab) {
    return this.#run("readwrite", (store) => store.delete([user, project, tab]));
  }

  /** Forget everything of one person, saved or not. */
  async clearUser(user) {
    for (const draft of await this.listForUser(user)) await this.remove(user, draft.project, draft.tab);
  }

  open() {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  close() {
    this.#database?.close();
    this.#database = null;
  }

  // Runs to its first `await` in the caller's turn: with the database open, the request is issued before a page that
  // is being closed is gone.
  async #run(mode, ask) {
    if (!this.#database) await this.open();
    try {
      const transaction = this.#database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      // A page that is gone before it hears of the write would otherwise take the write with it.
      transaction.commit?.();
      await finished(transaction);
      return request.result;
    } catch (error) {
      if (error?.name === "InvalidStateError") this.#database = null;
      throw new DraftsError(error?.name === "QuotaExceededError" ? "full" : "failed", error);
    }
  }

  async #open() {
    try {
      const request = this.#indexedDB.open(DATABASE, DATABASE_VERSION);
      request.onupgradeneeded = () => createStore(request.result);
      this.#database = await opened(request);
    } catch (error) {
      throw new DraftsError("unavailable", error);
    }
    this.#database.onversionchange = () => this.close();
    this.#database.onclose = () => {
      this.#database = null;
    };
  }
}

function createStore(database) {
  const store = database.createObjectStore(STORE, { keyPath: ["user", "project", "tab"] });
  store.createIndex("project", ["user", "project"]);
  store.createIndex("user", "user");
}

function opened(request) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The storage does not open.")), OPEN_PATIENCE_MS);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("Another tab holds an older version of the storage."));
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The transaction was aborted."));
  });
}
