from __future__ import annotations

import io
import logging

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import brake
from accounts.models import User
from codeplatform.testing import PASSWORD, signed_in
from schools.audit_events import AuditEvent, What


def reset(name: str, *options: str) -> str:
    out = io.StringIO()
    call_command("reset_password", name, *options, stdout=out)
    return out.getvalue()


def sign_in(password: str) -> int:
    return Client().post("/login/", {"username": "ada@home", "password": password}).status_code


@pytest.mark.parametrize("name", ["ada@home", " ADA@home"])
def test_prints_a_pass_phrase_that_signs_in(student: User, name: str) -> None:
    phrase = reset(name).rpartition("Pass-phrase: ")[2].strip()

    assert len(phrase) >= 15
    assert (sign_in(phrase), sign_in(PASSWORD)) == (302, 200)


def test_takes_one_from_the_input_and_does_not_print_it(student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("violet otter sings\n"))

    assert "violet" not in reset("ada@home", "--stdin")
    assert sign_in("violet otter sings") == 302


def test_refuses_a_weak_one_and_changes_nothing(student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="at least 15 characters"):
        reset("ada@home", "--stdin")

    assert sign_in(PASSWORD) == 302


def test_ends_sessions_and_takes_the_brake_off(student: User) -> None:
    client = signed_in(student)
    for _ in range(10):
        sign_in("wrong")
    assert brake.is_delayed(student)
    reset("ada@home")

    assert client.get("/projects/").status_code == 302
    assert not brake.is_delayed(student)


def test_must_change_leads_to_the_change(student: User) -> None:
    phrase = reset("ada@home", "--must-change").rpartition("Pass-phrase: ")[2].strip()
    client = Client()
    client.post("/login/", {"username": "ada@home", "password": phrase})

    assert client.get("/projects/").headers["Location"].startswith("/password/")


def test_is_in_the_trail_without_the_pass_phrase(student: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "django.request")
    phrase = reset("ada@home").rpartition("Pass-phrase: ")[2].strip()
    (event,) = AuditEvent.objects.filter(what=What.PASSWORD_RESET)

    assert (event.actor, event.about) == (None, student.pk)
    assert phrase not in f"{vars(event)} {caplog.text}"


def test_says_when_the_account_is_closed(student: User) -> None:
    User.objects.filter(pk=student.pk).update(is_active=False)

    assert "still does not sign in" in reset("ada@home")


def test_unknown_name_gets_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody has this login name"):
        reset("nobody@home")
