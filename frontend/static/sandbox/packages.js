/**
 * The packages of one worker's Python: loaded for a run before it begins, or ahead of it while the worker waits.
 */
export class Packages {
  #ahead = Promise.resolve();
  #goesOn = false;

  /** `lock` is Pyodide's lock file: {packages: {name: {imports, depends, package_type}}}. */
  constructor(python, { packages }) {
    this.python = python;
    this.known = packages;
    this.ofImport = {};
    for (const [name, entry] of Object.entries(packages)) {
      if (entry.package_type !== "package") continue;
      for (const imported of entry.imports) this.ofImport[imported.split(".")[0]] ??= name;
    }
  }

  /** Those of `names` that are not loaded yet. */
  missing(names) {
    return names.filter((name) => !(name in this.python.loadedPackages));
  }

  /** Load packages and what they depend on; nothing is loaded ahead any longer. Resolves to why some could not be. */
  async load(names) {
    this.#goesOn = false;
    await this.#ahead;
    const missing = this.missing(names);
    const errors = missing.length ? await this.#load(missing) : [];
    return this.missing(missing).length ? errors : [];
  }

  /**
   * Load what gives these modules while nothing runs: one package after the other, so that a run that begins waits for
   * one of them at most. What cannot be loaded is left to the run that needs it. Resolves to whether no run began.
   */
  loadAhead(modules) {
    const names = this.#inOrder(
      modules.flatMap((module) => (Object.hasOwn(this.ofImport, module) ? this.ofImport[module] : [])),
    );
    this.#goesOn = true;
    this.#ahead = this.#ahead.then(async () => {
      for (const name of this.missing(names)) {
        if (!this.#goesOn) return false;
        await this.#load([name]).catch(() => {});
      }
      return true;
    });
    return this.#ahead;
  }

  /** The packages and all they depend on, each after its own dependencies. */
  #inOrder(names, found = new Set(), seen = new Set()) {
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      this.#inOrder(this.known[name]?.depends ?? [], found, seen);
      found.add(name);
    }
    return [...found];
  }

  async #load(names) {
    const errors = [];
    await this.python.loadPackage(names, {
      messageCallback: () => {},
      errorCallback: (message) => errors.push(message),
      checkIntegrity: false,
    });
    return errors;
  }
}
