from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponse])


class SignedInRequest(HttpRequest):
    """What a view gets that has not opted out of sign-in."""

    user: User


def json_answer(body: Mapping[str, object], status: int = 200) -> JsonResponse:
    """What a script of ours is answered; nothing keeps it."""
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def temporary_password_is_enough(view: View) -> View:
    """Opens the view to people who first have to choose a password; every other one leads them to do so."""
    view.temporary_password_is_enough = True  # type: ignore[attr-defined]
    return view
