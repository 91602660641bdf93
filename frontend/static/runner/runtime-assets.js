/**
 * Fetches the files of the runtime: from Cache Storage by their hash, else from our host, telling how far it is.
 *
 * The sandbox frame has no cache of its own (an opaque origin keeps nothing), so the page holds one for it. Where the
 * browser offers no Cache Storage (plain http), its ordinary cache serves the immutable addresses.
 */
const CACHE_NAME = "python-runtime";
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1000;

export class RuntimeAssets {
  /**
   * `runtime` is the page's runtime configuration: {base, core: {name: {size, sha256}}}.
   * `onProgress({loaded, total})` counts the bytes of what is being downloaded; it is silent for what is cached.
   */
  constructor(runtime, onProgress = () => {}) {
    this.base = runtime.base;
    this.known = new Map(Object.entries(runtime.core));
    this.onProgress = onProgress;
    this.loaded = 0;
    this.total = 0;
    this.cache = globalThis.caches ? caches.open(CACHE_NAME).catch(() => null) : Promise.resolve(null);
  }

  /** Learn the hashes of the packages from the lock file. */
  addPackages(lock) {
    for (const { file_name, sha256 } of Object.values(lock.packages)) this.known.set(file_name, { size: 0, sha256 });
  }

  has(name) {
    return this.known.has(name);
  }

  /** The file as an ArrayBuffer; rejects, after three attempts, with an Error that names it. */
  async bytes(name) {
    return (await this.#response(name)).arrayBuffer();
  }

  async text(name) {
    return (await this.#response(name)).text();
  }

  /** Remove from the cache what is no part of this runtime. */
  async forgetOthers() {
    const cache = await this.cache;
    const own = new Set([...this.known.values()].map(({ sha256 }) => sha256));
    for (const request of (await cache?.keys()) ?? []) {
      if (!own.has(new URL(request.url).pathname.split("/").pop())) await cache.delete(request);
    }
  }

  async #response(name) {
    const cache = await this.cache;
    const key = `/cached-runtime/${this.known.get(name).sha256}`;
    const cached = await cache?.match(key);
    if (cached) return cached;
    const response = await this.#download(name);
    // A full disk must not keep Python from starting.
    await cache?.put(key, response.clone()).catch(() => {});
    return response;
  }

  async #download(name) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await fetch(this.base + name, { credentials: "omit" });
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return new Response(await this.#readCounting(response, name), { headers: typeHeader(response) });
      } catch (error) {
        if (attempt === ATTEMPTS) throw new Error(`${name} could not be loaded: ${error.message}`);
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
      }
    }
  }

  async #readCounting(response, name) {
    const size = this.known.get(name).size;
    this.total += size;
    const parts = [];
    let count = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      count += value.length;
      this.loaded += value.length;
      this.onProgress({ loaded: this.loaded, total: Math.max(this.total, this.loaded) });
    }
    if (size && count !== size) throw new Error(`${count} of ${size} bytes arrived`);
    return new Blob(parts);
  }
}

function typeHeader(response) {
  const type = response.headers.get("Content-Type");
  return type ? { "Content-Type": type } : {};
}
