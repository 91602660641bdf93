"""The brake on guessing passwords (decision 8).

Wrong passwords in a row are counted for each account: those from all devices that do not know the account together,
those from each device that does (accounts.devices) by themselves. So a stranger cannot keep a person from signing in
where they did before. Names that belong to nobody are counted alike. Each wrong password postpones the next try:

| wrong in a row | next try after | so many last |
|---|---|---|
| 1 to 5 | at once | |
| 6, 7, 8, 9 | 5, 10, 20, 40 s | 1 min |
| 10 to 59 | 1 min | 50 min |
| 60 to 79 | 15 min | 5 h |
| 80 to 99 | 1 h | 20 h |
| 100 | a teacher's release, or a new password | for ever |

A network address has a budget of wrong passwords from devices that do not know the account: an hour's worth at once,
then as many an hour. While it is used up, accounts that have a wrong password already wait until it is not, at most
an hour since their last try. Right passwords of accounts that nobody attacked, and known devices, are never held up.

A try is counted before its password is looked at and taken back when that is right: tries at the same time gain
nothing.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import network_of
from accounts.devices import Device
from accounts.models import AddressBudget, SignInCounter, User
from accounts.names import normalise
from accounts.signals import sign_in_released

FREE_TRIES = 5
# NIST SP 800-63B-4, section 3.2.2: no more than 100 failures in a row
MOST_FAILURES = 100
# From so many wrong passwords on, so many seconds
DELAYS_S = ((80, 3600), (60, 900), (10, 60), (9, 40), (8, 20), (7, 10), (6, 5))
HOUR_S = 3600
MOST_MADE_UP_NAMES = 20_000
TIDY_ONE_IN = 64
_FAR = timedelta(days=36_500)


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: refused, or looked at.

    `wait_s`: seconds until the next try, if this one is refused or turns out wrong; None: not before a release.
    """

    is_refused: bool
    wait_s: int | None
    counter_key: str
    user_id: UUID | None
    school_id: UUID | None
    address_key: str
    is_address_spent: bool


def admit(name: str, *, device: Device, address: str | None) -> Attempt:
    """Count a try for the login name and say whether its password may be looked at.

    What is admitted must be followed by `record_success`, or by `record_failure`.
    """
    found = User.objects.filter(username=normalise(name)).values_list("pk", "school_id").first()
    user_id, school_id = found or (None, None)
    is_known_device = device.knows(user_id)
    key = _counter_key(user_id, name, device.id if is_known_device else "")
    address_key = "" if is_known_device else _address_key(address)
    overdrawn_s = _overdrawn_s(address_key) if address_key else 0
    about = (key, user_id, school_id, address_key, overdrawn_s > 0)
    while True:
        now = timezone.now()
        counter, is_new = SignInCounter.objects.get_or_create(
            key=key, defaults={"user_id": user_id, "failure_count": 1, "failed_at": now, "free_at": now}
        )
        if is_new:
            _tidy_now_and_then()
            return Attempt(False, 0, *about)
        held_s = _held_s(counter, overdrawn_s, now)
        if counter.failure_count >= MOST_FAILURES:
            return Attempt(True, None, *about)
        if held_s or counter.free_at > now:
            wait_s = max(held_s, math.ceil((counter.free_at - now).total_seconds()))
            return Attempt(True, wait_s, *about)
        delay_s = _delay_s(counter.failure_count + 1)
        free_at = now + (_FAR if delay_s is None else timedelta(seconds=delay_s))
        # Only who finds the counter as it was read has this try; whoever comes second reads it anew.
        is_ours = SignInCounter.objects.filter(
            pk=counter.pk, failure_count=counter.failure_count, free_at=counter.free_at
        ).update(failure_count=counter.failure_count + 1, failed_at=now, free_at=free_at, held_until=None)
        if is_ours:
            return Attempt(False, delay_s, *about)


def record_success(attempt: Attempt) -> None:
    SignInCounter.objects.filter(key=attempt.counter_key).delete()


def record_failure(attempt: Attempt) -> None:
    """The account was charged by `admit`; this charges the address."""
    if not attempt.address_key:
        return
    now_ms = time.time_ns() // 1_000_000
    one_failure_ms = HOUR_S * 1000 // settings.SIGN_IN_FAILURES_PER_ADDRESS
    budget = AddressBudget.objects.filter(key=attempt.address_key)
    charged = {"drained_at_ms": Greatest(F("drained_at_ms"), now_ms) + one_failure_ms}
    if not budget.update(**charged):
        AddressBudget.objects.bulk_create(
            [AddressBudget(key=attempt.address_key, drained_at_ms=now_ms)], ignore_conflicts=True
        )
        budget.update(**charged)


def release(user: User, *, by: User | None = None, request: HttpRequest | None = None) -> bool:
    """Let the person try again at once, on every device; whether anything held them up."""
    deleted, _ = SignInCounter.objects.filter(user=user).delete()
    if deleted:
        sign_in_released.send(User, user=user, by=by, request=request)
    return bool(deleted)


def is_delayed(user: User) -> bool:
    """Whether the person has to wait, or soon will, to sign in on a device where they have not been before."""
    return user.pk in delayed_ids([user])


def delayed_ids(users: Iterable[User]) -> set[UUID]:
    """Those of the people of whom `is_delayed` holds, in one query."""
    held = Q(failure_count__gt=FREE_TRIES) | Q(held_until__gt=timezone.now())
    keys = [_counter_key(user.pk, "", "") for user in users]
    found = SignInCounter.objects.filter(held, key__in=keys).values_list("user_id", flat=True)
    return {user_id for user_id in found if user_id is not None}


def _delay_s(failure_count: int) -> int | None:
    if failure_count >= MOST_FAILURES:
        return None
    return next((delay_s for least, delay_s in DELAYS_S if failure_count >= least), 0)


def _held_s(counter: SignInCounter, overdrawn_s: int, now: datetime) -> int:
    """Seconds that the address holds the account up, and a note of it for those who may release it."""
    since_failure_s = (now - counter.failed_at).total_seconds()
    held_s = max(0, min(overdrawn_s, math.ceil(HOUR_S - since_failure_s)))
    if held_s:
        SignInCounter.objects.filter(pk=counter.pk).update(held_until=now + timedelta(seconds=held_s))
    return held_s


def _overdrawn_s(address_key: str) -> int:
    drained_at_ms = AddressBudget.objects.filter(key=address_key).values_list("drained_at_ms", flat=True).first() or 0
    return max(0, math.ceil((drained_at_ms - time.time_ns() // 1_000_000) / 1000) - HOUR_S)


def _counter_key(user_id: UUID | None, name: str, device_id: str) -> str:
    if user_id is None:
        return _hash("name", normalise(name))
    return f"{user_id.hex}:{device_id}"


def _address_key(address: str | None) -> str:
    return _hash("address", network_of(address))


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"accounts.brake.{kind}", value, algorithm="sha256").hexdigest()


def _tidy_now_and_then() -> None:
    """Keep what strangers can fill in bounds. At random, so that no answer tells by its time which names exist."""
    if secrets.randbelow(TIDY_ONE_IN):
        return
    AddressBudget.objects.filter(drained_at_ms__lt=time.time_ns() // 1_000_000).delete()
    made_up = SignInCounter.objects.filter(user__isnull=True).order_by("-pk")
    oldest_kept = made_up.values_list("pk", flat=True)[MOST_MADE_UP_NAMES : MOST_MADE_UP_NAMES + 1].first()
    if oldest_kept is not None:
        SignInCounter.objects.filter(user__isnull=True, pk__lte=oldest_kept).delete()
