"""What may be a password (promise 16)."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from codeplatform.testing import PASSWORD, SchoolFactory, UserFactory, signed_in

GOOD = "violet otter sings"


def refusal(password: str, user: User | None = None) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return str(error.error_list[0].code)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "  spaces at both ends  ",
        "äöü ñandú œuvre ßß",
        "🐱🐶🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦",
        "nurlauterkleinezeichen",
        "fig-elk-oat-ski",
        "Vq8#mT2!xK9$bW4",
        "walrus harp " * 5 + "tuba",
        "".join(chr(0x4E00 + 7 * number) for number in range(128)),
    ],
    ids=["words", "spaces", "accents", "emoji", "letters alone", "short words", "15 signs", "64", "128"],
)
def test_long_ones_of_any_characters_are_taken(password: str) -> None:
    assert refusal(password) == ""


@pytest.mark.parametrize("password", ["kA9#mz2", "kA9#mz2!", "kA9#mz2!qW4$bn"], ids=[7, 8, 14])
def test_short_ones_are_refused(password: str) -> None:
    assert refusal(password) == "password_too_short"


@pytest.mark.parametrize(
    "password",
    [
        "a" * 15,
        "abcabcabcabcabcabc",
        "abcdefghijklmnop",
        "987654321098765",
        "qwertyuiopasdfgh",
        "aaabbbcccdddeeefff",
        "passwordpassword",
        "Password123456789",
        "sunshine1234567",
        "correct horse battery staple",
        "codeplatform-2026",
        "CodePlatform CodePlatform",
    ],
)
def test_guessable_ones_are_refused(password: str) -> None:
    assert refusal(password) == "password_guessable"


def test_one_of_257_characters_is_refused() -> None:
    assert refusal("ab¢d3f" * 42 + "vwxyz") == "password_too_long"


@pytest.mark.parametrize("character", ["\x00", "\n", "\x1b", "\x7f"])
def test_control_characters_are_refused(character: str) -> None:
    assert refusal(f"{GOOD}{character}") == "password_control"


@pytest.mark.parametrize(
    "password",
    ["lovelace lovelace", "Ada Lovelace 2026", "gymnasium-ulm-ada", "Lovelace@gymnasium", "ulm ulm gymnasium!"],
)
def test_own_name_and_school_are_refused(db: None, password: str) -> None:
    school = SchoolFactory.create(name="Gymnasium Ulm", slug="ulm")
    ada = UserFactory.create(username="ada", display_name="Ada Lovelace", school=school)

    assert refusal(password, ada) == "password_guessable"
    assert refusal(f"{password} violet otter", ada) == ""


def test_the_most_common_ones_are_refused_also_doubled() -> None:
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    common = gzip.decompress(path.read_bytes()).decode().split()[:3000]

    assert [word for word in common if refusal(word) == ""] == []
    assert [word for word in common if len(word) > 7 and refusal(word * 2) == ""] == []


def test_an_accent_is_the_same_however_it_was_typed(student: User) -> None:
    student.set_password("cre\u0300me bru\u0302le\u0301e au four")

    assert student.check_password("crème brûlée au four")
    assert not student.check_password("creme brulee au four")


@pytest.mark.parametrize("url", ["/login/", "/password/"])
def test_a_megabyte_is_refused_at_once(student: User, url: str) -> None:
    client = signed_in(student) if url == "/password/" else Client()
    client.get(url)
    passwords = {"password": "x" * 1_000_000, "old_password": PASSWORD, "new_password": "x" * 1_000_000}
    times = []
    for _ in range(5):
        began = time.process_time()
        response = client.post(url, {"username": "ada@home", **passwords})
        times.append(time.process_time() - began)

        assert response.status_code == 400
    assert min(times) <= 0.05


def test_nul_in_a_password_is_refused(student: User) -> None:
    response = signed_in(student).post("/password/", {"old_password": PASSWORD, "new_password": f"{GOOD}\x00"})

    assert response.status_code == 400
