"""Figures for Prometheus: what is counted, and where. `gunicorn_hooks.py` shows them, on an address of this host alone.

No figure is about a person: labels are names of routes, statuses and outcomes.
"""

from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest
from prometheus_client import Counter, Histogram

from accounts.axes_handler import attempt_of
from accounts.signals import sign_in_delayed
from codeplatform.insight.notes import Note, route_of
from codeplatform.outages import is_outage

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Whoever makes a method up makes no new line of figures.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SAVES = {"projects:project-save", "assessment:work-save"}
_RESULTS = {
    "assessment:work-check": "check",
    "assessment:work-hand-in": "hand-in",
    "assessment:marking-results": "re-mark",
}

REQUESTS = Counter("codeplatform_requests", "Requests that were answered", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "codeplatform_request_seconds", "Time until the answer was ready", ["route"], buckets=_SECONDS
)
QUERIES = Counter("codeplatform_queries", "Statements run for requests", ["route"])
DATABASE_SECONDS = Histogram(
    "codeplatform_database_seconds", "Time that the database took for all statements of a request", buckets=_SECONDS
)
SAVES = Counter("codeplatform_saves", "Saves, by what became of them", ["outcome"])
RESULTS = Counter("codeplatform_results", "Results of tests, by what became of them", ["kind", "outcome"])
SIGN_INS = Counter("codeplatform_sign_ins", "Tries to sign in; braked: refused by the brake on guessing", ["outcome"])
DELAYS = Counter("codeplatform_sign_in_delays", "Wrong passwords after which there is a wait")
ERRORS = Counter("codeplatform_errors", "Errors that nothing caught; outage: the database was away", ["kind"])


def count_request(request: HttpRequest, status: int, note: Note) -> None:
    """Count a request that was answered."""
    route = route_of(request)
    REQUESTS.labels(route, request.method if request.method in _METHODS else "other", status).inc()
    REQUEST_SECONDS.labels(route).observe(note.duration_s())
    if note.queries:
        QUERIES.labels(route).inc(note.queries)
        DATABASE_SECONDS.observe(note.database_s)
    if request.method == "POST" and route in _SAVES:
        SAVES.labels(_outcome(status)).inc()
    elif request.method == "POST" and route in _RESULTS:
        RESULTS.labels(_RESULTS[route], _outcome(status)).inc()


def _outcome(status: int) -> str:
    if status == 409:
        return "conflict"
    return {2: "kept", 3: "signed-out", 4: "refused", 5: "failed"}.get(status // 100, "failed")


@receiver(user_logged_in)
def _count_sign_in(**kwargs: Any) -> None:
    SIGN_INS.labels("succeeded").inc()


@receiver(user_login_failed)
def _count_failure(request: HttpRequest | None = None, **kwargs: Any) -> None:
    attempt = attempt_of(request)
    SIGN_INS.labels("braked" if attempt is not None and attempt.is_refused else "failed").inc()


@receiver(sign_in_delayed)
def _count_delay(**kwargs: Any) -> None:
    DELAYS.inc()


@receiver(got_request_exception)
def _count_error(**kwargs: Any) -> None:
    ERRORS.labels("outage" if is_outage(sys.exc_info()[1]) else "fault").inc()
