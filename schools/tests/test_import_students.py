"""manage.py import_students: the same as the page does, for a whole school."""

from __future__ import annotations

import csv
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from codeplatform.testing import Cast
from schools.models import Classroom

LIST = "First name;Surname;Class\nGrace;Hopper;11A\nAlan;Turing;11B\nada;;11A\n"


def run(folder: Path, text: str, *options: str) -> str:
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    out = StringIO()
    call_command("import_students", "home", str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def cards(folder: Path) -> list[dict[str, str]]:
    with (folder / "cards.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_makes_classes_accounts_and_cards(cast: Cast, tmp_path: Path) -> None:
    said = run(tmp_path, LIST, "--year", "2026", "--cards", str(tmp_path / "cards.csv"))
    card = cards(tmp_path)[0]

    assert "Made 2 accounts; 1 students with an account come into a class, 0 are in it already." in said
    assert Classroom.objects.get(name="11A", school=cast.home.school).enrolments.count() == 2
    assert (card["Class"], card["Name"], card["Login name"]) == ("11A", "Grace Hopper", "grace.hopper")
    assert (
        Client().post("/login/", {"username": "grace.hopper@home", "password": card["Pass-phrase"]}).status_code == 302
    )


def test_the_cards_are_for_their_owners_eyes_and_never_overwrite_a_file(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, LIST, "--cards", str(tmp_path / "cards.csv"))

    assert stat.S_IMODE((tmp_path / "cards.csv").stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="not there yet"):
        run(tmp_path, "Name;Class\nSomebody New;11A\n", "--cards", str(tmp_path / "cards.csv"))
    assert not User.objects.filter(display_name="Somebody New").exists()


def test_a_dry_run_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    before = (User.objects.count(), Classroom.objects.count())

    assert "Would make 2 accounts" in run(tmp_path, LIST, "--dry-run")
    assert (User.objects.count(), Classroom.objects.count()) == before


def test_a_second_time_nobody_is_added(cast: Cast, tmp_path: Path) -> None:
    run(tmp_path, LIST, "--cards", str(tmp_path / "cards.csv"))

    assert "Made 0 accounts; 0 students with an account come into a class, 3 are in it" in run(tmp_path, LIST)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("Name\nGrace\n", ("--cards", "x"), "1 lines are wrong"),
        ("Name;Login name\nGrace;head\n", ("--class", "11A"), "1 lines are wrong"),
        ("Name\nGrace\n", ("--class", "11A"), "Say by --cards"),
        ("Name\nGrace\n", ("--class", "x" * 51, "--dry-run"), "at most 50"),
        ("", (), "no names"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    cast: Cast, tmp_path: Path, text: str, options: tuple[str, ...], sentence: str
) -> None:
    before = (User.objects.count(), Classroom.objects.count())
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, text, *options)

    assert (User.objects.count(), Classroom.objects.count()) == before


def test_a_school_that_is_not_there(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no school nowhere"):
        call_command("import_students", "nowhere", str(tmp_path))
