"""What is noted about a request while it is answered: the same for the log, the metrics and reports of errors."""

from __future__ import annotations

import time
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import HttpRequest

NO_ROUTE = "none"


@dataclass
class Note:
    """`database_s`: how long the database took for `queries` statements."""

    number: str
    began_s: float = field(default_factory=time.perf_counter)
    queries: int = 0
    database_s: float = 0.0

    def duration_s(self) -> float:
        return time.perf_counter() - self.began_s


_now: ContextVar[Note | None] = ContextVar("request", default=None)


def current() -> Note | None:
    """The note of the request that is being answered; None in a command."""
    return _now.get()


def begin(number: str) -> tuple[Note, Token[Note | None]]:
    note = Note(number)
    return note, _now.set(note)


def end(token: Token[Note | None]) -> None:
    _now.reset(token)


def route_of(request: HttpRequest) -> str:
    """The name of what answered, as in `urls.py`; `none` for a file or a wrong address."""
    match = request.resolver_match
    return (match.view_name if match else "") or NO_ROUTE


def person_of(request: HttpRequest) -> Any:
    """Whoever is signed in, if anything asked; no query is made for it, which might be what failed."""
    person = getattr(request, "_cached_user", None)
    return person if person is not None and person.is_authenticated else None


@receiver(connection_created)
def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    note = _now.get()
    if note is None:
        return execute(sql, params, many, context)
    began_s = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        note.queries += 1
        note.database_s += time.perf_counter() - began_s
