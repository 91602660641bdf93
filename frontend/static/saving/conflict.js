import { gettext, interpolate } from "../language/gettext.js";
import { contentOf, diff, overlay, sameContent, sameFiles, toMap } from "./content.js";

/**
 * The project was saved elsewhere since `base`.
 * @typedef {object} Conflict
 * @property {{revision: number, savedAt: string | null, author: any, files: import("./content.js").WireFile[]}} theirs
 * @property {boolean} isBaseKnown whether the workspace still holds what both sides started from
 */

/** What may be chosen, for the whole project or for a file. */
export const CHOICES = Object.freeze(["mine", "theirs", "both"]);

/**
 * What a choice comes to.
 *
 * Where something of mine gives way, `saved` holds all of mine, so that it enters the history, and `followUp` comes as
 * the next save.
 * @param {string | Map<string, string>} choice one of `CHOICES`, or one for each path of mine; `mine` where none is given
 * @param {Conflict} conflict
 * @param {import("./workspace.js").Workspace} workspace
 * @returns {{saved: Map, followUp: import("./content.js").FileChange[]}} the files to save on top of theirs, and what to
 *   change after that
 */
export function filesFor(choice, { theirs, isBaseKnown }, workspace) {
  const mine = workspace.changes();
  const theirFiles = toMap(theirs.files);
  const base = isBaseKnown ? workspace.base : null;
  const everything = overlay(theirFiles, mine);
  if (choice === "mine") return { saved: everything, followUp: [] };
  if (choice === "theirs") return { saved: everything, followUp: diff(everything, theirFiles) };
  if (choice === "both") return { saved: keepBoth(theirFiles, mine, base), followUp: [] };
  const chosen = (what) => mine.filter(({ path }) => (choice.get(path) ?? "mine") === what);
  const wanted = overlay(keepBoth(theirFiles, chosen("both"), base), chosen("mine"));
  return { saved: everything, followUp: diff(everything, wanted) };
}

/**
 * Whether there is nothing to choose: theirs is what was sent, or what is here now, or what was there before.
 * @param {Map} theirs their files
 * @param {import("./content.js").FileChange[]} sent the changes that met the conflict
 * @param {import("./workspace.js").Workspace} workspace
 */
export function isMoot(theirs, sent, workspace) {
  const { base, files } = workspace;
  return [overlay(base, sent), files, base].some((own) => sameFiles(theirs, own));
}

/**
 * Both versions in one project: theirs under the names, mine beside them as "name (my copy).py".
 *
 * A file that only this side has changed is taken as it is here, and so is one that the other side has deleted;
 * a file deleted here that the other side has changed stays.
 *
 * @param {Map} theirs their files
 * @param {import("./content.js").FileChange[]} mine changes made here
 * @param {Map | null} base what both started from, or null when that is not known
 * @returns {Map}
 */
export function keepBoth(theirs, mine, base) {
  const isOnlyMine = ({ path }) => base !== null && sameContent(base.get(path), theirs.get(path));
  const files = overlay(theirs, mine.filter(isOnlyMine));
  for (const change of mine) {
    if (change.deleted || isOnlyMine(change)) continue;
    const content = contentOf(change);
    if (sameContent(content, theirs.get(change.path))) continue;
    files.set(freeName(change.path, files), content);
  }
  return files;
}

// The server refuses two names that differ only in case or in how an accent is written.
const nameKey = (path) => path.normalize("NFC").toLowerCase();

function freeName(path, files) {
  const taken = new Set([...files.keys()].map(nameKey));
  let name = path;
  for (let count = 1; taken.has(nameKey(name)); count += 1) name = copyName(path, count);
  return name;
}

/** `data/a.py` -> `data/a (my copy).py`, `data/a (my copy 2).py`, ... */
export function copyName(path, count) {
  const label = count === 1 ? gettext(" (my copy)") : interpolate(gettext(" (my copy %(count)s)"), { count });
  const nameStart = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  const end = dot > nameStart ? dot : path.length;
  return path.slice(0, end) + label + path.slice(end);
}
