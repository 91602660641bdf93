import { diff, overlay, sameFiles, toList } from "./content.js";
import { randomId } from "./random-id.js";
import { advanced, replay, stateFrom } from "./replay.js";
import { Workspace } from "./workspace.js";

/**
 * @typedef {object} Recovered
 * @property {Workspace} workspace the server's files with the text that was typed and not saved; for the `Saver`
 * @property {object | null} pending a save that is still to be answered; for the `Saver`
 * @property {import("./conflict.js").Conflict | null} conflict a choice to be made; for the `Saver`
 * @property {string | null} savedAt of the server state; for the `Saver`
 * @property {boolean} hasText whether anything typed earlier was brought back
 * @property {number} waitingCount drafts of this project that cannot be shown beside it: the next opening asks again
 * @property {string | null} draftError why the drafts could not be read, in a sentence
 */

/**
 * At page open: bring back what this tab, or one that is closed, has typed and not saved.
 *
 * A draft that fits the server's revision goes on top of it; one that rests on an older revision and differs becomes
 * a conflict. Of several drafts the last one (this tab's own before all others) is opened; of the others each that
 * fits is saved first, as if its tab had come to it. A live tab's draft is not touched, and no draft is removed before
 * its text is on the server or under this tab's name.
 *
 * @param {object} options
 * @param {{revision: number, files: import("./content.js").WireFile[], saved_at?: string, author?: any}} options.server
 *   as the server wrote it into the page
 * @param {object | null} options.drafts the store
 * @param {string} options.user @param {string} options.project @param {string} options.tab ids
 * @param {import("./presence.js").Presence} options.presence
 * @param {(request: import("./send.js").SaveRequest) => Promise<import("./send.js").Outcome>} options.send
 * @returns {Promise<Recovered>} never rejected for a fault of the browser's storage
 */
export async function recover(options) {
  const { drafts, user, project, presence } = options;
  const recovery = new Recovery({ newKey: randomId, now: Date.now, timers: globalThis, ...options });
  if (!drafts) return recovery.result();
  try {
    await presence.alone(`draft-recovery:${user}:${project}`, () => recovery.run());
  } catch (error) {
    recovery.draftError = error.message;
  }
  return recovery.result();
}

class Recovery {
  #options;
  #server;
  #opened = null;
  #waitingCount = 0;

  constructor(options) {
    this.#options = options;
    this.#server = stateFrom({ ...options.server, savedAt: options.server.saved_at });
    this.draftError = null;
  }

  async run() {
    for (const draft of await this.#ownDrafts()) {
      if (this.#opened) await this.#saveOrLeave(this.#opened);
      this.#opened = null;
      const { server, base, changes, pending } = await replay({ ...this.#options, draft, server: this.#server });
      this.#server = server;
      const isNews = pending !== null || !sameFiles(overlay(server.files, changes), server.files);
      if (isNews) this.#opened = { ...draft, base, changes, pending };
      else await this.#remove(draft);
    }
    if (this.#opened) await this.#moveHere(this.#opened);
  }

  /** @returns {Recovered} */
  result() {
    const { revision, files, savedAt } = this.#server;
    const workspace = new Workspace({ revision, files: toList(files) });
    const { base, changes, pending } = this.#opened ?? { base: revision, changes: [], pending: null };
    workspace.adopt({ revision: base, base: files, files: overlay(files, changes) });
    const { draftError } = this;
    const hasText = this.#opened !== null;
    const waitingCount = this.#waitingCount;
    return { workspace, pending, conflict: this.#conflict(base), savedAt, hasText, waitingCount, draftError };
  }

  // The workspace keeps the draft's old revision until the choice is made: a page closed before that asks again.
  #conflict(base) {
    const { revision, files, savedAt, author } = this.#server;
    if (base === revision) return null;
    return { theirs: { revision, savedAt, author, files: toList(files) }, isBaseKnown: false };
  }

  async #ownDrafts() {
    const { drafts, user, project, tab, presence } = this.#options;
    const found = [];
    for (const draft of await drafts.listFor(user, project)) {
      if (draft.tab === tab || !(await presence.isAlive(draft))) found.push(draft);
    }
    const rank = (draft) => (draft.tab === tab ? Infinity : draft.updated_at);
    return found.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  }

  async #saveOrLeave(draft) {
    const { base, pending } = draft;
    const changes = diff(this.#server.files, overlay(this.#server.files, draft.changes));
    if (base === this.#server.revision && pending === null) {
      const { send, drafts, newKey } = this.#options;
      const save = { key: newKey(), base, changes };
      await drafts.put({ ...draft, pending: save });
      const outcome = await send({ key: save.key, base, files: changes });
      if (outcome.kind === "saved") {
        this.#server = advanced(this.#server, base, outcome, changes);
        return this.#remove(draft);
      }
    }
    this.#waitingCount += 1;
  }

  async #moveHere(draft) {
    const { drafts, tab, now } = this.#options;
    await drafts.put({ ...draft, tab, updated_at: now() });
    if (draft.tab !== tab) await this.#remove(draft);
  }

  #remove({ user, project, tab }) {
    return this.#options.drafts.remove(user, project, tab);
  }
}
