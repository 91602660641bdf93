"""The log: a line of JSON for each thing that happened, or in development a line to read.

A line tells no more about a person than the id of their account. Addresses on the network, query strings, headers and
bodies are never in it, nor what PostgreSQL tells of the rows that an error is about. Whatever a stranger puts into a
line stays in it: line breaks and what steers a terminal are escaped.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from django.http import HttpRequest

from codeplatform.insight.notes import NO_ROUTE, Note, current, person_of, route_of
from codeplatform.outages import is_connection_lost

_requests = logging.getLogger("codeplatform.requests")
MOST_MESSAGE = 2_000
MOST_TRACEBACK = 20_000
MOST_PATH = 200
# Everything that ends a line or steers a terminal, C1 codes and Unicode's own line ends and direction marks too.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# "DETAIL: Key (username)=(ada) already exists." (https://www.postgresql.org/docs/current/error-message-reporting.html)
_ROWS_TOLD = re.compile(r"^(DETAIL|CONTEXT|HINT|WHERE|LINE \d+):.*(\n[ \t]+\^?.*)*", re.MULTILINE)


def log_request(request: HttpRequest, status: int, note: Note) -> None:
    """One line about a request that was answered."""
    route, person = route_of(request), person_of(request)
    facts: dict[str, object] = {
        "method": request.method,
        "route": route,
        "path": request.path[:MOST_PATH],
        "status": status,
        "duration_ms": round(note.duration_s() * 1000, 1),
        "queries": note.queries,
        "database_ms": round(note.database_s * 1000, 1),
        "user": str(person.pk) if person else None,
        "school": str(person.school_id) if person and person.school_id else None,
    }
    level = logging.WARNING if status >= 500 else logging.INFO
    # What has no route is not known to hold nothing but keys.
    shown = facts["path"] if route == NO_ROUTE else route
    _requests.log(level, "%s %s %s", request.method, shown, status, extra={"facts": facts})


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON, in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        note = current()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request": note.number if note else None,
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = traceback_of(record)
        return json.dumps({key: value for key, value in line.items() if value is not None})


class TextFormatter(logging.Formatter):
    """The same to be read by a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        extra = f" ({facts['duration_ms']} ms, {facts['queries']} queries)" if facts else ""
        time = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        lines = [f"{time} {record.levelname.lower()} {_one_line(_message(record))}{extra}"]
        if record.exc_info:
            lines.append(_escaped(traceback_of(record)))
        return "\n".join(lines)


def traceback_of(record: logging.LogRecord) -> str:
    """The traceback without any values; of a database that is away only what it said, however many ask in vain."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return ""
    if is_connection_lost(error):
        text = f"{type(error).__name__}: {error}"
    else:
        text = logging.Formatter().formatException((type(error), error, error.__traceback__))
    return _ROWS_TOLD.sub(r"\1: left out", text)[-MOST_TRACEBACK:]


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()[:MOST_MESSAGE]
    except (TypeError, ValueError):
        # A log line with wrong arguments is a slip of a programmer, no reason to lose it.
        return str(record.msg)[:MOST_MESSAGE]


def _one_line(text: str) -> str:
    return _escaped(text).replace("\n", "\\n").replace("\t", "\\t")


def _escaped(text: str) -> str:
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)
