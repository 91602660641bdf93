"""What the audit trail says of signing in, and what neither it nor a log ever says."""

from __future__ import annotations

import logging

import pytest
import time_machine
from django.test import Client

from accounts import brake
from codeplatform.testing import PASSWORD, Cast
from schools import people
from schools.audit_events import AuditEvent, What

SECRET = "my-very-own-secret-phrase"


def sign_in(name: str, password: str, client: Client | None = None) -> None:
    (client or Client()).post("/login/", {"username": name, "password": password})


def events(*whats: What) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(what__in=whats).order_by("at"))


def test_sign_in_and_out_are_recorded_once_each(cast: Cast) -> None:
    ada, client = cast.home["ada"], Client()
    sign_in("ada@home", PASSWORD, client)
    client.post("/logout/")

    assert [(event.what, event.actor, event.about, event.school_id) for event in events(*What)] == [
        (What.SIGNED_IN, ada.pk, ada.pk, cast.home.school.pk),
        (What.SIGNED_OUT, ada.pk, ada.pk, cast.home.school.pk),
    ]
    assert events(What.SIGNED_IN)[0].address == "127.0.0.1"


def test_a_failure_is_recorded_with_whom_it_was_about(cast: Cast) -> None:
    sign_in("ada@home", SECRET)
    (event,) = events(*What)

    assert (event.what, event.actor, event.about) == (What.SIGN_IN_FAILED, None, cast.home["ada"].pk)
    assert (event.school_id, event.details) == (cast.home.school.pk, {})


def test_a_wait_is_recorded_when_it_begins(cast: Cast) -> None:
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False):
        for _ in range(50):
            sign_in("ada@home", SECRET)

    assert len(events(What.SIGN_IN_FAILED)) == 6
    assert [event.details for event in events(What.SIGN_IN_DELAYED)] == [{"delay_s": 5}]


def test_a_release_says_who_released_whom(cast: Cast) -> None:
    for _ in range(10):
        sign_in("ada@home", SECRET)
    brake.release(cast.home["ada"], by=cast.home["teacher"])
    (event,) = events(What.SIGN_IN_RELEASED)

    assert (event.actor, event.about) == (cast.home["teacher"].pk, cast.home["ada"].pk)


def test_a_stranger_cannot_write_the_trail_full(db: None) -> None:
    attempts = [brake.admit(f"nobody{number}", device=brake.Device(), address="127.0.0.1") for number in range(400)]
    for attempt in attempts:
        brake.record_failure(attempt)
    for number in range(20):
        sign_in(f"stranger{number}", SECRET)

    assert events(What.SIGN_IN_FAILED) == []


@pytest.mark.parametrize(
    "typed",
    [SECRET, f"{SECRET}\r\nWARNING admin signed in", f"\x1b[31m{SECRET}\x1b[0m", f"{SECRET}\u202e", f"{SECRET}\x00"],
    ids=["as a name", "CR and LF", "ANSI", "bidi", "NUL"],
)
def test_what_was_typed_reaches_neither_trail_nor_logs(
    cast: Cast, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in (typed, f"{typed}@home"):
        sign_in(name, SECRET)
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]

    assert SECRET not in str([vars(event) for event in events(*What)])
    assert [line for line in logged if SECRET in line or "\n" in line or "\x1b" in line] == []


def test_an_operator_signs_in_without_a_school(cast: Cast) -> None:
    sign_in("operator", PASSWORD)
    (event,) = events(*What)

    assert (event.actor, event.school_id) == (cast.operator.pk, None)


def test_a_new_pass_phrase_lets_in_at_once(cast: Cast) -> None:
    for _ in range(10):
        sign_in("ada@home", SECRET)
    phrase = people.reset_password(cast.home["ada"])
    sign_in("ada@home", phrase)

    assert len(events(What.PASSWORD_RESET)) == len(events(What.SIGNED_IN)) == 1
