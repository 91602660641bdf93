"""Login names made from the names people go by: plain letters that every keyboard has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

from accounts.names import skeleton

MAX_SUGGESTED = 40
_UNNAMED = "student"
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
# Letters that no decomposition turns into ASCII, each with what is written for it; Cyrillic and Greek as passports have
# them, roughly (ICAO Doc 9303-3).
_SPELLINGS = """
    ßss æae øo œoe łl đd ðd þth ıi ŋn ħh
    аa бb вv гg ґg дd еe єie жzh зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu ўu фf хkh цts чch шsh щshch ъie ыy ь эe
    юiu яia ёe αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo
"""
_LETTERS = {ord(pair[0]): pair[1:] for pair in _SPELLINGS.split()}


def suggest(display_name: str, taken: Container[str]) -> str:
    """A short login name for this person, not among the `taken` (as accounts.names.skeleton has them).

    `Anna-Lena Müller` becomes `anna.muller`, the next one `anna.muller2`; the same name and the same names taken give
    the same answer. A name without a letter that can be written so becomes `student` and a number.
    """
    words = [plain for word in display_name.split() if (plain := _plain(word))]
    first_and_last = words[:1] + words[1:][-1:]
    stem = ".".join(first_and_last)[:MAX_SUGGESTED].strip(".")
    if stem and skeleton(stem) not in taken:
        return stem
    numbers = count(2) if stem else count(1)
    return next(name for n in numbers if skeleton(name := f"{stem or _UNNAMED}{n}") not in taken)


def _plain(word: str) -> str:
    """The letters and digits of the word's first part, in ASCII."""
    first_part = word.casefold().replace("-", " ").strip().partition(" ")[0]
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", first_part).translate(_LETTERS))
    return _NOT_PLAIN.sub("", spread.translate(_LETTERS))
