const STATEMENT = /^[ \t]*(?:from[ \t]+([\p{L}_][\p{L}\p{N}_]*)|import[ \t]+([^#\n;]+))/gmu;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;

/**
 * The top-level modules that Python text seems to import. A guess for downloading ahead: a line inside a string
 * counts too, and an import hidden in a call does not.
 * @param {string} source
 * @returns {Set<string>}
 */
export function importedNames(source) {
  const names = new Set();
  for (const [, from, list] of source.matchAll(STATEMENT)) {
    for (const part of from ? [from] : list.split(",")) {
      const name = part.trim().match(NAME);
      if (name) names.add(name[0]);
    }
  }
  return names;
}
