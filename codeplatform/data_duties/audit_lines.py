"""The audit trail for people to read: ids become names while there are such people, on lines that nobody can forge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from codeplatform.data_duties.asking import printable
from schools.audit_events import AuditEvent, AuditEventQuerySet
from schools.models import Classroom, School

_AT_ONCE = 500
NOBODY = "nobody signed in"
DELETED = "somebody deleted"


def events(
    *, person: UUID | None = None, school: School | None = None, what: Iterable[str] = (), since: datetime | None = None
) -> AuditEventQuerySet:
    """The events that fit, the oldest first; `person` is whoever did it or whom it is about."""
    found = AuditEvent.objects.order_by("at", "id")
    if person is not None:
        found = found.filter(Q(actor=person) | Q(about=person))
    if school is not None:
        found = found.filter(school=school)
    if what := list(what):
        found = found.filter(what__in=what)
    return found.filter(at__gte=since) if since else found


def described(found: AuditEventQuerySet) -> Iterator[dict[str, Any]]:
    """Each event with the names of its people, for JSON: at (UTC), what, school, by, about, address, details."""
    rows = found.select_related("school").iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(rows, _AT_ONCE)):
        names = _names({pk for event in batch for pk in (event.actor, event.about) if pk})
        classes = _classes(event.details.get("classroom") for event in batch)
        for event in batch:
            details = event.details | {k: classes.get(v, v) for k, v in event.details.items() if k == "classroom"}
            yield {
                "at": event.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                "what": event.get_what_display(),
                "school": event.school.slug if event.school else None,
                "by": names.get(event.actor, _deleted(event.actor)) if event.actor else None,
                "about": names.get(event.about, _deleted(event.about)) if event.about else None,
                "address": event.address,
                "details": details,
            }


def line(event: dict[str, Any]) -> str:
    """One line for one event."""
    parts = [event["at"].replace("T", " ").replace("Z", " UTC"), event["school"] or "-", event["what"]]
    parts.append(f"by {event['by'] or NOBODY}")
    if event["about"] and event["about"] != event["by"]:
        parts.append(f"about {event['about']}")
    if event["address"]:
        parts.append(f"from {event['address']}")
    parts += [f"{key}={value}" for key, value in event["details"].items()]
    return printable("  ".join(str(part) for part in parts))


def _names(keys: set[UUID]) -> dict[UUID, str]:
    people = User.objects.filter(pk__in=keys).values_list("pk", "display_name", "username")
    return {pk: printable(f"{display_name} ({username})") for pk, display_name, username in people}


def _classes(keys: Iterable[Any]) -> dict[str, str]:
    numbers = []
    for key in keys:
        try:
            numbers.append(UUID(str(key)))
        except ValueError:
            continue
    return {str(room.pk): printable(f"{room.name} ({room.year})") for room in Classroom.objects.filter(pk__in=numbers)}


def _deleted(pk: UUID) -> str:
    return f"{DELETED} ({pk})"
