import { overlay, remaining, toMap } from "./content.js";

// A page that opens does not keep its reader waiting longer than this for an old save to be answered.
export const REPLAY_PATIENCE_MS = 5000;

/**
 * A project as the server holds it.
 * @typedef {{revision: number, files: Map<string, import("./content.js").FileContent>, savedAt: string | null,
 *   author: any}} ServerState
 *
 * What is known of a draft after its unanswered save was sent again.
 * @typedef {object} Replayed
 * @property {ServerState} server the newest state known
 * @property {number} base the revision that the draft's changes rest on
 * @property {import("./content.js").FileChange[]} changes those of its changes that are not in the server's history
 * @property {object | null} pending the save, if there still is no answer and it may yet be stored
 */

/**
 * Send a draft's unanswered save again, with its own key: the answer tells whether it had been stored.
 * @returns {Promise<Replayed>}
 */
export async function replay({ draft, server, send, newKey, timers }) {
  let { base, changes } = draft;
  let newest = server;
  if (draft.pending) {
    const { key, base: sentBase, changes: sent } = draft.pending;
    const outcome = await inTime(send({ base: sentBase, key, files: sent }), timers);
    if (outcome.kind === "saved") {
      base = outcome.revision;
      changes = remaining(changes, sent);
      newest = advanced(server, sentBase, outcome, sent);
    } else if (outcome.kind === "conflict") {
      newest = stateFrom(outcome);
    } else if (outcome.kind !== "refused" && sentBase === server.revision) {
      return { server, base, changes, pending: draft.pending };
    }
  }
  if (newest.revision < base) newest = await refreshed(newest, { send, newKey, timers });
  return { server: newest, base, changes, pending: null };
}

/** The server state after `changes` were stored on top of `base`, if that is the state known. */
export function advanced(server, base, { revision, savedAt }, changes) {
  if (server.revision !== base || revision !== base + 1) return server;
  return { revision, savedAt, author: null, files: overlay(server.files, changes) };
}

// The page is older than the draft (it came from a cache). An empty save on a stale base is answered with the whole
// state, and stores nothing.
async function refreshed(server, { send, newKey, timers }) {
  const outcome = await inTime(send({ base: server.revision, key: newKey(), files: [] }), timers);
  return outcome.kind === "conflict" ? stateFrom(outcome) : server;
}

export function stateFrom({ revision, files, savedAt = null, author = null }) {
  return { revision, files: toMap(files), savedAt, author };
}

function inTime(answer, timers) {
  return new Promise((resolve) => {
    const timer = timers.setTimeout(() => resolve({ kind: "retry" }), REPLAY_PATIENCE_MS);
    answer.then((outcome) => {
      timers.clearTimeout(timer);
      resolve(outcome);
    });
  });
}
