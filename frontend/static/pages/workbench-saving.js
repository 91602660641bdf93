import { gettext } from "../language/gettext.js";
import { openDrafts } from "../saving/drafts.js";
import { isBehind, rememberRevision } from "../saving/last-known.js";
import { connectPage } from "../saving/page-events.js";
import { openPresence } from "../saving/presence.js";
import { recover } from "../saving/recovery.js";
import { Saver } from "../saving/saver.js";
import { createSender } from "../saving/send.js";
import { claimTab } from "../saving/tab.js";
import { describe } from "../saving/words.js";
import { Workspace } from "../saving/workspace.js";
import { ConflictChoice } from "./conflict-choice.js";
import { csrfToken } from "./csrf-token.js";
import { wireSignOut } from "./sign-out.js";

const tabStorage = () => window.sessionStorage;
const ATTENTION = new Set(["kept", "conflict", "refused"]);

const WAITING_TEXT = gettext("Text from another tab waits to be saved: open this page once more to see it.");

/**
 * The project as the server has it, with what was typed earlier and not saved.
 *
 * Returns {workspace, recovered}; `recovered` is for `wireSaving`, null for a reader.
 */
export async function openWorkspace(config) {
  const server = await serverState(config);
  if (!config.project.editable) return { workspace: new Workspace(server), recovered: null };
  const presence = openPresence({ locks: navigator.locks, BroadcastChannel: globalThis.BroadcastChannel });
  const [drafts, tab] = await Promise.all([
    openDrafts({ indexedDB: globalThis.indexedDB }).catch(() => null),
    claimTab({ window, presence }),
  ]);
  const send = createSender({
    url: config.urls.save,
    csrfToken,
    user: config.user.id,
    signIn: config.urls.sign_in,
  });
  const person = { user: config.user.id, project: config.project.id, tab, url: config.urls.save };
  const recovered = await recover({ server, drafts, presence, send, ...person });
  return { workspace: recovered.workspace, recovered: { ...recovered, ...person, drafts, send } };
}

async function serverState({ project, files, urls }) {
  if (files && !isBehind(tabStorage, project.id, project.revision))
    return { revision: project.revision, saved_at: project.saved_at, files };
  const response = await fetch(urls.files, { headers: { Accept: "application/json" } });
  return response.json();
}

/**
 * Wires autosave to the page: the status line, the notice below it, the choice in a conflict, and sign-out, which waits for
 * `beforeSignOut` too. Returns {changed, saveNow, saver}.
 */
export function wireSaving({ elements, workspace, recovered, nonce, beforeSignOut = async () => {} }) {
  const saver = new Saver({ ...recovered, workspace });
  const choice = new ConflictChoice({ section: elements.conflict, workspace, nonce });
  const standing = recovered.waitingCount ? WAITING_TEXT : "";
  saver.addEventListener("save:state", ({ detail }) => {
    const { words, detail: sentences } = describe(detail);
    if (elements.saveStatus.textContent !== words) elements.saveStatus.textContent = words;
    elements.saveStatus.title = sentences;
    elements.saveStatus.dataset.tone = ATTENTION.has(detail.state) ? "attention" : "";
    if (detail.state === "saved") rememberRevision(tabStorage, recovered.project, workspace.revision);
    const needsNotice = ATTENTION.has(detail.state) && detail.state !== "conflict";
    showNotice(elements.saveNotice, needsNotice ? sentences : standing, detail.signIn);
    if (detail.state !== "conflict") choice.close();
  });
  saver.addEventListener("save:conflict", ({ detail }) => choice.open(detail, (what) => saver.resolve(what)));
  connectPage(saver, { window, document });
  wireSignOut({
    async beforeSettling() {
      await saver.saveNow();
      await beforeSignOut();
    },
  });
  saver.start();
  const saveNow = () => {
    saver.refresh();
    return saver.saveNow();
  };
  return { changed: () => saver.changed(), saveNow, saver };
}

function showNotice(element, text, signIn) {
  if (element.dataset.text === text) return;
  element.dataset.text = text;
  element.hidden = !text;
  element.replaceChildren(text);
  if (text && signIn) {
    const link = document.createElement("a");
    link.href = signIn;
    link.target = "_blank";
    link.textContent = gettext("Sign in again in a new tab");
    element.append(" ", link, gettext(", then come back here."));
  }
}
