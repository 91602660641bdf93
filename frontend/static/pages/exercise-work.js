import { LocalWork } from "../saving/local-work.js";
import { Workspace } from "../saving/workspace.js";

const PAUSE_MS = 400;
const KEPT = "Kept on this device";
const NOT_KEPT = "Not kept";
const WHY_NOT =
  "This browser keeps nothing (a private window, perhaps, or a full disk). Copy your text before you leave.";
const NEWER =
  "This exercise was changed since you began. Your text is still here; “Reset to starter” begins with the new files.";

/**
 * The files of an exercise as the person has them: the starter's, with what they wrote earlier in this browser.
 *
 * `config` is the page's, `user` the person's id, `status` and `notice` where it is told how the text is kept. Returns
 * {workspace, hintsShown, tookHint, keepNow, reset, undoReset}; `reset()` brings the starter back, and `undoReset()` what was there before.
 */
export function openWork({ config, user, status, notice }) {
  const { exercise, starter } = config;
  const local = new LocalWork({ storage: deviceStorage(), user, exercise: exercise.id });
  const kept = local.read();
  const workspace = new Workspace({ revision: 0, files: starter });
  const texts = (files) => files.map(({ path, text }) => ({ path, content: { text } }));
  if (kept) for (const { path, content } of texts(kept.files)) if (workspace.read(path)) workspace.write(path, content);
  if (kept && kept.version !== exercise.version) tell(notice, NEWER);

  let version = kept?.version ?? exercise.version;
  let hints = kept?.hints ?? 0;
  let before = null;
  let timer = null;

  function textFiles() {
    return [...workspace.files].filter(([, content]) => "text" in content).map(([path, { text }]) => ({ path, text }));
  }

  function keepNow() {
    clearTimeout(timer);
    timer = null;
    const isKept = local.write({ version, files: textFiles(), hints });
    status.textContent = isKept ? KEPT : NOT_KEPT;
    status.dataset.tone = isKept ? "" : "attention";
    if (!isKept) tell(notice, WHY_NOT);
  }

  workspace.addEventListener("workspace:changed", () => {
    clearTimeout(timer);
    timer = setTimeout(keepNow, PAUSE_MS);
  });
  // A phone may end a page in the background without another word.
  addEventListener("pagehide", () => timer && keepNow());
  document.addEventListener("visibilitychange", () => document.hidden && timer && keepNow());
  if (kept) status.textContent = KEPT;

  return {
    workspace,
    keepNow,
    hintsShown: hints,

    tookHint(count) {
      hints = count;
      keepNow();
    },

    reset() {
      before = { files: textFiles(), version };
      version = exercise.version;
      for (const file of starter) if ("text" in file) workspace.write(file.path, { text: file.text });
      tell(notice, "");
    },

    undoReset() {
      version = before.version;
      for (const { path, content } of texts(before.files)) workspace.write(path, content);
    },
  };
}

function tell(notice, sentence) {
  notice.hidden = !sentence;
  notice.textContent = sentence;
}

function deviceStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
