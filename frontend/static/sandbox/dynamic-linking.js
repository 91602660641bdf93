/**
 * Keep the symbols that are resolved out of the way of those that are not.
 *
 * After each library Emscripten's linker walks its whole table (`GOT`) for symbols without an address, and asks each
 * of tens of thousands for its value: with the 189 libraries of scikit-learn that is most of the time to load them. It walks
 * the table's own entries and finds the others just as well, so those that are done move to its prototype.
 */
export function shortenSymbolSearch(module) {
  const table = module.GOT;
  const resolved = {};
  Object.setPrototypeOf(table, resolved);
  const open = module._emscripten_dlopen_promise;
  module._emscripten_dlopen_promise = (...given) => {
    for (const [name, entry] of Object.entries(table)) {
      if (entry.value === UNRESOLVED) continue;
      resolved[name] = entry;
      delete table[name];
    }
    return open(...given);
  };
}

const UNRESOLVED = -1;
