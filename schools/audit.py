"""Writing the audit trail: the one way an event comes into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from accounts.addresses import client_address
from accounts.models import User, Viewer
from schools.audit_events import AuditEvent, What
from schools.models import School

Detail = str | int | bool | list[str] | None
MAX_DETAIL_CHARACTERS = 200


def record(
    what: What,
    *,
    actor: Viewer | None = None,
    about: User | UUID | None = None,
    school: School | UUID | None = None,
    request: HttpRequest | None = None,
    details: Mapping[str, Detail] | None = None,
) -> AuditEvent:
    """Add an event to the trail.

    `actor` is taken from the request where it is left out, the school from whom it is about, else from the actor.
    `details` hold kinds, counts, ids and names of fields; never what somebody typed, and no names of people.
    """
    event = _event(what, actor, about, school, request, details)
    event.save(force_insert=True)
    return event


def record_each(
    what: What,
    people: Iterable[User],
    *,
    actor: Viewer | None = None,
    request: HttpRequest | None = None,
    details: Mapping[str, Detail] | None = None,
) -> None:
    """Add the same event about each of the people: `record` for thousands of them."""
    events = [_event(what, actor, person, None, request, details) for person in people]
    AuditEvent.objects.bulk_create(events, batch_size=500)


def _event(
    what: What,
    actor: Viewer | None,
    about: User | UUID | None,
    school: School | UUID | None,
    request: HttpRequest | None,
    details: Mapping[str, Detail] | None,
) -> AuditEvent:
    if actor is None and request is not None and hasattr(request, "user"):
        actor = request.user
    by = actor if isinstance(actor, User) else None
    if school is None:
        school = about.school_id if isinstance(about, User) else None
    if school is None and by is not None:
        school = by.school_id
    return AuditEvent(
        what=what,
        actor=by.pk if by else None,
        about=about.pk if isinstance(about, User) else about,
        school_id=school.pk if isinstance(school, School) else school,
        address=client_address(request) if request is not None else None,
        details={key: _plain(value) for key, value in (details or {}).items()},
    )


def _plain(value: Detail) -> Any:
    """Printable and short, so that nobody can write lines of their own into the trail or a log made of it."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return "".join(character if character.isprintable() else "�" for character in value[:MAX_DETAIL_CHARACTERS])
    return value
