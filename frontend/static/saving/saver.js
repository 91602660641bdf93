import { CHOICES, filesFor, isMoot } from "./conflict.js";
import { diff, overlay, sameFiles, toMap } from "./content.js";
import { DraftWriter } from "./draft-writer.js";
import { Debounce, Retry } from "./pace.js";
import { randomId } from "./random-id.js";
import { SaveStatus, State } from "./save-state.js";

/**
 * Brings one project's text to the server: the transition table is in save-state.js.
 *
 * Emits `save:state` (SaveState) and `save:conflict` with
 * `{theirs: {revision, savedAt, author, files}, mine: FileChange[]}`. Call `start()` once the listeners are in place.
 */
export class Saver extends SaveStatus {
  #options;
  #workspace;
  #writer;
  #debounce;
  #retry;
  #inFlight;
  #conflict;
  #changesToFollow = [];
  #toStore = [];
  #isDue = false;
  #isStopped = false;
  #waiting = [];

  /**
   * @param {object} options
   * @param {import("./workspace.js").Workspace} options.workspace
   * @param {object | null} options.drafts the store of drafts.js, or null where there is none
   * @param {(request: import("./send.js").SaveRequest) => Promise<import("./send.js").Outcome>} options.send
   * @param {string} options.user @param {string} options.project @param {string} options.tab ids
   * @param {string} [options.url] address of the save, kept with the draft
   * @param {string | null} [options.savedAt] of the revision the page was opened with
   * @param {object | null} [options.pending] from `recover`: a save that is still to be answered
   * @param {import("./conflict.js").Conflict | null} [options.conflict] from `recover`: a choice still to be made
   */
  constructor(options) {
    const { savedAt = null, pending = null, conflict = null } = options;
    super({ state: conflict ? State.CONFLICT : pending ? State.SAVING : State.SAVED, savedAt });
    const defaults = { now: Date.now, timers: globalThis, random: Math.random, newKey: randomId };
    this.#options = { ...defaults, ...options };
    const { workspace, drafts, timers, now, random } = this.#options;
    this.#workspace = workspace;
    this.#inFlight = pending;
    this.#conflict = conflict;
    const noteDrafts = (error) => this.noteDrafts(error);
    this.#writer = new DraftWriter({ drafts, timers, record: () => this.#draft(), onError: noteDrafts });
    this.#debounce = new Debounce({ timers, now, onDue: () => this.#whenDue() });
    this.#retry = new Retry({ timers, now, random, onDue: () => this.#attempt() });
  }

  /** Whether the page may be closed without losing text; `flush()` writes the last of it. */
  get isSafeToLeave() {
    return this.state === State.SAVED || this.#writer.error === null;
  }

  /** Go on from what recovery has found. */
  start() {
    if (this.#writer.error) this.noteDrafts(this.#writer.error);
    else this.announce();
    if (this.#conflict) this.#announceConflict();
    else if (this.#inFlight) this.#attempt();
    else if (this.#workspace.isDirty) this.changed();
  }

  /** To be called on every edit. */
  changed() {
    if (this.#isStopped) return;
    this.#writer.schedule();
    if (this.state === State.CONFLICT) return;
    this.#debounce.touch();
    if (this.state === State.SAVED || this.state === State.REFUSED) this.enter(State.EDITING);
  }

  /** Save without waiting for a pause. @returns {Promise<string>} the state it came to: `saved`, `kept`, ... */
  saveNow() {
    this.retryNow();
    if (this.#isStopped || this.#conflict || this.#retry.isWaiting) return Promise.resolve(this.state);
    const settled = this.#nextRest();
    if (!this.#inFlight) this.#begin();
    return settled;
  }

  /**
   * Store exactly these files as a revision, before anything that is typed meanwhile.
   * @param {Map} files path -> content
   * @returns {Promise<number | null>} its number, once the server has it, however long that takes; null where something
   *   has to be chosen or changed first
   */
  store(files) {
    return new Promise((resolve) => {
      this.#toStore.push({ files: new Map(files), resolve });
      if (this.#isStopped || this.#conflict) this.#giveUpStoring();
      else if (this.#inFlight) this.retryNow();
      else this.#begin();
    });
  }

  /** The page is being hidden, perhaps for good: the draft and the request leave in this turn. */
  flush() {
    if (this.#isStopped) return;
    const canSend = !this.#inFlight && !this.#conflict && this.state !== State.REFUSED;
    if (canSend && this.#workspace.isDirty) this.#begin({ isLeaving: true });
    else this.#writer.writeNow();
  }

  /** The network is back, or somebody looks at the page again: do not wait for the next try. */
  retryNow() {
    this.#retry.hurry();
  }

  /** Somebody looks at the page again: with nothing unsaved here, take what was saved elsewhere meanwhile. */
  async refresh() {
    const { revision } = this.#workspace;
    const isIdle = () =>
      !this.#isStopped &&
      this.state === State.SAVED &&
      !this.#workspace.isDirty &&
      this.#workspace.revision === revision;
    if (!isIdle()) return;
    // A save without files stores nothing; on a stale base it is answered with the whole state.
    const outcome = await this.#options.send({ base: revision, key: this.#options.newKey(), files: [] });
    if (outcome.kind !== "conflict" || !isIdle()) return;
    const theirs = toMap(outcome.files);
    this.#workspace.adopt({ revision: outcome.revision, base: theirs, files: theirs });
    this.#finish(outcome.savedAt ?? undefined);
  }

  /**
   * End a conflict. `mine`: my changes on top of theirs. `theirs`: mine becomes a revision in the history, then theirs
   * follows again. `both`: theirs, and mine beside it as a copy. A map chooses file by file.
   * @param {"mine" | "theirs" | "both" | Map<string, string>} choice
   * @returns {Promise<string>} the state it came to; `conflict` when theirs has changed again
   */
  resolve(choice) {
    if (!this.#conflict) throw new Error("There is nothing to choose.");
    const unknown = (choice instanceof Map ? [...choice.values()] : [choice]).find((one) => !CHOICES.includes(one));
    if (unknown !== undefined) throw new Error(`There is no choice ${unknown}.`);
    const { theirs } = this.#conflict;
    const { saved, followUp } = filesFor(choice, this.#conflict, this.#workspace);
    this.#conflict = null;
    this.#changesToFollow = followUp;
    this.#workspace.adopt({ revision: theirs.revision, base: toMap(theirs.files), files: saved });
    const settled = this.#nextRest();
    this.#begin();
    return settled;
  }

  /** Send and write nothing more. */
  stop() {
    this.#isStopped = true;
    this.#debounce.cancel();
    this.#retry.cancel();
    this.#writer.stop();
    this.#giveUpStoring();
    this.#rest();
  }

  #whenDue() {
    if (this.#inFlight) this.#isDue = true;
    else this.#begin();
  }

  #begin({ isLeaving = false } = {}) {
    this.#debounce.cancel();
    this.#isDue = false;
    this.#noteStored();
    const [first] = this.#toStore;
    const changes = first ? diff(this.#workspace.base, first.files) : this.#workspace.changes();
    if (changes.length === 0) return this.#finish();
    this.#inFlight = { key: this.#options.newKey(), base: this.#workspace.revision, changes };
    if (this.state === State.SAVED) this.enter(State.EDITING);
    this.enter(State.SAVING);
    this.#attempt({ isLeaving });
  }

  async #attempt({ isLeaving = false } = {}) {
    const { base, key, changes } = this.#inFlight;
    const written = this.#writer.writeNow();
    // A page that is being closed has this turn only; the write was issued first all the same.
    if (!isLeaving) await written;
    if (this.#isStopped) return;
    const outcome = await this.#options.send({ base, key, files: changes });
    if (!this.#isStopped) this.#handle(outcome);
  }

  #handle(outcome) {
    if (outcome.kind === "saved") {
      this.#workspace.acknowledge(outcome.revision, this.#inFlight.changes);
      this.#acknowledged(outcome.savedAt);
    } else if (outcome.kind === "conflict") {
      this.#meetConflict(outcome);
    } else if (outcome.kind === "refused") {
      this.#meetRefusal(outcome);
    } else {
      this.#retry.wait(outcome.kind === "retry" ? outcome.after_ms : null);
      this.enter(State.KEPT, outcome);
      this.#rest();
    }
  }

  #acknowledged(savedAt) {
    this.#answered();
    this.#noteStored();
    if (!this.#workspace.isDirty && !this.#toStore.length) return this.#finish(savedAt);
    this.enter(State.EDITING, { savedAt });
    this.#writer.schedule();
    if (this.#toStore.length || this.#isDue || this.#waiting.length > 0 || !this.#debounce.isRunning) this.#begin();
  }

  /** The server holds all there is here. */
  #finish(savedAt) {
    const changes = this.#changesToFollow.splice(0);
    if (changes.length > 0) this.#workspace.show(overlay(this.#workspace.files, changes));
    if (this.#workspace.isDirty) {
      if (this.state !== State.EDITING) this.enter(State.EDITING, { savedAt });
      return this.#begin();
    }
    this.#debounce.cancel();
    if (this.state !== State.SAVED) this.enter(State.SAVED, { savedAt });
    this.#writer.writeNow();
    this.#rest();
  }

  #meetConflict(outcome) {
    const theirs = toMap(outcome.files);
    if (isMoot(theirs, this.#inFlight.changes, this.#workspace)) {
      this.#workspace.adopt({ revision: outcome.revision, base: theirs });
      return this.#acknowledged(outcome.savedAt ?? undefined);
    }
    const { revision, savedAt, author, files } = outcome;
    this.#answered();
    this.#conflict = { theirs: { revision, savedAt, author, files }, isBaseKnown: true };
    this.#debounce.cancel();
    this.#giveUpStoring();
    this.enter(State.CONFLICT, { message: outcome.message });
    this.#writer.writeNow();
    this.#announceConflict();
    this.#rest();
  }

  #meetRefusal({ message, path }) {
    this.#answered();
    this.#changesToFollow = [];
    this.#giveUpStoring();
    this.enter(State.REFUSED, { message, path });
    this.#writer.writeNow();
    this.#rest();
    if (this.#isDue) this.#begin();
  }

  #noteStored() {
    const { base, revision } = this.#workspace;
    while (this.#toStore.length && sameFiles(this.#toStore[0].files, base)) this.#toStore.shift().resolve(revision);
  }

  #giveUpStoring() {
    for (const { resolve } of this.#toStore.splice(0)) resolve(null);
  }

  #answered() {
    this.#inFlight = null;
    this.#retry.reset();
  }

  #draft() {
    const { user, project, tab, url, now } = this.#options;
    const pending = this.#inFlight;
    const changes = this.#workspace.changes(pending?.changes.map(({ path }) => path));
    const draft = { user, project, tab, url, base: this.#workspace.revision, changes, pending, updated_at: now() };
    return { draft, isEmpty: changes.length === 0 && pending === null };
  }

  #announceConflict() {
    const detail = { theirs: this.#conflict.theirs, mine: this.#workspace.changes() };
    this.dispatchEvent(new CustomEvent("save:conflict", { detail }));
  }

  /** Resolves with the state once a save is answered or has failed. */
  #nextRest() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #rest() {
    for (const resolve of this.#waiting.splice(0)) resolve(this.state);
  }
}
