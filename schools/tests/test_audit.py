"""The audit trail: what is written, that it stays as it was, and that nothing can be written into it from outside."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from accounts.models import User
from codeplatform.testing import Cast
from schools.audit import record
from schools.audit_events import AuditEvent, What, erasing


def test_an_event_says_who_did_what_to_whom_and_where(cast: Cast) -> None:
    event = record(What.PASSWORD_RESET, actor=cast.home["teacher"], about=cast.home["ada"], details={"count": 1})

    assert (event.actor, event.about, event.school) == (cast.home["teacher"].pk, cast.home["ada"].pk, cast.home.school)
    assert event.details == {"count": 1}


@pytest.mark.parametrize("change", ["save", "update", "delete", "delete all"])
def test_an_event_stays_as_it_was(cast: Cast, change: str) -> None:
    event = record(What.SIGNED_IN, about=cast.home["ada"])
    event.what = What.SIGNED_OUT
    changes = {
        "save": event.save,
        "update": lambda: AuditEvent.objects.update(actor=None),
        "delete": event.delete,
        "delete all": AuditEvent.objects.all().delete,
    }
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        changes[change]()

    assert AuditEvent.objects.get().what == What.SIGNED_IN


def test_retention_may_shorten_it_and_only_within_its_block(cast: Cast) -> None:
    record(What.SIGNED_IN, about=cast.home["ada"])
    with transaction.atomic(), erasing():
        AuditEvent.objects.all().delete()
    record(What.SIGNED_IN, about=cast.home["ada"])
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.all().delete()

    assert AuditEvent.objects.count() == 1


def test_details_hold_no_line_of_anybody_elses_making(cast: Cast) -> None:
    event = record(
        What.EXPORTED, about=cast.home["ada"], details={"kind": "a\r\n2026 \x1b[31mforged\u202e" + "x" * 500}
    )

    assert event.details["kind"].startswith("a��2026 �[31mforged�x")
    assert len(event.details["kind"]) == 200


@pytest.mark.parametrize(("viewer", "count"), [("ada", 0), ("teacher", 0), ("head", 2), ("operator", 3)])
def test_school_admins_see_their_schools_trail_and_operators_all(cast: Cast, viewer: str, count: int) -> None:
    record(What.SIGNED_IN, about=cast.home["ada"])
    record(What.SIGNED_IN, about=cast.home["teacher"])
    record(What.SIGNED_IN, about=cast.away["ada"])
    person: User = cast.operator if viewer == "operator" else cast.home[viewer]

    assert AuditEvent.objects.visible_to(person).count() == count


@pytest.mark.parametrize(
    ("peer", "headers", "address"),
    [
        ("203.0.113.9", {"HTTP_X_REAL_IP": "198.51.100.1", "HTTP_X_FORWARDED_FOR": "198.51.100.2"}, "203.0.113.9"),
        ("127.0.0.1", {"HTTP_X_REAL_IP": "198.51.100.1", "HTTP_X_FORWARDED_FOR": "198.51.100.2"}, "198.51.100.1"),
        ("", {"HTTP_X_REAL_IP": "2001:db8::1"}, "2001:db8::1"),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "198.51.100.2", "HTTP_FORWARDED": "for=198.51.100.2"}, "127.0.0.1"),
        ("127.0.0.1", {"HTTP_X_REAL_IP": "<script>"}, "127.0.0.1"),
        ("", {}, None),
    ],
)
def test_the_address_is_the_peers_or_what_our_own_proxy_says(
    cast: Cast, settings: object, peer: str, headers: dict[str, str], address: str | None
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "::1"]  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)

    assert record(What.SIGNED_IN, about=cast.home["ada"], request=request).address == address
