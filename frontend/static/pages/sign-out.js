import { forgetPreparedInput } from "../console/prepared-input.js";
import { gettext, interpolate } from "../language/gettext.js";
import { openDrafts } from "../saving/drafts.js";
import { createHandInSender } from "../saving/hand-in-send.js";
import { openHandIns } from "../saving/hand-ins.js";
import { createSender } from "../saving/send.js";
import { settleDrafts, settleHandIns } from "../saving/sign-out.js";
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
    const waiting = await settleWaiting(form.dataset.user).catch(() => []);
    if (unsaved.length && !confirm(warning(unsaved))) return;
    if (waiting.length && !confirm(handInWarning(waiting))) return;
    forgetPrepared(form.dataset.user);
    form.submit();
  });
}

async function settle(user, beforeSettling) {
  await beforeSettling();
  const drafts = await openDrafts({ indexedDB: globalThis.indexedDB });
  const sendFor = ({ project, url = `/projects/${project}/save/` }) => createSender({ url, csrfToken, user });
  return (await settleDrafts({ drafts, user, sendFor })).unsaved;
}

async function settleWaiting(user) {
  const store = await openHandIns({ indexedDB: globalThis.indexedDB });
  return settleHandIns({ store, user, send: createHandInSender({ csrfToken }) });
}

function forgetPrepared(user) {
  try {
    forgetPreparedInput(localStorage, user);
  } catch {
    // Where the browser gives no storage, nothing was kept.
  }
}

function handInWarning(waiting) {
  const titles = waiting.map(({ title }) => `“${title}”`).join(", ");
  return interpolate(
    gettext(
      "Not everything could be handed in: %(titles)s. It stays on this device and is shown to nobody else who signs in here; it will be handed in when you open the exercise on this device again. Sign out now?",
    ),
    { titles },
  );
}

function warning(unsaved) {
  const paths = unsaved.flatMap(({ paths: names }) => names).join(", ");
  return interpolate(
    gettext(
      "Not everything could be saved: %(paths)s. It stays on this device and is shown to nobody else who signs in here; it will be saved when you open the project on this device again. Sign out now?",
    ),
    { paths: paths || gettext("one project") },
  );
}
