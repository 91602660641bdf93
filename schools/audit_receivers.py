"""What accounts report by signals, written into the audit trail: accounts know nothing of schools."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.axes_handler import attempt_of
from accounts.brake import Attempt
from accounts.models import User
from accounts.signals import password_changed, sessions_ended, sign_in_delayed, sign_in_released
from schools.audit import record
from schools.audit_events import What


@receiver(user_logged_in)
def record_sign_in(user: User, request: HttpRequest, **kwargs: Any) -> None:
    record(What.SIGNED_IN, actor=user, about=user, request=request)


@receiver(user_login_failed)
def record_failure(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """What was typed is never kept: it may be a password in the wrong field.

    A refused try is none: the wait that it met is in the trail.
    """
    attempt = attempt_of(request)
    if attempt is not None and not attempt.is_refused:
        _record_try(What.SIGN_IN_FAILED, attempt, request)


@receiver(user_logged_out)
def record_sign_out(user: User | None, request: HttpRequest, **kwargs: Any) -> None:
    if user is not None:
        record(What.SIGNED_OUT, actor=user, about=user, request=request)


@receiver(sign_in_delayed)
def record_delay(attempt: Attempt, request: HttpRequest, **kwargs: Any) -> None:
    _record_try(What.SIGN_IN_DELAYED, attempt, request, delay_s=attempt.wait_s)


@receiver(sign_in_released)
def record_release(user: User, by: User | None, request: HttpRequest | None, **kwargs: Any) -> None:
    record(What.SIGN_IN_RELEASED, actor=by, about=user, request=request)


@receiver(password_changed)
def record_password(user: User, by: User | None, request: HttpRequest | None, **kwargs: Any) -> None:
    what = What.PASSWORD_CHANGED if by == user else What.PASSWORD_RESET
    record(what, actor=by, about=user, request=request)


@receiver(sessions_ended)
def record_sessions_ended(user: User, request: HttpRequest, **kwargs: Any) -> None:
    record(What.SESSIONS_ENDED, actor=user, about=user, request=request)


def _record_try(what: What, attempt: Attempt, request: HttpRequest | None, **details: int | None) -> None:
    is_noise = attempt.user_id is None and attempt.is_address_spent
    with transaction.atomic():
        record(what, about=attempt.user_id, school=attempt.school_id, request=request, details=details)
        # A stranger could write the trail full with made-up names. The work is done all the same: whether a name
        # exists must not show in the time that the answer takes.
        transaction.set_rollback(is_noise)
