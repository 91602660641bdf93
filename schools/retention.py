"""What is kept for a time: the audit trail, the network addresses in it, join codes, registrations of interest."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from schools.audit_events import AuditEvent, AuditEventQuerySet, erasing
from schools.models import Interest, JoinCode, School

ADDRESS_DAYS = 30  # promise to parents: codeplatform/data_map/terms.toml
INTEREST_DAYS = 365  # another such promise
JOIN_CODE_DAYS = 30  # so that a teacher still sees why a code does not work


def purge_events(school: School | None, now: datetime, *, dry_run: bool = False) -> int:
    """Delete what the school's trail (None: what belongs to no school) has kept for its term; counts the events."""
    due = _events(school).filter(at__lt=_trail_begins(school, now))
    if dry_run:
        return due.count()
    with transaction.atomic(), erasing():
        return due.delete()[0]


def purge_addresses(school: School | None, now: datetime, *, dry_run: bool = False) -> int:
    """Blank the network addresses of events that stay longer than addresses may; counts them."""
    old = _events(school).filter(at__lt=now - timedelta(days=ADDRESS_DAYS), at__gte=_trail_begins(school, now))
    due = old.filter(address__isnull=False)
    if dry_run:
        return due.count()
    with transaction.atomic(), erasing():
        return due.update(address=None)


def purge_join_codes(school: School | None, now: datetime, *, dry_run: bool = False) -> int:
    """Delete the codes that have let nobody in for a while; counts them."""
    due = JoinCode.objects.filter(classroom__school=school, expires_at__lt=now - timedelta(days=JOIN_CODE_DAYS))
    return due.count() if dry_run else due.delete()[0]


def purge_interests(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the registrations of interest that have been kept for their term; counts them."""
    due = Interest.objects.filter(created_at__lt=now - timedelta(days=INTEREST_DAYS))
    return due.count() if dry_run else due.delete()[0]


def _events(school: School | None) -> AuditEventQuerySet:
    return AuditEvent.objects.filter(school=school)


def _trail_begins(school: School | None, now: datetime) -> datetime:
    return now - timedelta(days=(school or School()).audit_days)
