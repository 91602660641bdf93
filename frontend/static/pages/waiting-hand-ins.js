import { gettext } from "../language/gettext.js";
import { createHandInSender } from "../saving/hand-in-send.js";
import { openHandIns } from "../saving/hand-ins.js";
import { settleHandIns } from "../saving/sign-out.js";
import { csrfToken } from "./csrf-token.js";

/**
 * Hands in what the person's earlier pages could not, and shows, at the top of this page, what only its own page can.
 *
 * `user` is the person's id; `except` the id of the project that this page looks after itself.
 */
export async function sendWaiting({ user, except = null }) {
  const store = await openHandIns({ indexedDB: globalThis.indexedDB }).catch(() => null);
  if (store === null) return;
  const waiting = await settleHandIns({ store, user, except, send: createHandInSender({ csrfToken }) }).catch(() => []);
  if (!waiting.length) return;
  const notice = document.createElement("p");
  const isWorkbench = document.body.classList.contains("workbench");
  notice.className = isWorkbench ? "notice" : "message warning";
  notice.setAttribute("role", "status");
  notice.append(gettext("Waits on this device to be handed in:"), " ");
  const pages = new Map(waiting.map(({ page, title }) => [page, title]));
  for (const [page, title] of pages) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = title;
    notice.append(link, " ");
  }
  notice.append(gettext("Open it while you are online."));
  const main = document.getElementById("main");
  if (isWorkbench) main.before(notice);
  else main?.prepend(notice);
}
