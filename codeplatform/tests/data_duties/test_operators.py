"""The operators' commands that make schools and read the audit trail."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts.models import User
from codeplatform.data_duties.deletion import delete_person
from codeplatform.testing import Cast
from schools.audit import record
from schools.audit_events import AuditEvent, What, erasing
from schools.models import School


def run(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


class TestCreateSchool:
    def test_makes_it_and_says_where_to_sign_in(self, db: None) -> None:
        said = run("create_school", "Lindenschule", "linden", "--time-zone", "Europe/Berlin")

        assert said == "Made Lindenschule. Its people sign in at /login/linden/.\n"
        school = School.objects.get()
        assert (school.name, school.slug, school.time_zone) == ("Lindenschule", "linden", "Europe/Berlin")
        assert AuditEvent.objects.get().what == What.SCHOOL_CREATED

    def test_a_second_time_changes_nothing(self, db: None) -> None:
        run("create_school", "Lindenschule", "linden")

        assert "already" in run("create_school", "Lindenschule", "linden")
        assert (School.objects.count(), AuditEvent.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["Other", "home"], "slug: School with this Slug already exists"),
            (["Other", "Upper"], "small letters"),
            (["Other", "a b"], "valid"),
            (["", "empty"], "name: "),
            (["Other", "x" * 51], "50 characters"),
            (["Other", "o", "--time-zone", "Mars"], "Mars is no time zone"),
            (["Other\x00", "nul\x00"], "valid"),
        ],
    )
    def test_what_does_not_do_is_a_sentence(self, cast: Cast, words: list[str], sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            run("create_school", *words)

        assert School.objects.count() == 2


class TestCreateSchoolAdmin:
    @pytest.mark.parametrize("name", ["chief", "Chief@Home"])
    def test_the_pass_phrase_signs_in(self, cast: Cast, name: str) -> None:
        said = run("create_school_admin", "home", name, "--display-name", "The chief")
        phrase = said.splitlines()[1].removeprefix("Pass-phrase, shown this once: ")
        response = Client().post("/login/home/", {"username": "chief", "password": phrase})

        person = User.objects.get(username="chief@home")
        assert said.startswith("Made chief@home, school admin of School home.")
        assert (person.display_name, person.role, person.must_change_password) == ("The chief", "school_admin", True)
        assert response.status_code == 302
        assert AuditEvent.objects.get(what=What.ACCOUNT_CREATED).about == person.pk

    def test_a_second_time_changes_nothing(self, cast: Cast) -> None:
        before = cast.home["head"].password

        assert run("create_school_admin", "home", "head") == (
            "head@home is a school admin already; nothing was changed.\n"
        )
        assert User.objects.get(pk=cast.home["head"].pk).password == before

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["nowhere", "chief"], "There is no school nowhere"),
            (["home", "teacher"], "is a teacher already"),
            (["home", "chief@away"], "ends in @home"),
            (["home", "a b"], "Leave out spaces"),
            (["home", "x" * 65], "1 to 64 characters"),
            (["home", ""], "1 to 64 characters"),
            (["home", "chief", "--display-name", "x" * 101], "100 characters"),
        ],
    )
    def test_what_does_not_do_is_a_sentence(self, cast: Cast, words: list[str], sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            run("create_school_admin", *words)

        assert User.objects.count() == 19


class TestAudit:
    @pytest.fixture
    def trail(self, cast: Cast) -> Cast:
        """A new password, work that was looked at, and a sign-in at the other school."""
        home, away = cast.home, cast.away
        room = str(home.classrooms["10A"].pk)
        found = [
            record(What.PASSWORD_RESET, actor=home["teacher"], about=home["ada"], details={"classroom": room}),
            record(What.WORK_SEEN, actor=home["teacher"], about=home["ben"]),
            record(What.SIGNED_IN, actor=away["eve"], about=away["eve"]),
        ]
        for day, event in enumerate(found, start=20):
            move(event, datetime(2026, 11, day, 8, tzinfo=UTC))
        return cast

    def test_says_who_did_what_to_whom_and_when(self, trail: Cast) -> None:
        assert run("audit").splitlines() == [
            "2026-11-20 08:00:00 UTC  home  Password reset  by teacher (teacher@home)  about ada (ada@home)  "
            "classroom=10A (2026)",
            "2026-11-21 08:00:00 UTC  home  Looked at a student's work  by teacher (teacher@home)  "
            "about ben (ben@home)",
            "2026-11-22 08:00:00 UTC  away  Signed in  by eve (eve@away)",
            "3 events.",
        ]

    @pytest.mark.parametrize(
        ("words", "count"),
        [
            (["--person", "teacher@home"], 2),
            (["--person", "ADA@home"], 1),
            (["--school", "away"], 1),
            (["--what", "work-seen"], 1),
            (["--what", "Work seen", "--what", "signed in"], 2),
            (["--since", "2026-11-21"], 2),
            (["--since", "2026-11-21T08:00:01"], 1),
            (["--since", "2026-11-21T10:00:01+02:00", "--school", "home"], 0),
        ],
    )
    def test_is_narrowed_down(self, trail: Cast, words: list[str], count: int) -> None:
        assert run("audit", *words).splitlines()[-1] == f"{count} event{'' if count == 1 else 's'}."

    def test_json_has_an_object_a_line(self, trail: Cast) -> None:
        lines = [json.loads(text) for text in run("audit", "--json").splitlines()]

        assert [(event["what"], event["school"], event["by"]) for event in lines] == [
            ("Password reset", "home", "teacher (teacher@home)"),
            ("Looked at a student's work", "home", "teacher (teacher@home)"),
            ("Signed in", "away", "eve (eve@away)"),
        ]

    def test_who_is_deleted_is_nobody_any_more_and_found_by_number(self, trail: Cast) -> None:
        number = trail.home["ada"].pk
        delete_person(trail.home["ada"])
        said = run("audit", "--person", str(number))

        assert f"about somebody deleted ({number})" in said
        assert "ada@home" not in said
        assert said.endswith("2 events.\n")

    def test_nobody_writes_a_line_of_their_own(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.home["ada"].pk).update(display_name="x\r\n2026-11-22 forged\x1b[31m\u202e\u2028")
        record(What.SIGNED_IN, actor=cast.home["ada"], about=cast.home["ada"])
        said = run("audit")

        assert len(said.splitlines()) == 2
        assert {character for character in said if not character.isprintable()} == {"\n"}

    def test_takes_the_same_queries_for_many(self, trail: Cast, django_assert_max_num_queries: Any) -> None:
        for _ in range(60):
            record(What.WORK_SEEN, actor=trail.home["teacher"], about=trail.home["ada"])
        with django_assert_max_num_queries(3):
            run("audit")

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["--person", "nobody"], "nobody with the login name"),
            (["--school", "none"], "There is no school none"),
            (["--what", "sneezed"], "There is no kind sneezed"),
            (["--since", "yesterday"], "yesterday is no day"),
        ],
    )
    def test_what_it_cannot_find_is_a_sentence(self, trail: Cast, words: list[str], sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            run("audit", *words)


def move(event: AuditEvent, at: datetime) -> None:
    """Put the event at this moment, which only erasing() may."""
    with transaction.atomic(), erasing():
        AuditEvent.objects.filter(pk=event.pk).update(at=at)
