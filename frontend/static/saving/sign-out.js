import { overlay, remaining, sameFiles, toMap } from "./content.js";
import { randomId } from "./random-id.js";

/**
 * At sign-out: bring to the server what this person has typed in this browser, and forget what is there.
 *
 * Drafts that cannot be saved stay, for this person alone; the page asks before it leaves them behind, and calls
 * `drafts.clearUser(user)` only when told to.
 *
 * @param {object} options
 * @param {object} options.drafts the store
 * @param {string} options.user id of the person who signs out
 * @param {(draft: import("./drafts.js").Draft) => (request: import("./send.js").SaveRequest) =>
 *   Promise<import("./send.js").Outcome>} options.sendFor
 * @returns {Promise<{savedCount: number, unsaved: {project: string, tab: string, paths: string[], message: string}[]}>}
 *   rejected with a `DraftsError` when the drafts cannot be read
 */
export async function settleDrafts({ drafts, user, sendFor, newKey = randomId }) {
  const result = { savedCount: 0, unsaved: [] };
  const found = await drafts.listForUser(user);
  found.sort((one, other) => one.updated_at - other.updated_at);
  for (const draft of found) {
    const outcome = await settle(draft, { drafts, send: sendFor(draft), newKey });
    if (outcome.kind === "saved") {
      await drafts.remove(user, draft.project, draft.tab);
      result.savedCount += 1;
    } else {
      const { project, tab, changes } = draft;
      result.unsaved.push({ project, tab, paths: changes.map(({ path }) => path), message: outcome.message });
    }
  }
  return result;
}

async function settle(draft, { drafts, send, newKey }) {
  let { base, changes } = draft;
  if (draft.pending) {
    const { key, base: sentBase, changes: sent } = draft.pending;
    const outcome = await send({ base: sentBase, key, files: sent });
    if (outcome.kind === "saved") {
      base = outcome.revision;
      changes = remaining(changes, sent);
    } else if (outcome.kind !== "refused") {
      return ifThere(changes, outcome);
    }
  }
  if (changes.length === 0) return { kind: "saved" };
  const pending = { base, key: newKey(), changes };
  await drafts.put({ ...draft, base, changes, pending });
  return ifThere(changes, await send({ base, key: pending.key, files: changes }));
}

/** A conflict with a project that holds these changes already is none. */
function ifThere(changes, outcome) {
  if (outcome.kind !== "conflict") return outcome;
  const theirs = toMap(outcome.files);
  return sameFiles(overlay(theirs, changes), theirs) ? { kind: "saved" } : outcome;
}

/**
 * Hand in what waits on this device and is stored already. What the server took is forgotten.
 *
 * @param {{store: object, user: string, send: (record: object) => Promise<import("./hand-in-send.js").HandInOutcome>,
 *   except?: string | null}} options `except` is the project that another looks after
 * @returns {Promise<object[]>} the records that still wait; rejected with a `DraftsError` when they cannot be read
 */
export async function settleHandIns({ store, user, send, except = null }) {
  const waiting = [];
  for (const record of await store.listForUser(user)) {
    if (record.project === except) continue;
    const outcome = record.revision === null ? { kind: "retry" } : await send(record);
    if (outcome.kind === "handed-in") await store.remove(user, record.project, record.key);
    else waiting.push(record);
  }
  return waiting;
}
