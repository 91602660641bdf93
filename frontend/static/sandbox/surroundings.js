/**
 * What a worker can find out about a program's request that failed. A browser hides the reason from programs; the facts
 * here are those it does not hide.
 */

const PROBE_MS = 3_000;
// Taken before any program runs.
const network = self.fetch.bind(self);

export class Surroundings {
  /**
   * `page` is the address of this platform. `isCredentialless`: under that embedder policy an answer arrives even if
   * nobody may read it (decision 7).
   */
  constructor({ page, isCredentialless }) {
    this.page = page;
    this.isCredentialless = isCredentialless;
  }

  /** What is known without asking: {page, isOnline, isForbidden, answers}; `answers` is undefined when unknown. */
  known() {
    return { page: this.page, isOnline: navigator.onLine, isForbidden: false, answers: undefined };
  }

  /** The same, after asking `url` without hope to read: does anything answer, or does our own policy refuse to ask? */
  async probe(url) {
    const facts = this.known();
    const refused = () => {
      facts.isForbidden = true;
    };
    self.addEventListener("securitypolicyviolation", refused);
    try {
      const options = { method: "HEAD", mode: "no-cors", credentials: "omit", cache: "no-store" };
      await network(url, { ...options, signal: AbortSignal.timeout(PROBE_MS) });
      facts.answers = true;
    } catch {
      if (this.isCredentialless) facts.answers = false;
      // The refusal is told in a task of its own.
      await new Promise((resolve) => setTimeout(resolve, 0));
    } finally {
      self.removeEventListener("securitypolicyviolation", refused);
    }
    return facts;
  }
}
