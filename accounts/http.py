from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponse])


class SignedInRequest(HttpRequest):
    """What a view gets that has not opted out of sign-in."""

    user: User


def temporary_password_is_enough(view: View) -> View:
    """Opens the view to people who first have to choose a password; every other one leads them to do so."""
    view.temporary_password_is_enough = True  # type: ignore[attr-defined]
    return view
