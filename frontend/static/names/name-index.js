const ALWAYS = "python";

/**
 * What the runtime says of itself: its modules and types, with signatures and the first lines of their documentation.
 *
 * It comes in parts, made by build_runtime; the parts of packages are loaded once a file imports them. An entry is
 * [kind, signature, documentation, result], as `describe_names.py` writes it.
 */
export class NameIndex {
  /** `parts` are addresses by name (the name of the package they are about); `load(address)` resolves to a part. */
  constructor(parts, load = loadJson) {
    this.parts = parts;
    this.load = load;
    this.loading = new Map();
    this.modules = {};
    this.types = {};
  }

  /** Load what is known of `modules` (full names) and of Python itself. Whatever cannot be loaded stays unknown. */
  async need(modules) {
    const names = new Set([ALWAYS, ...[...modules].map((name) => name.split(".")[0])]);
    await Promise.all([...names].filter((name) => name in this.parts).map((name) => this.#loadPart(name)));
  }

  module(name) {
    return this.modules[name] ?? null;
  }

  type(key) {
    return this.types[key] ?? null;
  }

  /** The entry of a module's name, or null. */
  moduleEntry(module, name) {
    return own(this.modules[module]?.names, name);
  }

  /** The entry of an attribute of the type `key` or of what it inherits from, or null. */
  attribute(key, name) {
    for (const each of this.#lineage(key)) {
      const entry = own(this.types[each]?.names, name);
      if (entry) return entry;
    }
    return null;
  }

  /** All attributes of the type `key` as [name, entry], the type's own before those it inherits. */
  attributes(key) {
    const found = new Map();
    for (const each of this.#lineage(key)) {
      for (const [name, entry] of Object.entries(this.types[each]?.names ?? {})) {
        if (!found.has(name)) found.set(name, entry);
      }
    }
    return [...found];
  }

  *#lineage(key, seen = new Set()) {
    if (seen.has(key) || !Object.hasOwn(this.types, key)) return;
    seen.add(key);
    yield key;
    for (const base of this.types[key].bases) yield* this.#lineage(base, seen);
  }

  #loadPart(name) {
    if (!this.loading.has(name)) {
      const loading = this.load(this.parts[name]).then(
        ({ modules, types }) => {
          Object.assign(this.modules, modules);
          Object.assign(this.types, types);
        },
        // Asked for again with the next need.
        () => this.loading.delete(name),
      );
      this.loading.set(name, loading);
    }
    return this.loading.get(name);
  }
}

function own(names, name) {
  return names && Object.hasOwn(names, name) ? names[name] : null;
}

async function loadJson(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  return response.json();
}
