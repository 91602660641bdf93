"""Which names a file may have: those that every system a student may unpack them on takes as they are."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.limits import MAX_PATH_BYTES

# Device names of Windows, with any extension (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in "0123456789¹²³"
}
_REFUSED_PARTS = {".git", "git~1"}
REFUSED_CHARACTERS = '\\:*?"<>|'
# Cc: control characters, Cs: lone surrogates, Zl and Zp: line and paragraph separators
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
# Cf is refused but for the two joiners, which emoji and some scripts need: bidi overrides disguise an extension.
_ALLOWED_FORMAT_CHARACTERS = {"\u200c", "\u200d"}


def clean_path(path: str) -> str:
    """The path as it is kept: relative, `/` between its parts, in Unicode's composed form (NFC).

    Raises ValidationError with a sentence that says what to change.
    """
    try:
        size = len(path.encode())
    except UnicodeEncodeError as error:
        raise ValidationError(_("A file name holds half of a character; type the name again.")) from error
    # Before anything that takes time in proportion to the length
    if size > MAX_PATH_BYTES:
        raise ValidationError(_("The file name is too long; shorten it, or put the file in fewer folders."))
    path = unicodedata.normalize("NFC", path)
    if not path:
        raise ValidationError(_("Give the file a name."))
    for character in path:
        _check_character(character)
    if path.startswith("/"):
        raise ValidationError(_("Leave out the / at the beginning of the file name."))
    for part in path.split("/"):
        _check_part(part)
    if len(path.encode()) > MAX_PATH_BYTES:
        raise ValidationError(_("The file name is too long; shorten it, or put the file in fewer folders."))
    return path


def path_key(path: str) -> str:
    """What two paths share when some file system takes them for one: composed form and letter case aside."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _check_character(character: str) -> None:
    if character in REFUSED_CHARACTERS:
        raise ValidationError(
            _("Leave %(character)s out of the file name; folders are separated by /.") % {"character": character}
        )
    category = unicodedata.category(character)
    if category in _REFUSED_CATEGORIES or (category == "Cf" and character not in _ALLOWED_FORMAT_CHARACTERS):
        raise ValidationError(_("The file name holds an invisible character; type the name again."))


def _check_part(part: str) -> None:
    if not part:
        raise ValidationError(_("Each folder and file needs a name; leave out the extra /."))
    if part in {".", ".."}:
        raise ValidationError(_("Name the folder itself in place of . or .."))
    if part != part.strip() or part.endswith("."):
        raise ValidationError(_("A name must not begin or end with a space, nor end with a full stop."))
    folded = part.casefold()
    if folded in _REFUSED_PARTS:
        raise ValidationError(_("%(part)s belongs to git; choose another name.") % {"part": part})
    if folded.split(".")[0].rstrip() in _DEVICES:
        raise ValidationError(_("%(part)s is the name of a device on Windows; choose another name.") % {"part": part})
