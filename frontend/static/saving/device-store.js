import { gettext } from "../language/gettext.js";

const DATABASE_VERSION = 1;
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
  unavailable: gettext("This browser keeps no drafts (a private window, perhaps)."),
  full: gettext("The storage of this browser is full."),
  failed: gettext("This browser could not write the draft."),
};

/**
 * Open a store of records, each with `user`, `project` and `id`, which tell it from all others.
 * @param {{indexedDB: IDBFactory | undefined, database: string, store: string, id: string}} options names; `id` is that of
 *   the third key
 * @returns {Promise<DeviceStore>} rejected with a `DraftsError` where there is no storage
 */
export async function openDeviceStore(options) {
  const store = new DeviceStore(options);
  await store.open();
  return store;
}

/** Each method returns a promise, rejected with a `DraftsError`. Writes take effect in the order of the calls. */
export class DeviceStore {
  #options;
  #database = null;
  #opening = null;

  constructor(options) {
    this.#options = options;
  }

  /** Resolves once the record is stored: it then outlives the page and the browser. @param {object} record */
  put(record) {
    return this.#run("readwrite", (store) => store.put(record));
  }

  /** @returns {Promise<object | undefined>} */
  get(user, project, id) {
    return this.#run("readonly", (store) => store.get([user, project, id]));
  }

  /** The records of one person for one project. @returns {Promise<object[]>} */
  listFor(user, project) {
    return this.#run("readonly", (store) => store.index("project").getAll([user, project]));
  }

  /** @returns {Promise<object[]>} */
  listForUser(user) {
    return this.#run("readonly", (store) => store.index("user").getAll(user));
  }

  remove(user, project, id) {
    return this.#run("readwrite", (store) => store.delete([user, project, id]));
  }

  /** Forget everything of one person, saved or not. */
  async clearUser(user) {
    for (const record of await this.listForUser(user))
      await this.remove(user, record.project, record[this.#options.id]);
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
      const transaction = this.#database.transaction(this.#options.store, mode);
      const request = ask(transaction.objectStore(this.#options.store));
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
      const request = this.#options.indexedDB.open(this.#options.database, DATABASE_VERSION);
      request.onupgradeneeded = () => createStore(request.result, this.#options);
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

function createStore(database, { store: name, id }) {
  const store = database.createObjectStore(name, { keyPath: ["user", "project", id] });
  store.createIndex("project", ["user", "project"]);
  store.createIndex("user", "user");
}

function opened(request) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(gettext("The storage does not open."))), OPEN_PATIENCE_MS);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(gettext("Another tab holds an older version of the storage.")));
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error(gettext("The transaction was aborted.")));
  });
}
