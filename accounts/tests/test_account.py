"""The page of one's own account: the password, and the other devices."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from codeplatform.testing import PASSWORD, Cast, signed_in
from schools.audit_events import AuditEvent, What

NEW = "violet otter sings"
SCRIPT = {"accept": "application/json"}


def change(client: Client, old: str = PASSWORD, new: str = NEW, **data: str) -> Any:
    return client.post("/password/", {"old_password": old, "new_password": new, **data})


def is_in(client: Client) -> bool:
    return client.get("/projects/").status_code == 200


def trail(what: What) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(what=what))


class TestPage:
    def test_says_who_one_is(self, cast: Cast) -> None:
        page = signed_in(cast.home["ada"]).get("/password/").content.decode()

        for fact in ("ada@home", "School home", "10A", "student"):
            assert fact in page

    def test_an_operator_has_one_too(self, cast: Cast) -> None:
        assert "Operator" in signed_in(cast.operator).get("/password/").content.decode()

    def test_is_linked_from_every_page(self, student: User) -> None:
        assert 'href="/password/"' in signed_in(student).get("/projects/").content.decode()

    def test_helps_password_managers(self, student: User) -> None:
        page = signed_in(student).get("/password/").content.decode()

        for attribute in ('autocomplete="current-password"', 'autocomplete="new-password"', 'autocomplete="username"'):
            assert attribute in page


class TestChange:
    def test_new_password_counts_and_the_old_one_does_not(self, student: User) -> None:
        assert change(signed_in(student)).headers["Location"] == "/password/"
        student.refresh_from_db()

        assert (student.check_password(NEW), student.check_password(PASSWORD)) == (True, False)

    def test_this_session_stays_and_the_others_end(self, student: User) -> None:
        here, there = signed_in(student), signed_in(student)
        old_cookie = here.cookies["sessionid"].value
        change(here)
        stolen = Client()
        stolen.cookies["sessionid"] = old_cookie

        assert is_in(here)
        assert not is_in(there)
        assert not is_in(stolen)

    def test_is_in_the_trail(self, student: User) -> None:
        change(signed_in(student))
        (event,) = trail(What.PASSWORD_CHANGED)

        assert (event.actor, event.about, event.details) == (student.pk, student.pk, {})

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("wrong", NEW, "This is not your password now"),
            (PASSWORD, "short", "Use at least 15 characters"),
            (PASSWORD, PASSWORD, "easily guessed"),
            (PASSWORD, "ada ada ada ada ada", "easily guessed"),
            ("", NEW, "This field is required"),
        ],
    )
    def test_refusal_says_why_and_changes_nothing(self, student: User, old: str, new: str, sentence: str) -> None:
        client = signed_in(student)
        response = change(client, old, new)
        student.refresh_from_db()

        assert sentence in response.content.decode()
        assert student.check_password(PASSWORD)
        assert new not in response.content.decode().replace("Use at least", "")
        assert is_in(client)

    def test_the_same_password_is_refused(self, student: User) -> None:
        student.set_password(NEW)
        student.save()

        assert "the password you have now" in change(signed_in(student), NEW, NEW).content.decode()

    def test_the_old_password_cannot_be_guessed_here(self, student: User) -> None:
        with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False):
            client = signed_in(student)
            answers = [change(client, f"wrong {number}") for number in range(10)]
            assert change(client).status_code == 429

        assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 4
        assert answers[-1].headers["Retry-After"] == "5"

    def test_right_old_passwords_are_not_counted(self, student: User) -> None:
        client = signed_in(student)
        for _ in range(8):
            assert change(client, PASSWORD, "short").status_code == 200

        assert change(client).status_code == 302


class TestSignOutOthers:
    def test_ends_the_others_and_leaves_this_one(self, student: User) -> None:
        here, there = signed_in(student), signed_in(student)
        here.post("/password/sign-out-others/")

        assert (is_in(here), is_in(there)) == (True, False)
        assert trail(What.SESSIONS_ENDED)[0].about == student.pk


class TestTemporaryPassword:
    @pytest.fixture
    def client(self, student: User) -> Client:
        student.must_change_password = True
        student.save()
        return signed_in(student)

    def test_every_page_leads_to_the_change(self, client: Client) -> None:
        for address in ("/projects/", "/classes/", "/admin/"):
            assert client.get(address).headers["Location"] == f"/password/?next={address.replace('/', '%2F')}"
        assert client.post("/projects/", {"name": "x"}).headers["Location"] == "/password/"

    def test_a_script_gets_a_sentence(self, client: Client) -> None:
        answer = client.get("/projects/", headers=SCRIPT)

        assert answer.status_code == 403
        assert answer.json() == {"error": "Choose a password of your own first.", "address": "/password/"}

    def test_after_the_change_the_way_goes_on(self, client: Client, student: User) -> None:
        assert change(client, next="/projects/?q=a").headers["Location"] == "/projects/?q=a"
        assert is_in(client)
        student.refresh_from_db()
        assert not student.must_change_password

    def test_it_leads_nowhere_else(self, client: Client) -> None:
        assert change(client, next="https://evil.example/").headers["Location"] == "/"

    def test_signing_out_stays_possible(self, client: Client) -> None:
        assert client.post("/logout/").headers["Location"] == "/login/home/"

    def test_public_pages_stay_open(self, client: Client) -> None:
        assert client.get("/compatibility/").status_code == 200
