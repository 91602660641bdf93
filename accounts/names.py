"""Login names: one spelling each, and no two in a school that look alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_SHORT_NAME = 64
MAX_LOGIN_NAME = 150  # short name, "@", school slug


def normalise(name: str) -> str:
    """The one spelling under which a login name is kept and looked up.

    Compatibility forms (full width, ligatures) and case fold away, and white space around it goes.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def validate_short_name(name: str) -> None:
    """The part of a login name before the `@`, already normalised.

    Raises ValidationError when it is empty, too long, or holds what cannot be seen or typed.
    """
    if not name or len(name) > MAX_SHORT_NAME:
        raise ValidationError(
            _("Give a login name of 1 to %(count)s characters.") % {"count": MAX_SHORT_NAME},
            code="length",
        )
    for character in name:
        # Z: spaces; C: control, zero-width and other format characters, surrogates, unassigned
        if character == "@" or unicodedata.category(character)[0] in "ZC":
            raise ValidationError(
                _("Leave out spaces, @ and invisible characters from the login name."), code="character"
            )


def skeleton(name: str) -> str:
    """What a normalised name looks like: each letter that has an ASCII look-alike becomes it (Unicode TS 39).

    ASCII itself stays, so that `anna1` and `annal` may both exist.
    """
    return "".join(character if character.isascii() else _look_alike(character) for character in name)


@lru_cache(maxsize=4096)
def _look_alike(character: str) -> str:
    for entry in confusables_data.get(character, ()):
        twin = str(entry["c"])
        if twin.isascii():
            return twin.casefold()
    return character
