"""The operators' commands that delete: they ask, count, and say in a sentence what they cannot do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from codeplatform.testing import Cast, ClassroomFactory
from schools.models import Classroom, School


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["delete_person", "ada@home"], "Deleted ada@home"),
        (["delete_person", " ADA@home "], "Deleted ada@home"),
        (["delete_class", "home", "10A"], "Deleted the class 10A of home"),
        (["delete_school", "home"], "Deleted the school home"),
    ],
)
def test_says_what_it_deleted(cast: Cast, words: list[str], sentence: str) -> None:
    said = run(*words, "--yes")

    assert said.startswith(sentence)
    assert "1  " in said


@pytest.mark.parametrize(
    "words", [["delete_person", "ada@home"], ["delete_class", "home", "10A"], ["delete_school", "home"]]
)
def test_a_dry_run_says_the_same_and_changes_nothing(cast: Cast, words: list[str]) -> None:
    said = run(*words, "--dry-run")

    assert (User.objects.count(), Classroom.objects.count(), School.objects.count()) == (19, 4, 2)
    assert run(*words, "--yes") == said.replace("Would delete", "Deleted")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["delete_person", "nobody@home"], "nobody with the login name nobody@home"),
        (["delete_person", "a\x1b[31m\x00"], "nobody with the login name a�"),
        (["delete_person", "operator", "--yes"], "only operator"),
        (["delete_school", "none"], "There is no school none. There are: away, home."),
        (["delete_school", "none\x00"], "There is no school none�"),
        (["delete_class", "home", "11C"], "has no class 11C."),
        (["delete_class", "home", "10A", "--year", "1999"], "has no class 10A of 1999."),
        (["delete_person", "ada@home"], "nobody to ask: add --yes"),
        (["delete_class", "home", "10A"], "nobody to ask: add --yes"),
        (["delete_school", "home"], "nobody to ask: add --yes"),
    ],
)
def test_what_it_cannot_do_is_a_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    with pytest.raises(CommandError, match=sentence):
        run(*words)

    assert User.objects.count() == 19


def test_of_two_classes_of_a_name_it_asks_for_the_year(cast: Cast) -> None:
    ClassroomFactory.create(school=cast.home.school, name="10A", year=2025)
    with pytest.raises(CommandError, match=r"--year \(2026, 2025\)"):
        run("delete_class", "home", "10A", "--yes")
    run("delete_class", "home", "10A", "--year", "2025", "--yes")

    assert Classroom.objects.get(school=cast.home.school, name="10A").year == 2026


@pytest.mark.parametrize(("answer", "count"), [("yes\n", 18), ("YES\n", 18), ("no\n", 19), ("\n", 19), ("", 19)])
def test_an_operator_at_a_terminal_is_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, answer: str, count: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    try:
        run("delete_person", "ada@home")
    except CommandError as error:
        assert str(error) == "Nothing was deleted."

    assert User.objects.count() == count
