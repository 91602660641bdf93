import { clock } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
import { State } from "./save-state.js";

const SIGN_IN = gettext("Sign in again and it will be saved.");

/**
 * A save state in words.
 * @param {import("./save-state.js").SaveState} status detail of `save:state`
 * @returns {{words: string, detail: string}} the status line, and the sentences behind it (may be empty)
 */
export function describe(status) {
  return { words: wordsFor(status), detail: sentencesFor(status).filter(Boolean).join(" ") };
}

function wordsFor({ state, savedAt }) {
  switch (state) {
    case State.SAVED:
      return savedAt === null ? gettext("Saved") : interpolate(gettext("Saved %(time)s"), { time: clock(savedAt) });
    case State.EDITING:
    case State.SAVING:
      return gettext("Saving…");
    case State.CONFLICT:
      return gettext("Needs your choice");
    default:
      return gettext("Kept on this device");
  }
}

function sentencesFor({ state, message, path, signIn, draftError }) {
  if (state === State.CONFLICT) {
    return [
      gettext("This project was saved elsewhere while you were writing."),
      gettext("Both versions are there: choose which one to go on with."),
      warning(draftError),
    ];
  }
  if (state === State.REFUSED) {
    return [
      path === null
        ? gettext("The server cannot save this:")
        : interpolate(gettext("The server cannot save %(path)s:"), { path }),
      message,
      gettext("Your text is still here; change it and it will be saved."),
      warning(draftError),
    ];
  }
  if (state === State.KEPT) {
    const hope = signIn === null ? gettext("It will be saved as soon as the server accepts it.") : SIGN_IN;
    return [message, hope, warning(draftError)];
  }
  return [state === State.SAVED ? null : warning(draftError)];
}

function warning(draftError) {
  return draftError === null
    ? null
    : interpolate(gettext("Keep this page open until it is saved: %(reason)s"), { reason: draftError });
}
