"""The brake as django-axes asks for it: its backend and signals call it, its own tables stay empty."""

from __future__ import annotations

from typing import Any

from axes.handlers.base import AxesHandler
from django.http import HttpRequest

from accounts import brake
from accounts.devices import device_of
from accounts.models import User
from accounts.signals import sign_in_delayed


class SignInBrake(AxesHandler):  # type: ignore[misc]
    """Refuses a try that comes too early; leaves the `Attempt` at `request.sign_in_attempt`."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        name = str((credentials or {}).get("username") or "")
        attempt = brake.admit(name, device=device_of(request), address=request.axes_ip_address)  # type: ignore[attr-defined]
        request.sign_in_attempt = attempt  # type: ignore[attr-defined]
        return not attempt.is_refused

    def user_login_failed(
        self, sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        attempt = attempt_of(request)
        if attempt is None or attempt.is_refused:
            return
        brake.record_failure(attempt)
        if attempt.wait_s != 0:
            sign_in_delayed.send(User, attempt=attempt, request=request)

    def user_logged_in(self, sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
        attempt = attempt_of(request)
        if attempt is not None:
            brake.record_success(attempt)


def attempt_of(request: HttpRequest | None) -> brake.Attempt | None:
    """The try that the request made, if it made one."""
    return getattr(request, "sign_in_attempt", None)
