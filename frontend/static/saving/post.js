import { gettext } from "../language/gettext.js";

export const TIMEOUT_MS = 20_000;
// Browsers allow 64 KiB of requests that outlive their page; the headers count too.
const KEEPALIVE_LIMIT_BYTES = 60 * 1024;
const BUSY = [429, 503];
const RETRY_AFTER_LIMIT_MS = 5 * 60_000;

/**
 * What came back: `status` 0 means that nothing did, and `problem` says why; 300 stands for any redirect.
 * @typedef {{status: number, answer: object | null, problem: string | null, retryAfter_ms: number | null}} Answer
 */

/**
 * Send JSON to our own server as whoever is signed in.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {object} options.data
 * @param {() => string} options.csrfToken read at each try: it changes when somebody signs in
 * @param {string} [options.user] id of the person who means it, for the server to compare with who is signed in
 * @param {typeof fetch} [options.fetch]
 * @param {number} [options.timeout_ms]
 * @returns {Promise<Answer>} never rejected; calls `fetch` in the caller's turn
 */
export async function post({ url, data, csrfToken, user, fetch = globalThis.fetch, timeout_ms = TIMEOUT_MS }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout_ms);
  const body = JSON.stringify(data);
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
    const isRedirect = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    const answer = parseObject(await response.text());
    const retryAfter_ms = BUSY.includes(response.status) ? retryAfter(response.headers.get("Retry-After")) : null;
    return { status: isRedirect ? 300 : response.status, answer, problem: null, retryAfter_ms };
  } catch {
    const problem = abort.signal.aborted ? gettext("The server takes too long to answer.") : unreachable();
    return { status: 0, answer: null, problem, retryAfter_ms: null };
  } finally {
    clearTimeout(timer);
  }
}

/** The outcome of an answer that means the same whatever was asked: nobody there, nobody signed in, busy; or null. */
export function commonFailure({ status, answer, problem, retryAfter_ms }, signIn) {
  switch (status) {
    case 0:
      return retry(problem);
    case 300:
      return { kind: "signed-out", signIn, message: gettext("You may have been signed out.") };
    case 401:
      return {
        kind: "signed-out",
        signIn: localPath(answer?.sign_in) ?? signIn,
        message: gettext("You have been signed out."),
      };
    case 429:
    case 503:
      return retry(gettext("The server is busy."), retryAfter_ms);
    default:
      return null;
  }
}

export function retry(message, after_ms = null) {
  return { kind: "retry", message, after_ms };
}

/** The server's sentence about what was wrong, or null. */
export function sentence(answer) {
  return typeof answer?.error === "string" && answer.error !== "" ? answer.error : null;
}

function fitsKeepalive(body) {
  return body.length < KEEPALIVE_LIMIT_BYTES && new TextEncoder().encode(body).length < KEEPALIVE_LIMIT_BYTES;
}

function unreachable() {
  return globalThis.navigator?.onLine === false
    ? gettext("You are offline.")
    : gettext("The server cannot be reached.");
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
