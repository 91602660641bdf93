"""How often something may be done from one network in an hour, kept without its address."""

from __future__ import annotations

import math
import time

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from accounts.addresses import network_of
from accounts.models import AddressBudget

HOUR_MS = 3_600_000


def spend(kind: str, address: str | None, *, an_hour: int) -> int:
    """Take one of the network's allowance for this kind of thing; 0, or the seconds until there is one again.

    An hour's worth can be had at once, then as many an hour. Those who ask at the same time get no more than that.
    """
    one_ms = HOUR_MS // an_hour
    budget = AddressBudget.objects.filter(key=_key(kind, address))
    now_ms = time.time_ns() // 1_000_000
    AddressBudget.objects.bulk_create(
        [AddressBudget(key=_key(kind, address), drained_at_ms=now_ms)], ignore_conflicts=True
    )
    has_some_left = budget.filter(drained_at_ms__lte=now_ms + HOUR_MS - one_ms)
    if has_some_left.update(drained_at_ms=Greatest(F("drained_at_ms"), now_ms) + one_ms):
        return 0
    drained_at_ms = budget.values_list("drained_at_ms", flat=True).first() or now_ms
    return max(1, math.ceil((drained_at_ms + one_ms - HOUR_MS - now_ms) / 1000))


def _key(kind: str, address: str | None) -> str:
    return salted_hmac(f"accounts.allowance.{kind}", network_of(address), algorithm="sha256").hexdigest()
