"""Which accounts a browser has signed in to before: a signed cookie, so that strangers' guesses do not hold it up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User

SALT = "accounts.devices"
COOKIE_AGE_S = 400 * 24 * 60 * 60  # the longest that browsers keep one (RFC 6265bis, section 5.5)
MAX_ACCOUNTS = 60  # of a shared device, the latest; some 1.3 kB of cookie


@dataclass(frozen=True)
class Device:
    """A browser: a random id, and keyed hashes of the accounts that have signed in there, the latest first."""

    id: str = ""
    tags: tuple[str, ...] = ()

    def knows(self, user_id: UUID | None) -> bool:
        return user_id is not None and bool(self.id) and _tag(self.id, user_id) in self.tags


def device_of(request: HttpRequest) -> Device:
    """The device that the request's cookie names; an empty one where there is none, or one that is not ours."""
    try:
        content: Any = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT)
    except signing.BadSignature:
        return Device()
    return Device(content["device"], tuple(content["accounts"]))


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser know that the person has signed in here."""
    device = device_of(request)
    device_id = device.id or secrets.token_urlsafe(12)
    tag = _tag(device_id, user.pk)
    accounts = [tag, *(other for other in device.tags if other != tag)][:MAX_ACCOUNTS]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"device": device_id, "accounts": accounts}, salt=SALT),
        max_age=COOKIE_AGE_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def _tag(device_id: str, user_id: UUID) -> str:
    return salted_hmac(SALT, f"{device_id}:{user_id}", algorithm="sha256").hexdigest()[:16]
