import { Surroundings } from "./surroundings.js";

// Servers that take longer are of no use in a lesson.
const ANSWER_MS = 15_000;

/**
 * Ask `url` as a program would: from here, as nobody, under the same policy; its answer is not read.
 *
 * @param {{page: string, isCredentialless: boolean}} place
 * @returns {Promise<object>} a `Tried` of runner/protocol.js, without its type
 */
export async function tryAddress(url, place) {
  const asked = new AbortController();
  const timer = setTimeout(() => asked.abort(), ANSWER_MS);
  try {
    const {
      status,
      url: at,
      headers,
    } = await fetch(url, {
      credentials: "omit",
      cache: "no-store",
      signal: asked.signal,
    });
    return { outcome: "answered", status, at, contentType: headers.get("content-type") ?? "" };
  } catch {
    if (asked.signal.aborted) return { outcome: "late" };
    const { isOnline, isForbidden, answers } = await new Surroundings(place).probe(url);
    return { outcome: "failed", isOnline, isForbidden, answers: answers ?? null };
  } finally {
    clearTimeout(timer);
    asked.abort();
  }
}
