/*
 *              edit      sent    answered, answered,  no answer  409       400/413   resolve
 *                                clean     more typed
 *  saved       editing   -       -         -          -          -         -         -
 *  editing     editing   saving  -         -          -          -         -         -
 *  saving      saving    -       saved     editing    kept       conflict  refused   -
 *  kept        kept      kept    saved     editing    kept       conflict  refused   -
 *  conflict    conflict  -       -         -          -          -         -         saving, saved
 *  refused     editing   saving  -         -          -          -         -         -
 *
 *  editing and refused also become saved when the text is typed back to what the server holds. In saving and kept
 *  exactly one save is in flight: it is sent until it is answered, always with the same key and content, and what is
 *  typed meanwhile goes with the next one. Every state but saved has a draft.
 */
export const State = Object.freeze({
  SAVED: "saved",
  EDITING: "editing",
  SAVING: "saving",
  KEPT: "kept",
  CONFLICT: "conflict",
  REFUSED: "refused",
});

const MOVES = {
  saved: ["editing"],
  editing: ["saving", "saved"],
  saving: ["saved", "editing", "kept", "conflict", "refused"],
  kept: ["saved", "editing", "kept", "conflict", "refused"],
  conflict: ["saving", "saved"],
  refused: ["editing", "saving", "saved"],
};

/**
 * Detail of `save:state`; `describe` in words.js puts it into words.
 * @typedef {object} SaveState
 * @property {string} state one of `State`
 * @property {string | null} savedAt ISO 8601, when the server stored the newest acknowledged revision
 * @property {string | null} message why the text is not saved
 * @property {string | null} path the file that the server refuses
 * @property {string | null} signIn address to sign in at
 * @property {string | null} draftError why no draft can be written
 */

/** The state of one project's saving. Emits `save:state` (SaveState) whenever a word of it changes. */
export class SaveStatus extends EventTarget {
  #detail;

  /** @param {Partial<SaveState>} detail what is known at the start */
  constructor(detail) {
    super();
    this.#detail = { savedAt: null, message: null, path: null, signIn: null, draftError: null, ...detail };
  }

  get state() {
    return this.#detail.state;
  }

  /** Move on; throws when there is no such move. */
  enter(state, { message = null, path = null, signIn = null, savedAt = this.#detail.savedAt } = {}) {
    if (!MOVES[this.state].includes(state)) throw new Error(`No way from ${this.state} to ${state}.`);
    this.#detail = { ...this.#detail, state, message, path, signIn, savedAt };
    this.announce();
  }

  /** Drafts fail from now on, or work again (null). */
  noteDrafts(draftError) {
    this.#detail = { ...this.#detail, draftError };
    this.announce();
  }

  announce() {
    this.dispatchEvent(new CustomEvent("save:state", { detail: { ...this.#detail } }));
  }
}
