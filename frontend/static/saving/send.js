import { gettext } from "../language/gettext.js";
import { commonFailure, post, retry, sentence } from "./post.js";

export { TIMEOUT_MS } from "./post.js";

/**
 * One save. Sent again, it is the same to the last byte: the server then repeats its first answer.
 * @typedef {{base: number, key: string, files: import("./content.js").FileChange[]}} SaveRequest
 *
 * What became of it.
 * @typedef {{kind: "saved", revision: number, savedAt: string}
 *   | {kind: "conflict", revision: number, savedAt: string | null, author: any, message: string,
 *      files: import("./content.js").WireFile[]}
 *   | {kind: "refused", message: string, path: string | null}
 *   | {kind: "signed-out", message: string, signIn: string | null}
 *   | {kind: "retry", message: string, after_ms: number | null}} Outcome
 */

/**
 * @param {object} options
 * @param {string} options.url address of the save
 * @param {() => string} options.csrfToken read at each try: it changes when somebody signs in
 * @param {string} [options.user] id of the person whose text it is, for the server to compare with who is signed in
 * @param {string | null} [options.signIn] where to sign in again, unless the server names another place
 * @param {typeof fetch} [options.fetch]
 * @param {number} [options.timeout_ms]
 * @returns {(request: SaveRequest) => Promise<Outcome>} never rejected; calls `fetch` in the caller's turn
 */
export function createSender({ url, csrfToken, user, signIn = null, fetch, timeout_ms }) {
  return async function send(request) {
    const answer = await post({ url, data: request, csrfToken, user, fetch, timeout_ms });
    return outcomeOf(request, answer, signIn);
  };
}

function outcomeOf(request, { status, answer, problem, retryAfter_ms }, signIn) {
  const failure = commonFailure({ status, answer, problem, retryAfter_ms }, signIn);
  if (failure) return failure;
  switch (status) {
    case 200:
      return isReceipt(answer, request)
        ? { kind: "saved", revision: answer.revision, savedAt: answer.saved_at }
        : retry(gettext("The server's answer cannot be understood."));
    case 409:
      return isWholeState(answer, request)
        ? {
            kind: "conflict",
            revision: answer.revision,
            savedAt: answer.saved_at ?? null,
            author: answer.author ?? null,
            files: answer.files,
            message: sentence(answer) ?? gettext("The project has changed elsewhere."),
          }
        : retry(gettext("The server's answer cannot be understood."));
    case 400:
      return sentence(answer) === null ? retry(gettext("The server did not accept the request.")) : refused(answer, "");
    case 413:
      return refused(answer, gettext("This is too large to be saved."));
    case 403:
      return retry(sentence(answer) ?? gettext("The server does not allow this; open the page anew."));
    case 404:
      return retry(sentence(answer) ?? gettext("The project is not to be found."));
    default:
      return retry(gettext("Something went wrong on the server."));
  }
}

function refused(answer, otherwise) {
  return {
    kind: "refused",
    message: sentence(answer) ?? otherwise,
    path: typeof answer?.path === "string" ? answer.path : null,
  };
}

function isReceipt(answer, { base, files }) {
  if (!Number.isSafeInteger(answer?.revision)) return false;
  if (typeof answer.saved_at !== "string" || Number.isNaN(Date.parse(answer.saved_at))) return false;
  return answer.revision > base || (files.length === 0 && answer.revision === base);
}

function isWholeState(answer, { base }) {
  return Number.isSafeInteger(answer?.revision) && answer.revision !== base && isFileList(answer.files);
}

function isFileList(files) {
  const isFile = (file) => typeof file?.path === "string" && (typeof file.text === "string" || isBase64(file.base64));
  return Array.isArray(files) && files.every(isFile);
}

function isBase64(value) {
  return typeof value === "string" && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}
