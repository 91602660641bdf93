import { forgetPreparedInput } from "../console/prepared-input.js";
import { openDrafts } from "../saving/drafts.js";
import { createSender } from "../saving/send.js";
import { settleDrafts } from "../saving/sign-out.js";
import { csrfToken } from "./csrf-token.js";

/**
 * Before the session ends, what is still only on this device is saved, and then removed from it: the next person at
 * a shared computer finds nothing. `beforeSettling` lets a page save its own text first.
 */
export function wireSignOut({ beforeSettling = async () => {} } = {}) {
  const form = document.querySelector("form[data-sign-out]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const unsaved = await settle(form.dataset.user, beforeSettling).catch(() => []);
    if (unsaved.length && !confirm(warning(unsaved))) return;
    forgetPrepared(form.dataset.user);
    form.submit();
  });
}

async function settle(user, beforeSettling) {
  await beforeSettling();
  const drafts = await openDrafts({ indexedDB: globalThis.indexedDB });
  const sendFor = (project) => createSender({ url: `/projects/${project}/save/`, csrfToken, user });
  return (await settleDrafts({ drafts, user, sendFor })).unsaved;
}

function forgetPrepared(user) {
  try {
    forgetPreparedInput(localStorage, user);
  } catch {
    // Where the browser gives no storage, nothing was kept.
  }
}

function warning(unsaved) {
  const paths = unsaved.flatMap(({ paths: names }) => names).join(", ");
  return (
    `Not everything could be saved: ${paths || "one project"}. It stays on this device and is shown to nobody else ` +
    "who signs in here; it will be saved when you open the project on this device again. Sign out now?"
  );
}
