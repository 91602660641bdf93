"""Which files a project can hold, by their names: the server's rule (projects/paths.py), told before it is asked.

A test holds the two against each other.
"""

from __future__ import annotations

import unicodedata

MAX_PATH_BYTES = 200

_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"
}
_REFUSED_PARTS = {".git", "git~1"}
_REFUSED_CHARACTERS = '\\:*?"<>|'
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp", "Cf"}
_JOINERS = {"\u200c", "\u200d"}


def reason_to_refuse(path: str) -> str | None:
    """Why no project can hold `path` (relative, with `/` between its parts), or None when it can."""
    if any(unicodedata.category(character) == "Cs" for character in path):
        return "its name is not text"
    path = unicodedata.normalize("NFC", path)
    if len(path.encode()) > MAX_PATH_BYTES:
        return "its name is too long"
    for character in path:
        if character in _REFUSED_CHARACTERS:
            return f"a file name must not hold {character}"
        if unicodedata.category(character) in _REFUSED_CATEGORIES and character not in _JOINERS:
            return "its name holds an invisible character"
    return next(filter(None, map(_reason_to_refuse_part, path.split("/"))), None)


def key_of(path: str) -> str:
    """What two paths share when some file system takes them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _reason_to_refuse_part(part: str) -> str | None:
    folded = part.casefold()
    if part != part.strip() or part.endswith("."):
        return "a name must not begin or end with a space, nor end with a full stop"
    if folded in _REFUSED_PARTS:
        return "its name belongs to git"
    if folded.split(".")[0].rstrip() in _DEVICES:
        return "its name is that of a device on Windows"
    return None
