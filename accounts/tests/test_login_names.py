from __future__ import annotations

import pytest

from accounts.login_names import MAX_SUGGESTED, suggest
from accounts.names import validate_short_name


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Ada", "ada"),
        ("Ada Lovelace", "ada.lovelace"),
        ("Anna-Lena Müller", "anna.muller"),
        ("José María García López", "jose.lopez"),
        ("Łukasz Żółć", "lukasz.zolc"),
        ("Weiß Ægir", "weiss.aegir"),
        ("Иван Йорданов", "ivan.iordanov"),
        ("Γιώργος Παππάς", "giorgos.pappas"),
        ("Sean O'Brien", "sean.obrien"),
        ("李明", "student1"),
        ("- . -", "student1"),
    ],
)
def test_they_are_plain_letters(name: str, login: str) -> None:
    assert suggest(name, set()) == login


def test_digits_keep_them_apart() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(suggest("Ada Lovelace", taken))

    assert taken == {"ada.lovelace", "ada.lovelace2", "ada.lovelace3"}


def test_a_long_name_makes_a_name_that_can_be_used() -> None:
    name = suggest("x" * 99 + " " + "y" * 99, set())
    validate_short_name(name)

    assert len(name) <= MAX_SUGGESTED
