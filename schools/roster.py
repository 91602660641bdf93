"""Accounts for a whole list of people: listed, prepared little by little, issued in one transaction, shown once.

Hashing thousands of pass-phrases takes minutes, by design. So it is done in small steps before anything is changed; the
step that finds nothing left to hash issues all accounts at once, or none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.brake import release
from accounts.login_names import suggest
from accounts.models import User
from accounts.names import normalise, skeleton, validate_short_name
from accounts.roles import Role
from schools.audit import Detail, record, record_each
from schools.audit_events import What
from schools.models import Classroom, Enrolment, RosterBatch, RosterEntry
from schools.roster_batches import REMEMBERED, in_an_hour

_ROWS_AT_ONCE = 500
_HASHED_AT_ONCE = 200
Kind = RosterEntry.Kind


class CannotIssue(Exception):
    """Something changed since the list was made; the sentence says what, and nothing was done."""


@dataclass(frozen=True)
class Card:
    name: str
    short_name: str
    classroom: str
    pass_phrase: str


def begin(entries: Iterable[RosterEntry], classroom: Classroom, by: User | None) -> RosterBatch:
    """Keep the planned entries for an hour, for the person to look at."""
    forget_expired()
    with transaction.atomic():
        batch = RosterBatch.objects.create(classroom=classroom, made_by=by)
        rows = list(entries)
        for entry in rows:
            entry.batch = batch
        RosterEntry.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    return batch


def begin_resets(students: Iterable[User], classroom: Classroom, by: User) -> RosterBatch:
    """A batch that gives each of the students a new pass-phrase."""
    entries = [
        RosterEntry(
            number=number,
            kind=Kind.RESET,
            display_name=student.display_name,
            short_name=student.short_name,
            user=student,
            classroom=classroom,
        )
        for number, student in enumerate(students, 1)
    ]
    return begin(entries, classroom, by)


def choose(batch: RosterBatch, logins: Mapping[int, str], new_people: set[int]) -> dict[int, str]:
    """Take over what the person chose in the list, by line: login names, and who is not the student of that name.

    The sentences about lines that cannot be so, by line; with any of them nothing is changed.
    """
    entries = list(batch.entries.filter(kind__in=[Kind.NEW, Kind.ENROL]))
    people = User.objects.filter(school=batch.classroom.school_id)
    taken = set(people.values_list("name_key", flat=True))
    problems: dict[int, str] = {}
    changed = []
    for entry in entries:
        wanted = logins.get(entry.number, entry.short_name) if entry.kind == Kind.NEW else ""
        if entry.kind == Kind.ENROL:
            if entry.number not in new_people:
                continue
            entry.kind, entry.user = Kind.NEW, None
            wanted = suggest(entry.display_name, taken)
        entry.short_name = normalise(wanted)
        try:
            validate_short_name(entry.short_name)
            if skeleton(entry.short_name) in taken:
                raise ValidationError(
                    _("%(short_name)s is taken, or looks like a name that is. Choose another one.")
                    % {"short_name": entry.short_name}
                )
        except ValidationError as error:
            problems[entry.number] = error.messages[0]
        taken.add(skeleton(entry.short_name))
        changed.append(entry)
    if not problems:
        RosterEntry.objects.bulk_update(changed, ["kind", "user", "short_name"], batch_size=_ROWS_AT_ONCE)
    return problems


def confirm(batch: RosterBatch) -> None:
    now = timezone.now()
    RosterBatch.objects.filter(pk=batch.pk, confirmed_at=None).update(confirmed_at=now, expires_at=in_an_hour())
    batch.refresh_from_db()


def advance(batch: RosterBatch, *, seconds: float, by: User | None, request: HttpRequest | None = None) -> None:
    """Work on a confirmed batch for about so long; `batch.state` then says whether it is issued.

    May be repeated, interrupted and run twice at a time. Raises CannotIssue.
    """
    deadline = time.monotonic() + seconds
    while batch.state == "preparing":
        entries = list(_unprepared(batch)[:_HASHED_AT_ONCE])
        if not entries:
            _issue(batch, by, request)
            return
        done = []
        for entry in entries:
            entry.password = make_password(batch.pass_phrase(entry))
            done.append(entry)
            if time.monotonic() > deadline:
                break
        RosterEntry.objects.bulk_update(done, ["password"])
        if time.monotonic() > deadline:
            return


def progress(batch: RosterBatch) -> tuple[int, int]:
    """How many pass-phrases are prepared, and of how many."""
    total = batch.entries.filter(kind__in=RosterEntry.WITH_PASS_PHRASE).count()
    return total - _unprepared(batch).count(), total


def take_cards(batch: RosterBatch) -> list[Card] | None:
    """The log-in cards of an issued batch, once: after this they are gone. None when they are."""
    if batch.state != "issued":
        return None
    entries = batch.entries.filter(kind__in=RosterEntry.WITH_PASS_PHRASE).select_related("classroom")
    cards = [Card(e.display_name, e.short_name, e.classroom.name, batch.pass_phrase(e)) for e in entries]
    with transaction.atomic():
        unseen = RosterBatch.objects.filter(pk=batch.pk, shown_at=None)
        if not unseen.update(shown_at=timezone.now(), seed=""):
            return None
        batch.entries.all().delete()
    return cards


def forget_expired(now: datetime | None = None) -> None:
    """Wipe the batches whose hour is over; what is left of them goes a day later."""
    now = now or timezone.now()
    expired = RosterBatch.objects.filter(expires_at__lte=now)
    RosterEntry.objects.filter(batch__in=expired).delete()
    expired.exclude(seed="").update(seed="")
    expired.filter(expires_at__lte=now - REMEMBERED).delete()


def _unprepared(batch: RosterBatch) -> models.QuerySet[RosterEntry]:
    return batch.entries.filter(kind__in=RosterEntry.WITH_PASS_PHRASE, password="")


def _issue(batch: RosterBatch, by: User | None, request: HttpRequest | None) -> None:
    try:
        with transaction.atomic():
            locked = RosterBatch.objects.select_for_update().select_related("classroom__school").get(pk=batch.pk)
            if locked.state == "preparing":
                _change_accounts(locked, by, request)
    except (CannotIssue, IntegrityError) as error:
        RosterBatch.objects.filter(pk=batch.pk, issued_at=None).update(confirmed_at=None)
        if isinstance(error, CannotIssue):
            raise
        raise CannotIssue(
            _(
                "Meanwhile somebody else made an account with one of these login names. Nothing was changed: look at "
                "the list again."
            )
        ) from None
    batch.refresh_from_db()


def _change_accounts(batch: RosterBatch, by: User | None, request: HttpRequest | None) -> None:
    entries = list(batch.entries.select_related("user", "classroom"))
    classrooms = {entry.classroom_id for entry in entries}
    open_rooms = Classroom.objects.filter(pk__in=classrooms, archived_at=None)
    if (open_rooms.editable_by(by) if by else open_rooms).count() < len(classrooms):
        raise CannotIssue(_("You do not look after this class any more, or it was archived. Nothing was changed."))
    created = _create(batch, [entry for entry in entries if entry.kind == Kind.NEW], by, request)
    _enrol(batch, [entry for entry in entries if entry.kind in {Kind.NEW, Kind.ENROL}], by, request)
    resets = [entry for entry in entries if entry.kind == Kind.RESET]
    _reset(batch, resets, by, request)
    if created:
        details: dict[str, Detail] = {"count": created, "classroom": str(batch.classroom_id)}
        record(What.IMPORTED, actor=by, school=batch.classroom.school_id, request=request, details=details)
    batch.issued_at, batch.expires_at = timezone.now(), in_an_hour()
    batch.save(update_fields=["issued_at", "expires_at"])


def _create(batch: RosterBatch, entries: list[RosterEntry], by: User | None, request: HttpRequest | None) -> int:
    school = batch.classroom.school
    for entry in entries:
        user = User(
            username=f"{entry.short_name}@{school.slug}",
            name_key=skeleton(entry.short_name),
            display_name=entry.display_name,
            password=entry.password,
            role=Role.STUDENT,
            school=school,
            must_change_password=school.must_change_passwords,
        )
        entry.user = user
    people = [entry.user for entry in entries if entry.user]
    User.objects.bulk_create(people, batch_size=_ROWS_AT_ONCE)
    record_each(What.ACCOUNT_CREATED, people, actor=by, request=request, details={"role": Role.STUDENT.value})
    return len(people)


def _enrol(batch: RosterBatch, entries: list[RosterEntry], by: User | None, request: HttpRequest | None) -> None:
    classrooms = {entry.classroom_id for entry in entries}
    active = Enrolment.objects.active().filter(classroom__in=classrooms)
    present = set(active.values_list("user_id", "classroom_id"))
    for classroom in classrooms:
        people = [
            entry.user
            for entry in entries
            if entry.classroom_id == classroom and entry.user and (entry.user.pk, classroom) not in present
        ]
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    school_id=batch.classroom.school_id,
                    classroom_id=classroom,
                    user=person,
                    role=Enrolment.Role.STUDENT,
                )
                for person in people
            ],
            batch_size=_ROWS_AT_ONCE,
        )
        details = {"classroom": str(classroom), "role": Enrolment.Role.STUDENT.value}
        record_each(What.ENROLLED, people, actor=by, request=request, details=details)


def _reset(batch: RosterBatch, entries: list[RosterEntry], by: User | None, request: HttpRequest | None) -> None:
    people = {entry.user.pk: entry.user for entry in entries if entry.user}
    mine = User.objects.editable_by(by).filter(pk__in=people, role=Role.STUDENT) if by else User.objects.none()
    if mine.count() < len(entries):
        raise CannotIssue(_("Some of these students are not in your class any more. Nothing was changed."))
    for entry in entries:
        User.objects.filter(pk__in=[entry.user_id]).update(
            password=entry.password,
            must_change_password=batch.classroom.school.must_change_passwords,
            session_round=F("session_round") + 1,
        )
    for person in people.values():
        release(person, by=by, request=request)
    record_each(What.PASSWORD_RESET, people.values(), actor=by, request=request)
