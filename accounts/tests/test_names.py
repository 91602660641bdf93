import time

import pytest
from django.core.exceptions import ValidationError

from accounts.names import normalise, skeleton, validate_short_name


@pytest.mark.parametrize("typed", ["Ada", "ADA", " ada ", "ａｄａ", "ada\n"])
def test_spellings_of_one_name_fall_together(typed: str) -> None:
    assert normalise(typed) == "ada"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "a\u200bb",
        "a\u00a0b",
        "a\u202eb",
        "a\x00b",
        "a\tb",
        "a@b",
        "a\ud800b",
        "\ufeffada",
        "a\u200d",
        "x" * 65,
    ],
)
def test_names_that_cannot_be_seen_or_typed_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_short_name(name)


@pytest.mark.parametrize("name", ["ada", "jose.maria", "o'neil", "anna-lena_1", "zoë", "玲", "мария", "+tag"])
def test_names_of_people_are_taken(name: str) -> None:
    validate_short_name(normalise(name))


@pytest.mark.parametrize("twin", ["аda", "αda", "adа", "аdа"], ids=["cyrillic first", "greek", "cyrillic last", "both"])
def test_twins_look_like_the_original(twin: str) -> None:
    assert skeleton(normalise(twin)) == "ada"


def test_ascii_names_that_resemble_each_other_stay_apart() -> None:
    assert skeleton("anna1") != skeleton("annal")


def test_long_names_take_no_time() -> None:
    began = time.process_time()
    skeleton(normalise("\ufdfa" * 100_000))

    assert time.process_time() - began < 1
