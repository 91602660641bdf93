import { randomId } from "./random-id.js";

const STORAGE_KEY = "draft-tab";

/**
 * The id of this tab: the same after a reload, another one in a duplicate, which begins with a copy of the storage.
 * @param {{window: Window, presence: import("./presence.js").Presence, newId?: () => string}} options
 * @returns {Promise<string>} an id that this tab alone holds until it is closed
 */
export async function claimTab({ window, presence, newId = randomId }) {
  const former = remembered(window);
  if (former !== null && (await presence.claim(former))) return former;
  const tab = newId();
  await presence.claim(tab);
  remember(window, tab);
  return tab;
}

// A browser that blocks cookies throws at the first touch of its storage.
function remembered(window) {
  try {
    return window.sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function remember(window, tab) {
  try {
    window.sessionStorage.setItem(STORAGE_KEY, tab);
  } catch {
    // The id then lasts until the reload; recovery finds the draft of the former one.
  }
}
