/**
 * The folders and files that a list of paths describes, each level with its folders first and in alphabetical order.
 *
 * @typedef {{name: string, path: string, folders: Folder[], files: {name: string, path: string}[]}} Folder
 * @param {string[]} paths
 * @returns {Folder} the project itself, with an empty name
 */
export function treeOf(paths) {
  const root = folder("", "");
  const known = new Map([["", root]]);
  for (const path of [...paths].sort(byName)) {
    const slash = path.lastIndexOf("/");
    folderAt(known, path.slice(0, Math.max(slash, 0))).files.push({ name: path.slice(slash + 1), path });
  }
  for (const { folders } of known.values()) folders.sort((one, other) => byName(one.name, other.name));
  return root;
}

function folderAt(known, path) {
  if (!known.has(path)) {
    const slash = path.lastIndexOf("/");
    const made = folder(path.slice(slash + 1), path);
    known.set(path, made);
    folderAt(known, path.slice(0, Math.max(slash, 0))).folders.push(made);
  }
  return known.get(path);
}

const folder = (name, path) => ({ name, path, folders: [], files: [] });
const { compare: byName } = new Intl.Collator("en", { numeric: true });
