// A reload waits this long for its former self to let go; a duplicated tab is known as one after it.
export const CLAIM_PATIENCE_MS = 300;
// A live tab of this browser answers within this time.
export const ANSWER_PATIENCE_MS = 200;
// Where tabs can neither lock nor talk, one that has not written for this long is taken for closed.
export const ORPHAN_AFTER_MS = 10_000;

const lockName = (tab) => `draft-tab:${tab}`;

/**
 * How the tabs of one browser know of each other.
 * @typedef {object} Presence
 * @property {(tab: string) => Promise<boolean>} claim be that tab from now on; false when a live tab is
 * @property {(draft: import("./drafts.js").Draft) => Promise<boolean>} isAlive whether the tab that wrote it is open
 * @property {<T>(name: string, work: () => Promise<T>) => Promise<T>} alone do it while no other tab does
 */

/**
 * The best presence that there is: Web Locks exist on https and localhost only, a broadcast channel nearly everywhere.
 * @param {{locks?: LockManager, BroadcastChannel?: typeof BroadcastChannel}} browser
 * @returns {Presence}
 */
export function openPresence({ locks, BroadcastChannel }) {
  if (locks) return lockPresence(locks);
  if (BroadcastChannel) return channelPresence(new BroadcastChannel("draft-tabs"));
  return agePresence();
}

/** A live tab holds a lock of its name; the browser lets go of it however the tab ends. @returns {Presence} */
export function lockPresence(locks) {
  return {
    claim: (tab) =>
      new Promise((resolve) => {
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), CLAIM_PATIENCE_MS);
        const hold = () => {
          clearTimeout(timer);
          resolve(true);
          return new Promise(() => {});
        };
        locks.request(lockName(tab), { signal: abort.signal }, hold).catch(() => resolve(false));
      }),
    isAlive: async ({ tab }) => (await locks.query()).held.some(({ name }) => name === lockName(tab)),
    alone: (name, work) => locks.request(name, work),
  };
}

/** A live tab answers when its name is called. @param {BroadcastChannel} channel @returns {Presence} */
export function channelPresence(channel) {
  const self = Math.random();
  let own = null;
  const listeners = new Map();
  channel.onmessage = ({ data }) => {
    if (data.call !== undefined && data.call === own) channel.postMessage({ here: own, to: data.from });
    if (data.here !== undefined && data.to === self) listeners.get(data.here)?.();
  };
  const answers = (tab) =>
    new Promise((resolve) => {
      const conclude = (isHere) => {
        clearTimeout(timer);
        listeners.delete(tab);
        resolve(isHere);
      };
      const timer = setTimeout(() => conclude(false), ANSWER_PATIENCE_MS);
      listeners.set(tab, () => conclude(true));
      channel.postMessage({ call: tab, from: self });
    });
  return {
    async claim(tab) {
      if (await answers(tab)) return false;
      own = tab;
      return true;
    },
    isAlive: ({ tab }) => answers(tab),
    alone: (_name, work) => work(),
  };
}

/** Nothing but the clock. @returns {Presence} */
export function agePresence(now = Date.now) {
  return {
    claim: async () => true,
    isAlive: async ({ updated_at }) => now() - updated_at < ORPHAN_AFTER_MS,
    alone: (_name, work) => work(),
  };
}
