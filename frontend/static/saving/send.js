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

export const TIMEOUT_MS = 20_000;
// Browsers allow 64 KiB of requests that outlive their page; the headers count too.
const KEEPALIVE_LIMIT_BYTES = 60 * 1024;
const RETRY_AFTER_LIMIT_MS = 5 * 60_000;

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
export function createSender({
  url,
  csrfToken,
  user,
  signIn = null,
  fetch = globalThis.fetch,
  timeout_ms = TIMEOUT_MS,
}) {
  return async function send(request) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout_ms);
    const body = JSON.stringify(request);
    try {
      const response = await fetch.call(globalThis, url, {
        method: "POST",
        body,
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": csrfToken(),
          ...(user === undefined ? {} : { "X-Draft-User": String(user) }),
        },
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
        keepalive: fitsKeepalive(body),
        signal: abort.signal,
      });
      return outcomeOf(request, response, await response.text(), signIn);
    } catch {
      return retry(abort.signal.aborted ? "The server takes too long to answer." : unreachable());
    } finally {
      clearTimeout(timer);
    }
  };
}

function fitsKeepalive(body) {
  return body.length < KEEPALIVE_LIMIT_BYTES && new TextEncoder().encode(body).length < KEEPALIVE_LIMIT_BYTES;
}

function unreachable() {
  return globalThis.navigator?.onLine === false ? "You are offline." : "The server cannot be reached.";
}

function retry(message, after_ms = null) {
  return { kind: "retry", message, after_ms };
}

function outcomeOf(request, response, text, signIn) {
  const answer = parseObject(text);
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
    return { kind: "signed-out", signIn, message: "You may have been signed out." };
  }
  switch (response.status) {
    case 200:
      return isReceipt(answer, request)
        ? { kind: "saved", revision: answer.revision, savedAt: answer.saved_at }
        : retry("The server's answer cannot be understood.");
    case 409:
      return isWholeState(answer, request)
        ? {
            kind: "conflict",
            revision: answer.revision,
            savedAt: answer.saved_at ?? null,
            author: answer.author ?? null,
            files: answer.files,
            message: sentence(answer) ?? "The project has changed elsewhere.",
          }
        : retry("The server's answer cannot be understood.");
    case 400:
      return sentence(answer) === null ? retry("The server did not accept the request.") : refused(answer, "");
    case 413:
      return refused(answer, "This is too large to be saved.");
    case 401:
      return { kind: "signed-out", signIn: localPath(answer?.sign_in) ?? signIn, message: "You have been signed out." };
    case 403:
      return retry(sentence(answer) ?? "The server does not allow this; open the page anew.");
    case 404:
      return retry(sentence(answer) ?? "The project is not to be found.");
    case 429:
    case 503:
      return retry("The server is busy.", retryAfter(response.headers.get("Retry-After")));
    default:
      return retry("Something went wrong on the server.");
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

function sentence(answer) {
  return typeof answer?.error === "string" && answer.error !== "" ? answer.error : null;
}

// A sign-in address leads to this site or nowhere.
function localPath(address) {
  return typeof address === "string" && /^\/(?![/\\])/.test(address) ? address : null;
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header) {
  if (header === null) return null;
  const delay_ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(delay_ms) ? null : Math.min(Math.max(delay_ms, 0), RETRY_AFTER_LIMIT_MS);
}

function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
