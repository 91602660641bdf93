import { clock } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
import { sameFiles } from "../saving/content.js";
import { createHandInSender } from "../saving/hand-in-send.js";
import { openHandIns } from "../saving/hand-ins.js";
import { HandingIn } from "../saving/handing-in.js";
import { csrfToken } from "./csrf-token.js";
import { attemptItem, attemptWords } from "./hand-in-words.js";
import { sendWaiting } from "./waiting-hand-ins.js";

const STOPPED = gettext("Nothing was handed in: the check was stopped. Press Hand in again when you are ready.");
const MAX_DETAIL_CHARACTERS = 500;
// NUL, and halves of characters
const UNSTORABLE = /[\0\ud800-\udfff]/gu;

/**
 * Wires Hand in: checks the newest text where that was not done, saves it, and hands it in; what cannot go now waits on this
 * device.
 *
 * `elements` are {button, status, notice, section, words, list}; `config` is the page's; `checked` of exercise-check.js;
 * `speak(sentence)` is for screen readers. Returns {settle}, to send what waits before somebody signs out.
 */
export async function wireHandIn({ elements, config, workspace, saver, checking, runtimeVersion, speak }) {
  const { button, status, notice, section, words, list } = elements;
  const { work, user, project, urls, exercise, tests } = config;
  const store = await openHandIns({ indexedDB: globalThis.indexedDB }).catch(() => null);
  const handing = new HandingIn({
    store,
    send: createHandInSender({ csrfToken, signIn: urls.sign_in }),
    storeFiles: (files) => saver.store(files),
    about: {
      user: user.id,
      project: project.id,
      title: exercise.title,
      page: location.pathname,
      url: urls.hand_in,
      runtime_version: runtimeVersion,
    },
  });
  let isBusy = false;
  let whyNot = work.why_not;

  async function handIn() {
    if (isBusy) return;
    isBusy = true;
    showButton();
    say("", "");
    const checked = await checkNewest();
    if (checked === null) {
      say(STOPPED, "attention");
      return rest();
    }
    status.textContent = gettext("Handing in…");
    handing.handIn(checked.files, checked.results);
  }

  /** It is at the server, or waits where it is safe: the next may come. */
  function rest() {
    isBusy = false;
    showButton();
  }

  /** The files as they are now, with how their tests went; null: the check was stopped. */
  async function checkNewest() {
    if (!tests.length || !checking) return { files: workspace.files, results: tests.length ? null : [] };
    const isChecked = checking.last && sameFiles(checking.last.files, workspace.files);
    if (!isChecked) {
      status.textContent = gettext("Checking first…");
      await checking.check();
    }
    const { files, verdicts } = checking.last ?? { files: workspace.files, verdicts: null };
    if (verdicts?.includes(null)) {
      status.textContent = "";
      return null;
    }
    return { files, results: verdicts && tests.map((test, index) => resultOf(test, verdicts[index])) };
  }

  function showButton() {
    button.disabled = isBusy || Boolean(whyNot);
    button.title = whyNot;
  }

  function say(sentence, tone, signIn = null) {
    notice.hidden = !sentence;
    notice.dataset.tone = tone;
    notice.replaceChildren(sentence);
    if (!sentence || !signIn) return;
    const link = document.createElement("a");
    link.href = signIn;
    link.target = "_blank";
    link.textContent = gettext("Sign in again in a new tab");
    notice.append(" ", link, gettext(", then come back here."));
  }

  function showAttempts() {
    section.hidden = false;
    list.replaceChildren(...work.handed_in.map(attemptItem));
    status.textContent = work.handed_in.length ? attemptWords(work.handed_in[0]) : "";
    status.dataset.tone = work.handed_in[0]?.is_late ? "attention" : "";
  }

  handing.addEventListener("hand-in:state", ({ detail: { waiting, problem, signIn, isKept } }) => {
    if (!waiting.length || !problem) return;
    rest();
    status.textContent = gettext("Hand-in waits");
    status.dataset.tone = "attention";
    const at = clock(waiting[0].client_at);
    const hope = isKept
      ? gettext(
          "It is kept on this device, and is handed in, once, when the server can be reached or you open this page here again.",
        )
      : gettext("Keep this page open until it is handed in: this browser keeps nothing.");
    say(
      interpolate(gettext("Not handed in yet. What you handed in at %(at)s waits: %(problem)s %(hope)s"), {
        at,
        problem,
        hope,
      }),
      "attention",
      signIn,
    );
  });
  handing.addEventListener("hand-in:done", ({ detail }) => {
    work.handed_in = [detail, ...work.handed_in.filter(({ attempt }) => attempt !== detail.attempt)];
    whyNot = detail.why_not;
    if (whyNot) words.textContent = whyNot;
    say("", "");
    showAttempts();
    rest();
    speak(status.textContent);
  });
  handing.addEventListener("hand-in:refused", ({ detail: { message } }) => {
    showAttempts();
    say(interpolate(gettext("Not handed in. %(message)s"), { message }), "attention");
    rest();
  });
  saver.addEventListener("save:state", ({ detail: { state, message, signIn } }) => {
    if (state === "kept" && handing.isWaiting) handing.blocked(message, signIn);
    if (state === "saved" && handing.isWaiting) handing.retryNow();
  });
  addEventListener("online", () => handing.retryNow());
  document.addEventListener("visibilitychange", () => document.hidden || handing.retryNow());
  button.addEventListener("click", handIn);
  showAttempts();
  showButton();
  handing.start();
  sendWaiting({ user: user.id, except: project.id });
  return { handIn, settle: () => handing.flush() };
}

function resultOf(test, { outcome, share, detail }) {
  return {
    test: test.id,
    outcome: outcome === "timeout" ? "timed out" : outcome,
    share,
    detail: detail.sentence.slice(0, MAX_DETAIL_CHARACTERS).replace(UNSTORABLE, ""),
  };
}
