"""Join codes: 40 random bits that let students into a class, until they expire, are revoked, or have been used up.

Guessing is hopeless by the number of codes alone; a signed-in student is slowed down as well. Visitors are not: they
share their school's address, and one who types nonsense would keep the others out.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from schools import people
from schools.audit import record
from schools.audit_events import What
from schools.models import Classroom, Enrolment, JoinCode, JoinTry

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 characters: without I, O, 0 and 1, which are taken for others
LENGTH = 8
LIFETIME_DAYS = (1, 7, 30)
MAX_USES = 200
TRIES_A_MINUTE = 10
_MINUTE = timedelta(minutes=1)


class CannotJoin(Exception):
    """The code lets nobody in, whatever the reason: it tells strangers nothing."""


class TooManyTries(Exception):
    """The student typed too many wrong codes within a minute."""


def new_code(classroom: Classroom, *, days: int, max_use_count: int, request: HttpRequest) -> JoinCode:
    """A new code; the one before it stops working."""
    with transaction.atomic():
        revoke_codes(classroom, request=request)
        code = JoinCode.objects.create(
            classroom=classroom,
            code="".join(secrets.choice(ALPHABET) for _ in range(LENGTH)),
            expires_at=timezone.now() + timedelta(days=days),
            max_use_count=max_use_count,
        )
        details = {"classroom": str(classroom.pk)}
        record(What.JOIN_CODE_CREATED, school=classroom.school_id, request=request, details=details)
    return code


def revoke_codes(classroom: Classroom, *, request: HttpRequest) -> None:
    if JoinCode.objects.open().filter(classroom=classroom).update(revoked_at=timezone.now()):
        details = {"classroom": str(classroom.pk)}
        record(What.JOIN_CODE_REVOKED, school=classroom.school_id, request=request, details=details)


def tidy(typed: str) -> str:
    """The code as it is kept, from how people type it; anything else comes out empty."""
    code = "".join(character for character in typed.upper()[:40] if character not in " -\u2013\t")
    return code if len(code) == LENGTH and not set(code) - set(ALPHABET) else ""


def join(student: User, typed: str, *, request: HttpRequest) -> Classroom:
    """Into the class of the code; once more changes nothing. Raises CannotJoin and TooManyTries."""
    recent = JoinTry.objects.filter(user=student, at__gt=timezone.now() - _MINUTE)
    if recent.count() >= TRIES_A_MINUTE:
        raise TooManyTries
    code = JoinCode.objects.open().filter(code=tidy(typed), classroom__school=student.school_id).first()
    if code is None:
        JoinTry.objects.filter(at__lte=timezone.now() - _MINUTE).delete()
        JoinTry.objects.create(user=student)
        raise CannotJoin
    classroom = code.classroom
    with transaction.atomic():
        present = Enrolment.objects.active().filter(user=student, classroom=classroom)
        if not present.exists():
            use(code)
            people.enrol(student, classroom, request=request)
    return classroom


def code_for_visitors(typed: str) -> JoinCode | None:
    """The code, if it lets in somebody who has no account yet."""
    open_codes = JoinCode.objects.open().filter(classroom__school__has_self_registration=True)
    return open_codes.select_related("classroom__school").filter(code=tidy(typed)).first()


def use(code: JoinCode) -> None:
    """Count one use, in the caller's transaction. Raises CannotJoin when others were faster."""
    # Conditions on this row alone: the database looks at them again after it waited for another one's use.
    free = JoinCode.objects.filter(
        pk=code.pk, revoked_at=None, expires_at__gt=timezone.now(), use_count__lt=F("max_use_count")
    )
    if not free.update(use_count=F("use_count") + 1):
        raise CannotJoin
