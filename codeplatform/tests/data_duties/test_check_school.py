"""check_school finds what does not fit, says what to do, and changes nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from codeplatform.tests.data_duties.dump import whole_database
from projects.models import File, Project, Revision, RevisionFile
from projects.saving import Change, create_project, save_revision
from schools.models import Enrolment

Breakage = Callable[[Cast], object]


def ada(cast: Cast) -> Project:
    return cast.home.projects["ada"]


def change_person(name: str, **fields: object) -> Breakage:
    return lambda cast: User.objects.filter(pk=cast.home[name].pk).update(**fields)


def change_files(**fields: object) -> Breakage:
    return lambda cast: File.objects.filter(project=ada(cast)).update(**fields)


def change_history(**fields: object) -> Breakage:
    return lambda cast: RevisionFile.objects.filter(revision__project=ada(cast)).update(**fields)


def change_project(**fields: object) -> Breakage:
    return lambda cast: Project.objects.filter(pk=ada(cast).pk).update(**fields)


def change_last_save(**fields: object) -> Breakage:
    def change(cast: Cast) -> None:
        save_revision(ada(cast), cast.home["ada"], 1, "key-00001", [Change("b.py", b"2")])
        Revision.objects.filter(project=ada(cast), number=2).update(**fields)

    return change


def session_of_nobody(cast: Cast) -> None:
    signed_in(cast.away["ada"])
    session = SessionStore()
    session["_auth_user_id"] = "01a203c1-0000-7000-8000-000000000000"
    session.create()


BREAKAGES: dict[str, tuple[Breakage, str]] = {
    "open leaver": (change_person("ada", left_at=timezone.now()), "ada@home: left the school, yet the account is open"),
    "foreign ending": (change_person("ada", username="ada@other"), "ada@other: the login name does not end in @home"),
    "stale key": (change_person("ada", name_key="x"), "ada@home: the key that keeps twins out is stale"),
    "no class": (
        lambda cast: Enrolment.objects.filter(user=cast.home["ada"]).update(until=timezone.now()),
        "ada@home: a student in no class",
    ),
    "wrong role": (change_person("dan", role="teacher"), "dan@home in 10B: in the class as student, but is a teacher"),
    "closed": (change_person("ada", is_active=False), "ada@home in 10A: a closed account is still in the class"),
    "no teacher": (
        lambda cast: Enrolment.objects.filter(user=cast.home["teacher"]).update(until=timezone.now()),
        "class 10A of 2026: has students but no teacher",
    ),
    "no admin": (change_person("head", is_active=False), "home: nobody runs the school"),
    "size": (change_files(size=1), "main.py: size or fingerprint"),
    "content": (change_files(content=b"x"), "main.py: size or fingerprint"),
    "path key": (change_files(path_key="other"), "main.py: the key that keeps twins out is stale"),
    "other files": (change_files(path="other.py", path_key="other.py"), "its files are not what its last version left"),
    "history content": (change_history(content=b"x"), "main.py in version 1: size or fingerprint"),
    "history bytes": (change_project(history_bytes=F("history_bytes") + 1), "its history takes"),
    "revision": (change_project(revision=7), "it counts 7 saves, but the last on record is 1"),
    "folded": (change_last_save(is_folded=True), "its last version is folded away"),
    "order": (change_last_save(created_at=timezone.now() - timedelta(days=9)), "not in the order of their times"),
    "restored": (change_last_save(restored_from=9), "version 2 says that it is from version 9"),
    "session": (session_of_nobody, "of no school: sessions: 1 of accounts that are gone"),
    "operator": (
        lambda cast: User.objects.filter(pk=cast.operator.pk).update(is_active=False),
        "operators: nobody may do everything",
    ),
}


def run(*words: str) -> tuple[str, str]:
    """What it says, and how it fails."""
    out = io.StringIO()
    try:
        call_command("check_school", *words, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_what_the_site_made_itself_fits(cast: Cast) -> None:
    create_project(cast.operator, "Trial")
    save_revision(ada(cast), cast.home["ada"], 1, "key-00001", [Change("MAIN.py", b""), Change("main.py", None)])

    assert run() == ("away: all fits.\nhome: all fits.\nof no school: all fits.\n", "")


@pytest.mark.parametrize("name", BREAKAGES)
def test_finds_what_does_not_fit(cast: Cast, name: str) -> None:
    breakage, sentence = BREAKAGES[name]
    breakage(cast)
    said, failure = run()

    assert sentence in said
    assert failure.endswith((" finding.", " findings."))


def test_looks_at_one_school_alone(cast: Cast) -> None:
    change_person("ada", left_at=timezone.now())(cast)

    assert run("away") == ("away: all fits.\n", "")
    assert run("home")[1] == "1 finding."


def test_changes_nothing(transactional_db: None, cast: Cast) -> None:
    for name in ("open leaver", "no class", "content", "history bytes", "session"):
        BREAKAGES[name][0](cast)
    before = whole_database()
    run()

    assert whole_database() == before


def test_a_school_that_is_not_there_is_a_sentence(cast: Cast) -> None:
    assert "There is no school none" in run("none")[1]
