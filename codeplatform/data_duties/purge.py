"""Retention that runs itself: once a day, what has been kept for its term goes (terms: codeplatform/data_map/).

A dry run counts what a real one would delete. So that both count the same, no step counts what another one takes away:
people go after all that is counted for them, and histories of projects that go are not thinned.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from accounts.models import AddressBudget, SignInCounter, User, UserQuerySet
from codeplatform.data_duties import admin_log
from codeplatform.data_duties.deletion import delete_person
from projects.keeping import due_in_bin, purge_bin
from projects.models import Project
from projects.thinning import thin
from schools.audit import record
from schools.audit_events import What
from schools.models import JoinTry, RosterBatch, RosterEntry, School
from schools.retention import purge_addresses, purge_events, purge_interests, purge_join_codes
from schools.roster import forget_expired
from schools.roster_batches import REMEMBERED

# Promises to parents: codeplatform/data_map/terms.toml
ADMIN_LOG_DAYS = 365
WRONG_PASSWORD_DAYS = 365  # long enough that waiting wins a guesser nothing
logger = logging.getLogger(__name__)
Step = Callable[[School | None, datetime, bool], int]


@dataclass
class Purged:
    """What went, or would go, by kind; and where it failed."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def purge(now: datetime, *, dry_run: bool = False) -> Purged:
    """Delete whatever is over its term at this moment. A school in which it fails does not keep the others from it."""
    purged = Purged()
    for place, school in [("the site", None), *((school.slug, school) for school in School.objects.order_by("slug"))]:
        counts: Counter[str] = Counter()
        steps = {**(_OF_THE_SITE if school is None else {}), **_OF_A_SCHOOL}
        try:
            for kind, step in steps.items():
                counts[kind] += step(school, now, dry_run)
        except Exception as error:  # noqa: BLE001 - whatever is wrong in one school, the others go on
            logger.exception("purge failed for %s", place)
            purged.failures.append(f"{place}: {type(error).__name__}")
        purged.counts += counts
        if counts.total() and not dry_run:
            record(What.PURGED, school=school, details=dict(+counts))
    if not dry_run:
        admin_log.forget_what_is_gone()
    return purged


def due_leavers(school: School | None, now: datetime) -> UserQuerySet:
    """Whose account was closed when they left the school, longer ago than its term for leavers."""
    last = now - timedelta(days=(school or School()).leavers_days)
    return User.objects.filter(school=school, is_active=False, left_at__lt=last)


def _sessions(school: School | None, now: datetime, dry_run: bool) -> int:
    due = Session.objects.filter(expire_date__lt=now)
    return due.count() if dry_run else due.delete()[0]


def _admin_log(school: School | None, now: datetime, dry_run: bool) -> int:
    due = LogEntry.objects.filter(action_time__lt=now - timedelta(days=ADMIN_LOG_DAYS))
    return due.count() if dry_run else due.delete()[0]


def _wrong_passwords(school: School | None, now: datetime, dry_run: bool) -> int:
    counters = SignInCounter.objects.filter(failed_at__lt=now - timedelta(days=WRONG_PASSWORD_DAYS))
    networks = AddressBudget.objects.filter(drained_at_ms__lt=now.timestamp() * 1000)
    return sum(due.count() if dry_run else due.delete()[0] for due in (counters, networks))


def _lists_of_students(school: School | None, now: datetime, dry_run: bool) -> int:
    entries = RosterEntry.objects.filter(batch__expires_at__lte=now)
    batches = RosterBatch.objects.filter(expires_at__lte=now - REMEMBERED)
    tries = JoinTry.objects.filter(at__lt=now - timedelta(days=1))
    count = entries.count() + batches.count() + tries.count()
    if not dry_run:
        forget_expired(now)
        tries.delete()
    return count


def _bin(school: School | None, now: datetime, dry_run: bool) -> int:
    return purge_bin(school, now, dry_run=dry_run).project_count


def _leavers(school: School | None, now: datetime, dry_run: bool) -> int:
    due = list(due_leavers(school, now))
    if not dry_run:
        for person in due:
            delete_person(person)
    return len(due)


def _history(school: School | None, now: datetime, dry_run: bool) -> int:
    going = due_in_bin(school, now).values("pk")
    projects = Project.objects.filter(owner__school=school).exclude(pk__in=going)
    staying = projects.exclude(owner__in=due_leavers(school, now)).order_by("pk")
    return sum(thin(pk, now, dry_run=dry_run).revision_count for pk in staying.values_list("pk", flat=True))


# In this order; kinds as the operator reads them
_OF_THE_SITE: dict[str, Step] = {
    "expired sessions": _sessions,
    "old entries of the admin log": _admin_log,
    "old counts of wrong passwords": _wrong_passwords,
    "old lists of students and tries to join": _lists_of_students,
    "old registrations of interest": lambda school, now, dry_run: purge_interests(now, dry_run=dry_run),
}
_OF_A_SCHOOL: dict[str, Step] = {
    "old audit events": lambda school, now, dry_run: purge_events(school, now, dry_run=dry_run),
    "old network addresses": lambda school, now, dry_run: purge_addresses(school, now, dry_run=dry_run),
    "expired join codes": lambda school, now, dry_run: purge_join_codes(school, now, dry_run=dry_run),
    "binned projects": _bin,
    "leavers": _leavers,
    "old revisions": _history,
}
