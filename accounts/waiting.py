from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.brake import Attempt


def ask_to_wait(request: HttpRequest, template: str, context: Mapping[str, object], refused: Attempt) -> HttpResponse:
    """The page again, with `refused` in its context: how long to wait, and who can help at once."""
    response = render(request, template, {**context, "refused": refused}, status=429)
    if refused.wait_s is not None:
        response.headers["Retry-After"] = str(refused.wait_s)
    return response
