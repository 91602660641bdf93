import { gettext } from "../language/gettext.js";
import { commonFailure, post, retry, sentence } from "./post.js";

/**
 * What became of a hand-in.
 * @typedef {{kind: "handed-in", attempt: object} | {kind: "refused", message: string}
 *   | {kind: "signed-out", message: string, signIn: string | null}
 *   | {kind: "retry", message: string, after_ms: number | null}} HandInOutcome
 */

/**
 * @param {{csrfToken: () => string, signIn?: string | null, fetch?: typeof fetch}} options
 * @returns {(record: import("./hand-ins.js").HandInRecord) => Promise<HandInOutcome>} never rejected
 */
export function createHandInSender({ csrfToken, signIn = null, fetch }) {
  return async function send({ url, user, key, revision, code_hash, results, client_at, runtime_version }) {
    const data = { key, revision, code_hash, results, client_at, runtime_version };
    const answered = await post({ url, data, csrfToken, user, fetch });
    const { status, answer } = answered;
    const failure = commonFailure(answered, signIn);
    if (failure) return failure;
    if (status === 200 && Number.isSafeInteger(answer?.attempt)) return { kind: "handed-in", attempt: answer };
    const message = sentence(answer);
    if (status >= 400 && status < 500 && message !== null) return { kind: "refused", message };
    return retry(message ?? gettext("Something went wrong on the server."));
  };
}
