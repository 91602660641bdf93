/**
 * Which names a file may have: the server's rule (projects/paths.py), told while a person types. A test holds the two
 * against each other.
 */

import { gettext, interpolate } from "../language/gettext.js";

const MAX_PATH_BYTES = 200;
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])$/;
const OF_GIT = new Set([".git", "git~1"]);
const REFUSED_CHARACTERS = /[\\:*?"<>|]/;
// Joiners are allowed: emoji and some scripts need them.
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
// What Python's str.strip() takes off.
const SPACE_AT_AN_END = /^\p{White_Space}|\p{White_Space}$/u;

/** What to change about `path`, in a sentence, or "" when it may be the name of a file. */
export function faultOf(path) {
  const name = path.normalize("NFC");
  if (!name) return gettext("Give the file a name.");
  if (new TextEncoder().encode(name).length > MAX_PATH_BYTES) {
    return gettext("The file name is too long; shorten it, or put the file in fewer folders.");
  }
  const refused = name.match(REFUSED_CHARACTERS);
  if (refused)
    return interpolate(gettext("Leave %(refused)s out of the file name; folders are separated by /."), {
      refused: refused[0],
    });
  if (INVISIBLE.test(name)) return gettext("The file name holds an invisible character; type the name again.");
  if (name.startsWith("/")) return gettext("Leave out the / at the beginning of the file name.");
  for (const part of name.split("/")) {
    const fault = faultOfPart(part);
    if (fault) return fault;
  }
  return "";
}

/** What to change about the new `path` in a project that holds `others`, or "". */
export function faultAmong(path, others) {
  const fault = faultOf(path);
  if (fault) return fault;
  const key = keyOf(path);
  for (const other of others) {
    const otherKey = keyOf(other);
    if (otherKey === key)
      return interpolate(gettext("There is a file %(other)s already; choose another name."), { other });
    if (key.startsWith(`${otherKey}/`))
      return interpolate(gettext("%(other)s is a file, not a folder; choose another name."), { other });
    if (otherKey.startsWith(`${key}/`))
      return gettext("There is a folder with this name already; choose another name.");
  }
  return "";
}

/** `path`, or the first of "name 2.py", "name 3.py" … that is free among `others`. */
export function freeName(path, others) {
  const [, stem, extension] = path.match(/^(.*?[^/])(\.[^./]+)?$/s) ?? [null, path, ""];
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${stem} ${number}${extension ?? ""}`;
    if (!faultAmong(name, others) || faultOf(name)) return name;
  }
}

// Case folding is not in JavaScript; upper and then lower case joins what folding joins, ß and ss included.
function keyOf(path) {
  return path.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

function faultOfPart(part) {
  if (!part) return gettext("Each folder and file needs a name; leave out the extra /.");
  if (part === "." || part === "..") return gettext("Name the folder itself in place of . or ..");
  if (SPACE_AT_AN_END.test(part) || part.endsWith(".")) {
    return gettext("A name must not begin or end with a space, nor end with a full stop.");
  }
  const folded = part.toLowerCase();
  if (OF_GIT.has(folded)) return interpolate(gettext("%(part)s belongs to git; choose another name."), { part });
  if (DEVICE.test(folded.split(".")[0].trimEnd()))
    return interpolate(gettext("%(part)s is the name of a device on Windows; choose another name."), { part });
  return "";
}
