"""Reports of errors to a server that speaks Sentry's protocol: off unless SENTRY_DSN names one.

A report says what failed where in our code, and the number of the request, by which the rest is found in the log of
this host. Nothing about people leaves it: no values of variables, no message of the error (there may be a name in it),
no request, no account.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest

from codeplatform.insight.notes import current, route_of
from codeplatform.outages import is_outage

_KEPT = ("event_id", "timestamp", "platform", "level", "tags", "release")
_KEPT_OF_FRAME = ("filename", "function", "module", "lineno", "in_app")


def begin(dsn: str) -> None:
    """Report from now on, to the address with its key that such a server gives out."""
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        release="codeplatform",
        # What it would notice by itself: headers, users, queries, log lines, names of hosts.
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=_without_people,  # type: ignore[arg-type]
        shutdown_timeout=2,
    )
    got_request_exception.connect(_report)


def end() -> None:
    """Report no more."""
    import sentry_sdk

    got_request_exception.disconnect(_report)
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def _report(request: HttpRequest | None = None, **kwargs: Any) -> None:
    import sentry_sdk

    error = sys.exc_info()[1]
    # A database that is away fails every request, and is seen by /readyz.
    if error is None or is_outage(error):
        return
    note = current()
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("request", note.number if note else "")
        scope.set_tag("route", route_of(request) if request else "")
        scope.capture_exception(error)


def _without_people(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    kept = {key: event[key] for key in _KEPT if key in event}
    errors = event.get("exception", {}).get("values", [])
    kept["exception"] = {"values": [_what_and_where(error) for error in errors]}
    return kept


def _what_and_where(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames", [])
    kept = [{key: frame[key] for key in _KEPT_OF_FRAME if key in frame} for frame in frames]
    return {"type": error.get("type"), "module": error.get("module"), "stacktrace": {"frames": kept}}
