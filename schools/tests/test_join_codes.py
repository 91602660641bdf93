"""Join codes: for students with an account, and, where the school says so, for making one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from codeplatform.testing import Cast, UserFactory, make_school, signed_in
from schools import joining
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, JoinCode, JoinTry, School

SENTENCE = "This code lets nobody in now."
REGISTER = {"display_name": "Grace Hopper", "login": "grace", "password": "four-long-words-here"}


def make_code(classroom: Classroom, **fields: Any) -> JoinCode:
    values = {"code": "ABCD2345", "expires_at": timezone.now() + timedelta(days=1), **fields}
    return JoinCode.objects.create(classroom=classroom, **values)


@pytest.fixture
def code(cast: Cast) -> JoinCode:
    return make_code(cast.home.classrooms["10A"])


def enter(client: Client, typed: str) -> Any:
    return client.post("/join/", {"code": typed})


class TestTheTeachersPage:
    def test_a_code_is_made_shown_and_revoked(self, cast: Cast) -> None:
        teacher, url = signed_in(cast.home["teacher"]), f"/classes/{cast.home.classrooms['10A'].pk}/join-code/"
        teacher.post(url, {"days": "7", "max_use_count": "40", "code": "AAAAAAAA", "use_count": "9"})
        made = JoinCode.objects.get()

        assert (len(made.code), set(made.code) - set(joining.ALPHABET), made.use_count) == (8, set(), 0)
        assert f"{made.code[:4]}-{made.code[4:]}" in teacher.get(url).content.decode()
        teacher.post(f"{url}revoke/")
        assert enter(signed_in(cast.home["dan"]), made.code).status_code == 400
        kinds = [What.JOIN_CODE_CREATED, What.JOIN_CODE_REVOKED]
        assert AuditEvent.objects.filter(what__in=kinds, actor=cast.home["teacher"].pk).count() == 2

    def test_a_new_code_ends_the_old_one(self, cast: Cast, code: JoinCode) -> None:
        url = f"/classes/{code.classroom_id}/join-code/"
        signed_in(cast.home["teacher"]).post(url, {"days": "1", "max_use_count": "1"})

        assert JoinCode.objects.open().get() != code

    @pytest.mark.parametrize(
        "data", [{"days": "99"}, {"days": "7", "max_use_count": "0"}, {"days": "7", "max_use_count": "1e9"}]
    )
    def test_terms_that_cannot_be(self, cast: Cast, data: dict[str, str]) -> None:
        url = f"/classes/{cast.home.classrooms['10A'].pk}/join-code/"

        assert signed_in(cast.home["teacher"]).post(url, data).status_code == 400

    def test_a_school_may_have_none(self, cast: Cast, code: JoinCode) -> None:
        School.objects.filter(pk=cast.home.school.pk).update(has_join_codes=False)

        assert signed_in(cast.home["teacher"]).get(f"/classes/{code.classroom_id}/join-code/").status_code == 403
        assert enter(signed_in(cast.home["dan"]), code.code).status_code == 400


class TestStudents:
    @pytest.mark.parametrize("typed", ["ABCD-2345", "abcd2345", " abcd 2345 "])
    def test_they_are_in_the_class(self, cast: Cast, code: JoinCode, typed: str) -> None:
        assert enter(signed_in(cast.home["dan"]), typed).status_code == 302
        code.refresh_from_db()

        assert (cast.home["dan"].enrolments.filter(classroom=code.classroom).count(), code.use_count) == (1, 1)
        assert AuditEvent.objects.filter(what=What.ENROLLED, about=cast.home["dan"].pk).exists()

    def test_twice_counts_once(self, cast: Cast, code: JoinCode) -> None:
        for _ in range(2):
            assert enter(signed_in(cast.home["dan"]), code.code).status_code == 302
        code.refresh_from_db()

        assert code.use_count == 1

    def test_every_refusal_is_the_same(self, cast: Cast) -> None:
        room, now = cast.home.classrooms["10A"], timezone.now()
        archived = cast.home.classrooms["10B"]
        Classroom.objects.filter(pk=archived.pk).update(archived_at=now)
        make_code(room, code="EXPAAAAA", expires_at=now - timedelta(seconds=1))
        make_code(room, code="REVAAAAA", revoked_at=now)
        make_code(room, code="FULLAAAA", max_use_count=1, use_count=1)
        make_code(archived, code="ARCHAAAA")
        make_code(cast.away.classrooms["10A"], code="AWAYAAAA")
        for typed in ("EXPAAAAA", "REVAAAAA", "FULLAAAA", "ARCHAAAA", "AWAYAAAA", "WRNGAAAA", "", "x" * 500, "a\x00"):
            JoinTry.objects.all().delete()
            answer = enter(signed_in(cast.home["dan"]), typed)
            assert answer.status_code == 400, typed
            assert SENTENCE in answer.content.decode() or not typed, typed

    def test_guessing_is_slowed_down_for_the_one_who_guesses(self, cast: Cast, code: JoinCode) -> None:
        dan = signed_in(cast.home["dan"])
        statuses = [enter(dan, f"AAAA{n:04}".replace("0", "B").replace("1", "C")).status_code for n in range(30)]

        assert (statuses[:10], {*statuses[10:]}) == ([400] * 10, {429})
        assert enter(signed_in(cast.home["dan"]), code.code).status_code == 429
        assert enter(signed_in(cast.home["eve"]), code.code).status_code == 302
        JoinTry.objects.update(at=timezone.now() - timedelta(seconds=61))
        assert enter(dan, code.code).status_code == 302

    def test_staff_have_no_use_for_it(self, cast: Cast, code: JoinCode) -> None:
        assert {enter(signed_in(cast.home[name]), code.code).status_code for name in ("colleague", "head")} == {403}


class TestVisitors:
    @pytest.fixture
    def open_code(self, cast: Cast, code: JoinCode) -> JoinCode:
        School.objects.filter(pk=cast.home.school.pk).update(has_self_registration=True)
        return code

    def test_they_make_an_account_in_the_class(self, cast: Cast, open_code: JoinCode) -> None:
        client = Client()
        assert enter(client, "abcd-2345").headers["Location"] == "/join/account/"
        extra = {"role": "teacher", "school": str(cast.away.school.pk), "is_superuser": "on", "is_active": ""}
        client.post("/join/account/", REGISTER | extra)
        grace = User.objects.get(username="grace@home")

        assert (grace.role, grace.school, grace.is_superuser, grace.is_active) == (
            "student",
            cast.home.school,
            False,
            True,
        )
        assert grace.enrolments.get().classroom == open_code.classroom
        assert client.get("/projects/").status_code == 200

    def test_only_where_the_school_says_so(self, cast: Cast, code: JoinCode) -> None:
        client = Client()
        assert SENTENCE in enter(client, code.code).content.decode()
        assert client.post("/join/account/", REGISTER).headers["Location"] == "/join/"
        assert not User.objects.filter(username="grace@home").exists()

    def test_a_code_that_ends_meanwhile_makes_no_account(self, cast: Cast, open_code: JoinCode) -> None:
        client = Client()
        enter(client, open_code.code)
        JoinCode.objects.update(use_count=40)
        client.post("/join/account/", REGISTER)

        assert not User.objects.filter(username="grace@home").exists()

    @pytest.mark.parametrize(
        "change",
        [
            {"password": "short"},
            {"login": "ada"},
            {"login": "аda"},
            {"login": "a b"},
            {"display_name": "\u202e"},
            {"login": ""},
        ],
    )
    def test_what_cannot_be_is_asked_for_again(self, cast: Cast, open_code: JoinCode, change: dict[str, str]) -> None:
        client = Client()
        enter(client, open_code.code)
        before = User.objects.count()

        assert client.post("/join/account/", REGISTER | change).status_code == 400
        assert User.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_cannot_beat_the_cap() -> None:
    cast = make_school("crowd")
    code = make_code(cast.classrooms["10A"], max_use_count=5)
    crowd = [UserFactory.create(username=f"s{n}", school=cast.school) for n in range(20)]
    request = RequestFactory().post("/join/")

    def attempt(student: User) -> bool:
        try:
            joining.join(student, code.code, request=request)
        except joining.CannotJoin:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(attempt, crowd))
    code.refresh_from_db()

    assert (sum(outcomes), code.use_count) == (5, 5)
    assert code.classroom.enrolments.filter(user__in=crowd).count() == 5
