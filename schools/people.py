"""What a school does with its people's accounts, each written to the audit trail.

Every function takes the account as it is in the database, and `request` for who did it from where; whether they may is
asked before (`User.objects.editable_by`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.passphrases import new_pass_phrase
from accounts.passwords import set_new_password
from accounts.roles import Role
from schools.audit import record
from schools.audit_events import What
from schools.models import Classroom, Enrolment


@transaction.atomic
def close_account(person: User, *, request: HttpRequest | None = None) -> None:
    """They left the school: signed out everywhere, out of their classes, deleted when the school's term is over."""
    leave_classes(person, person.enrolments.filter(until__isnull=True), request=request)
    person.is_active = False
    person.left_at = timezone.now()
    person.save(update_fields=["is_active", "left_at"])
    person.end_sessions()
    record(What.ACCOUNT_CLOSED, about=person, request=request)


@transaction.atomic
def open_account(person: User, *, request: HttpRequest | None = None) -> None:
    """They are back: the account and the work in it are as they were, the classes are not."""
    person.is_active = True
    person.left_at = None
    person.save(update_fields=["is_active", "left_at"])
    record(What.ACCOUNT_OPENED, about=person, request=request)


@transaction.atomic
def change_role(person: User, role: str, *, request: HttpRequest | None = None) -> None:
    """Gives them another role in their school; they leave the classes they were in as what they are no longer."""
    old = person.role
    person.role = Role(role)
    person.save(update_fields=["role"])
    leave_classes(person, person.enrolments.filter(until__isnull=True).exclude(role=role), request=request)
    record(What.ROLE_CHANGED, about=person, request=request, details={"old": old, "new": role})


@transaction.atomic
def set_classes(person: User, classrooms: Collection[Classroom], *, request: HttpRequest | None = None) -> None:
    """Puts them into these classes, as what they are, and takes them out of the other open ones."""
    now_in = person.enrolments.active().filter(role=person.role)
    leave_classes(person, now_in.exclude(classroom__in=classrooms), request=request)
    kept = set(now_in.values_list("classroom_id", flat=True))
    for classroom in classrooms:
        if classroom.pk not in kept:
            enrol(person, classroom, request=request)


def enrol(person: User, classroom: Classroom, *, request: HttpRequest | None = None) -> Enrolment:
    """Raises ValidationError when they are in the class already, of another school, or neither student nor teacher."""
    enrolment = Enrolment(user=person, classroom=classroom, school_id=classroom.school_id, role=person.role)
    enrolment.full_clean()
    enrolment.save()
    details = {"classroom": str(classroom.pk), "role": enrolment.role}
    record(What.ENROLLED, about=person, request=request, details=details)
    return enrolment


def leave_classes(person: User, enrolments: Iterable[Enrolment], *, request: HttpRequest | None = None) -> None:
    """Ends these enrolments of theirs."""
    for enrolment in enrolments:
        enrolment.until = max(timezone.now(), enrolment.since)
        enrolment.save(update_fields=["until"])
        details = {"classroom": str(enrolment.classroom_id), "role": enrolment.role}
        record(What.UNENROLLED, about=person, request=request, details=details)


def sign_out_everywhere(person: User, *, request: HttpRequest | None = None) -> None:
    person.end_sessions()
    record(What.SESSIONS_ENDED, about=person, request=request)


def set_new_passphrase(person: User) -> str:
    """Gives them a pass-phrase, not saved yet, and returns it: nobody can read it later."""
    phrase = new_pass_phrase()
    person.set_password(phrase)
    person.must_change_password = person.school is not None and person.school.must_change_passwords
    return phrase


def reset_password(person: User, request: HttpRequest | None = None) -> str:
    """A new pass-phrase, which ends their sessions and lets them in at once; returned this once."""
    phrase = new_pass_phrase()
    must_change = person.school is not None and person.school.must_change_passwords
    by = request.user if request is not None and isinstance(request.user, User) else None
    set_new_password(person, phrase, by=by, must_change=must_change, request=request)
    return phrase
