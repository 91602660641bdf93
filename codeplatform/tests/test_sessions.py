from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from codeplatform import sign_in
from codeplatform.testing import PASSWORD, Cast, signed_in


def is_in(client: Client) -> bool:
    return client.get("/projects/").status_code == 200


def session_key(client: Client) -> str:
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        monkeypatch.setattr(sign_in.time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class TestSession:
    def test_gets_a_new_key_at_sign_in(self, student: User) -> None:
        client = Client()
        client.cookies[django_settings.SESSION_COOKIE_NAME] = "k" * 32
        client.post("/login/", {"username": "ada@home", "password": PASSWORD})

        assert session_key(client) != "k" * 32
        assert is_in(client)

    def test_key_is_dead_after_sign_out(self, student: User) -> None:
        client = signed_in(student)
        old = session_key(client)
        client.post("/logout/")
        client.cookies[django_settings.SESSION_COOKIE_NAME] = old

        assert not is_in(client)

    @pytest.mark.parametrize("change", ["password", "active", "role", "signed out everywhere"])
    def test_ends_with_the_account_it_began_in(self, student: User, change: str) -> None:
        clients = [signed_in(student), signed_in(student)]
        if change == "password":
            student.set_password("another")
        elif change == "active":
            student.is_active = False
        elif change == "signed out everywhere":
            student.end_sessions()
        else:
            student.role = Role.TEACHER
        student.save()

        assert not any(is_in(client) for client in clients)

    def test_outlives_a_new_secret_while_the_old_one_is_kept(self, student: User, settings: Any) -> None:
        client, old = signed_in(student), settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [old]
        assert is_in(client)
        other = signed_in(student)
        settings.SECRET_KEY_FALLBACKS = []

        assert is_in(other)
        settings.SECRET_KEY = "another one"
        assert not is_in(other)

    def test_two_devices_do_not_disturb_each_other(self, student: User) -> None:
        here, there = signed_in(student), signed_in(student)
        here.post("/logout/")

        assert is_in(there)


class TestLimits:
    def test_an_idle_student_is_signed_out(self, student: User, clock: Clock) -> None:
        client = signed_in(student)
        assert is_in(client)
        clock.now += sign_in.STUDENT_IDLE_S + 1

        assert not is_in(client)

    def test_a_busy_student_stays_until_the_end_of_the_day(self, student: User, clock: Clock) -> None:
        client = signed_in(student)
        for _ in range(24):
            assert is_in(client)
            clock.now += 30 * 60

        clock.now += 1
        assert not is_in(client)

    @pytest.mark.parametrize("name", ["teacher", "head"])
    def test_idle_staff_stay_through_two_lessons(self, cast: Cast, clock: Clock, name: str) -> None:
        client = signed_in(cast.home[name])
        assert is_in(client)
        clock.now += sign_in.STAFF_IDLE_S
        assert is_in(client)
        clock.now += sign_in.STAFF_IDLE_S + 1

        assert not is_in(client)

    def test_a_script_of_an_idle_student_gets_401(self, student: User, clock: Clock) -> None:
        client = signed_in(student)
        assert is_in(client)
        clock.now += sign_in.STUDENT_IDLE_S + 1

        assert client.get("/projects/", headers={"accept": "application/json"}).status_code == 401

    def test_time_is_written_down_once_in_five_minutes(
        self, student: User, clock: Clock, django_assert_num_queries: Any
    ) -> None:
        client = signed_in(student)
        assert is_in(client)
        clock.now += 60

        with django_assert_num_queries(3):
            assert is_in(client)


class TestLastSeen:
    def test_is_written_once_in_five_minutes(self, student: User, clock: Clock) -> None:
        client = signed_in(student)
        seen = []
        for shift in (0, 60, sign_in.IDLE_STEP_S):
            clock.now += shift
            assert is_in(client)
            student.refresh_from_db()
            seen.append(student.last_seen_at)

        assert seen[0] is not None
        assert seen[0] == seen[1] != seen[2]

    def test_writes_one_column(self, student: User, clock: Clock) -> None:
        client = signed_in(student)
        with CaptureQueriesContext(connection) as queries:
            assert is_in(client)
        updates = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "accounts_user"')]

        assert len(updates) == 1
        assert updates[0].count("=") == 2  # the column, and the row


class TestNoStore:
    @pytest.mark.parametrize("page", ["/", "/projects/", "/projects/bin/", "/password/", "/classes/", "/nowhere/"])
    def test_no_cache_keeps_what_a_signed_in_person_saw(self, cast: Cast, page: str) -> None:
        for name in ("ada", "teacher"):
            assert "no-store" in signed_in(cast.home[name]).get(page).headers["Cache-Control"]


def test_what_one_person_was_told_is_not_told_the_next(cast: Cast) -> None:
    client = signed_in(cast.home["ada"])
    client.post(f"/projects/{cast.home.projects['ada'].pk}/bin/")
    client.post("/logout/")
    client.force_login(cast.home["ben"])

    assert "Work of ada" not in client.get("/projects/").content.decode()


def test_no_other_cookies_are_set(cast: Cast) -> None:
    client = signed_in(None)
    client.get("/login/")
    client.post("/login/", {"username": "ada@home", "password": PASSWORD})
    client.post(f"/projects/{cast.home.projects['ada'].pk}/bin/")
    names = {
        django_settings.SESSION_COOKIE_NAME,
        django_settings.CSRF_COOKIE_NAME,
        django_settings.DEVICE_COOKIE_NAME,
    }

    assert set(client.cookies) == names


def test_cookies_are_flagged(client: Client, student: User) -> None:
    client.get("/login/")
    client.post("/login/", {"username": "ada@home", "password": PASSWORD})
    session = client.cookies[django_settings.SESSION_COOKIE_NAME]

    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", "")
    assert client.cookies[django_settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"
