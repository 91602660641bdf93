import { connectFrame } from "./frame-link.js";

const LONGEST_ADDRESS = 2_000;
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * What can be said of an address before anybody asks it.
 *
 * @param {string} text as somebody typed it; without a scheme it is taken to begin with https://
 * @param {{protocol: string, host: string}} page where this site is
 * @returns {{url: string, host: string, isLocal: boolean, hadScheme: boolean} | {outcome: "empty" | "too-long" |
 *   "no-address" | "no-web-address" | "has-password" | "short-name" | "this-site" | "not-https", secure?: string}}
 *   `secure`: the same address with https://
 */
export function readAddress(text, page) {
  const typed = text.trim();
  if (!typed) return { outcome: "empty" };
  if (typed.length > LONGEST_ADDRESS) return { outcome: "too-long" };
  const hadScheme = HAS_SCHEME.test(typed);
  let url;
  try {
    url = new URL(hadScheme ? typed : `https://${typed}`);
  } catch {
    return { outcome: "no-address" };
  }
  if (!["https:", "http:"].includes(url.protocol)) return { outcome: "no-web-address" };
  if (url.username || url.password) return { outcome: "has-password" };
  url.hash = "";
  const isLocal = LOCAL_HOSTS.has(url.hostname);
  if (url.host === page.host) return { outcome: "this-site" };
  if (!isLocal && !/[.:]/.test(url.hostname)) return { outcome: "short-name" };
  if (page.protocol === "https:" && url.protocol === "http:") {
    return { outcome: "not-https", secure: url.href.replace(/^http:/, "https:") };
  }
  return { url: url.href, host: url.host, isLocal, hadScheme };
}

/**
 * What came of asking, in one word.
 *
 * @param {import("./protocol.js").Tried} tried
 * @returns {"works" | "refuses" | "late" | "offline" | "forbidden" | "cors" | "silent" | "unknown"} refuses: it lets
 *   programs read its answers, and this one says that something is wrong; unknown: nothing came back, and this browser does
 *   not tell whether anything is there
 */
export function outcomeOf(tried) {
  if (tried.outcome === "late") return "late";
  if (tried.outcome === "answered") return tried.status >= 400 ? "refuses" : "works";
  if (!tried.isOnline) return "offline";
  if (tried.isForbidden) return "forbidden";
  if (tried.answers === null) return "unknown";
  return tried.answers ? "cors" : "silent";
}

/** Two lines of Python that read the address: text that is put between quotes as Python reads them. */
export function twoLines(url, contentType) {
  const reads = /\bjson\b/i.test(contentType) ? "json()" : "text";
  return `import requests\nprint(requests.get(${JSON.stringify(url)}).${reads})\n`;
}

/** Asks addresses from the sandbox frame, as programs do, without Python. */
export class AddressCheck {
  #link = null;
  #waiting = new Map();
  #count = 0;

  constructor({ frame, url, connect = connectFrame }) {
    this.open = () => connect(frame, url, (message) => this.#heard(message));
  }

  /**
   * @returns {Promise<import("./protocol.js").Tried>} rejected when the frame does not open, or breaks
   */
  async ask(url) {
    this.#link ??= this.open();
    try {
      const { send } = await this.#link;
      return await new Promise((resolve, reject) => {
        this.#count += 1;
        this.#waiting.set(this.#count, { resolve, reject });
        send({ type: "try", attempt: this.#count, url });
      });
    } catch (error) {
      this.#link = null;
      throw error;
    }
  }

  #heard(message) {
    if (message.type === "broken") {
      for (const { reject } of this.#waiting.values()) reject(new Error(message.message));
      this.#waiting.clear();
    } else if (message.type === "tried") {
      this.#waiting.get(message.attempt)?.resolve(message);
      this.#waiting.delete(message.attempt);
    }
  }
}
