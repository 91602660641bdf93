"""What people and scripts are answered when something goes wrong (the error handlers of `urls.py`).

Each page says what to do, and the number of the request, by which a technician finds it in the log.
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.http import json_answer
from codeplatform.outages import is_outage

# Soon enough for a server that was restarted; the browser's own waits spread the tries of a class (saving/post.js).
RETRY_AFTER_S = 5


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it says so, or sends JSON itself."""
    accepts = request.get_preferred_type(["text/html", "application/json"])
    return accepts == "application/json" or request.content_type == "application/json"


def refuse(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """The sentence, as JSON to a script and as a page to a person."""
    if wants_json(request):
        return json_answer({"error": sentence}, status=status)
    return _page(request, "403.html" if status == 403 else "400.html", status, sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return json_answer({"error": _("The request could not be read.")}, status=400)
    return _page(request, "400.html", 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    if wants_json(request):
        return json_answer({"error": reason or _("Your account is not allowed to do this.")}, status=403)
    return _page(request, "403.html", 403, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return json_answer({"error": _("There is nothing here.")}, status=404)
    return _page(request, "404.html", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django shows when the CSRF token is missing or stale (settings.CSRF_FAILURE_VIEW)."""
    return refuse(request, _("This page was open for too long. Load it again, then repeat what you did."))


def failed(request: HttpRequest) -> HttpResponse:
    """503 with the time to come back when the database is away, else 500: whatever raised the error, middleware too."""
    is_away = is_outage(sys.exc_info()[1])
    status = 503 if is_away else 500
    sentence = (
        _("The site is out of breath for a moment. Your work is kept: try again in a few seconds.")
        if is_away
        else _("Something went wrong on our side. The fault was recorded.")
    )
    if wants_json(request):
        response: HttpResponse = json_answer({"error": sentence, "request": number_of(request)}, status=status)
    else:
        response = _page(request, f"{status}.html", status)
    if is_away:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def number_of(request: HttpRequest) -> str:
    """The number that the request has in the log."""
    return str(getattr(request, "number", ""))


def _page(request: HttpRequest, template: str, status: int, sentence: str = "") -> HttpResponse:
    # No request in the context: what a template could ask of it may be what failed.
    # What is hidden looks to the letter like what does not exist, so the page on both has no number.
    context = {"sentence": sentence, "number": "" if status == 404 else number_of(request)}
    try:
        page = str(loader.render_to_string(template, context))
    except Exception:
        if settings.DEBUG:
            raise
        page = _plain_page(status, number_of(request))
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def _plain_page(status: int, number: str) -> str:
    """For when not even a template can be had: static files were not collected, the disk is away."""
    title = _("Something went wrong on our side") if status >= 500 else _("This did not work")
    advice = _("Your work is kept: go back and try again in a minute.")
    return (
        f"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{status} {escape(title)}</title><h1>{escape(title)}</h1><p>{escape(advice)}</p><p>{escape(number)}</p>"
    )
