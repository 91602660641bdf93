import { gettext, interpolate } from "../language/gettext.js";

/**
 * Fetches the files of the runtime: from Cache Storage by their hash, else from our host, telling how far it is.
 *
 * The sandbox frame has no cache of its own (an opaque origin keeps nothing), so the page holds one for it. Where the
 * browser offers no Cache Storage (plain http), its ordinary cache serves the immutable addresses.
 */
const CACHE_NAME = "python-runtime";
const RETRY_PAUSES_MS = [1000, 2000, 4000];
// A download that brings nothing for so long is given up and tried again: slow Wi-Fi pauses for less.
const STALL_MS = 30_000;

export class RuntimeAssets {
  #inFlight = new Map();
  #packages = {};

  /**
   * `runtime` is the page's runtime configuration: {base, core: {name: {size, sha256}}, package_bytes: {name: size}}.
   * `onProgress({loaded, total})` counts the bytes of what is being downloaded; it is silent for what is cached.
   */
  constructor(runtime, onProgress = () => {}) {
    this.base = runtime.base;
    this.known = new Map(Object.entries(runtime.core));
    this.packageBytes = runtime.package_bytes;
    this.onProgress = onProgress;
    this.loaded = 0;
    this.total = 0;
    this.cache = globalThis.caches ? caches.open(CACHE_NAME).catch(() => null) : Promise.resolve(null);
  }

  /** Learn the packages and their hashes from the lock file. */
  addPackages({ packages }) {
    this.#packages = packages;
    for (const { file_name, sha256 } of Object.values(packages)) {
      this.known.set(file_name, { size: this.packageBytes[file_name] ?? 0, sha256 });
    }
  }

  has(name) {
    return this.known.has(name);
  }

  /** The file as an ArrayBuffer; rejects, after the last attempt, with an Error that names it. */
  async bytes(name) {
    return (await this.#response(name)).arrayBuffer();
  }

  async text(name) {
    return (await this.#response(name)).text();
  }

  /**
   * Download the packages that give these modules, and what they depend on. Resolves to whether all are here now; never
   * rejects: a run asks again.
   */
  async prefetch(modules) {
    const ends = await Promise.allSettled(this.#filesFor(modules).map((name) => this.#response(name)));
    return ends.every(({ status }) => status === "fulfilled");
  }

  /** Remove from the cache what is no part of this runtime. */
  async forgetOthers() {
    const cache = await this.cache;
    const own = new Set([...this.known.values()].map(({ sha256 }) => sha256));
    for (const request of (await cache?.keys()) ?? []) {
      if (!own.has(new URL(request.url).pathname.split("/").pop())) await cache.delete(request);
    }
  }

  #filesFor(modules) {
    const wanted = new Set(modules);
    const waiting = Object.keys(this.#packages).filter((name) =>
      this.#packages[name].imports.some((module) => wanted.has(module.split(".")[0])),
    );
    const found = new Set(waiting);
    for (const name of found) for (const other of this.#packages[name]?.depends ?? []) found.add(other);
    return [...found].flatMap((name) => this.#packages[name]?.file_name ?? []);
  }

  async #response(name) {
    const cache = await this.cache;
    const key = `/cached-runtime/${this.known.get(name).sha256}`;
    const cached = await cache?.match(key);
    if (cached) return cached;
    // Whoever asks while it is on its way waits for the same download.
    if (!this.#inFlight.has(name)) {
      this.#inFlight.set(
        name,
        this.#download(name, cache, key).finally(() => this.#inFlight.delete(name)),
      );
    }
    return (await this.#inFlight.get(name)).clone();
  }

  async #download(name, cache, key) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await this.#fetch(name);
        // A full disk must not keep Python from starting.
        await cache?.put(key, response.clone()).catch(() => {});
        return response;
      } catch (error) {
        if (attempt === RETRY_PAUSES_MS.length || error instanceof Refused || globalThis.navigator?.onLine === false) {
          throw new Error(
            interpolate(gettext("%(name)s could not be loaded: %(error)s"), { name, error: inWords(error) }),
          );
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSES_MS[attempt]));
      }
    }
  }

  async #fetch(name) {
    const { size } = this.known.get(name);
    const watch = new StallWatch();
    if (!this.#inFlight.size) {
      this.loaded = 0;
      this.total = 0;
    }
    this.total += size;
    let count = 0;
    try {
      const response = await fetch(this.base + name, { credentials: "omit", signal: watch.signal });
      if (!response.ok)
        throw new (response.status < 500 ? Refused : Error)(
          interpolate(gettext("the server answered %(status)s"), { status: response.status }),
        );
      const parts = [];
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        watch.moved();
        parts.push(value);
        count += value.length;
        this.loaded += value.length;
        this.onProgress({ loaded: this.loaded, total: Math.max(this.total, this.loaded) });
      }
      if (size && count !== size)
        throw new Error(interpolate(gettext("%(count)s of %(size)s bytes arrived"), { count, size }));
      return new Response(new Blob(parts), { headers: typeHeader(response) });
    } catch (error) {
      // It will be counted anew.
      this.loaded -= count;
      this.total -= size;
      throw watch.signal.aborted ? new Error(gettext("nothing arrived for a while")) : error;
    } finally {
      watch.end();
    }
  }
}

/** The server will answer the same the next time. */
class Refused extends Error {}

/** Aborts its signal when nothing has moved for a while. */
class StallWatch {
  #controller = new AbortController();
  #timer = null;

  constructor() {
    this.moved();
  }

  get signal() {
    return this.#controller.signal;
  }

  moved() {
    this.end();
    this.#timer = setTimeout(() => this.#controller.abort(), STALL_MS);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

function inWords(error) {
  if (globalThis.navigator?.onLine === false) return gettext("this device has no network");
  // The browser's own words for a failed request, which differ and tell nothing.
  return error instanceof TypeError ? gettext("the server could not be reached") : error.message;
}

function typeHeader(response) {
  const type = response.headers.get("Content-Type");
  return type ? { "Content-Type": type } : {};
}
