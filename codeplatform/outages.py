"""A database that is away: which errors mean that, and how long a page waits before it says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import InterfaceError, OperationalError

# A page must answer within 10 s, come what may: one statement that waits for another's lock, or that takes too long.
LOCK_WAIT_MS = 5_000
STATEMENT_MS = 8_000
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the connection was refused, lost or ended by the
# server. Without a code there was no server to give one.
_NO_SERVER = ("08", "53300", "57P")


def is_outage(error: BaseException | None) -> bool:
    """Whether the error came of a database that could not do now what it may do in a moment."""
    return any(isinstance(found, OperationalError | InterfaceError) for found in _causes(error))


def is_connection_lost(error: BaseException | None) -> bool:
    """Whether there was no talking to the database at all, so that no line of ours is to blame."""
    for found in _causes(error):
        if isinstance(found, OperationalError | InterfaceError):
            code = getattr(found.__cause__, "sqlstate", None)
            return code is None or code.startswith(_NO_SERVER)
    return False


def bound_statements(database: dict[str, Any]) -> None:
    """Have PostgreSQL end what a page cannot wait for; `database` is an entry of DATABASES, not yet connected to.

    Called by servers of pages alone: commands (`migrate`, `purge`, `backup`) may take as long as they need.
    """
    if database["ENGINE"] == "django.db.backends.postgresql":
        options = database.setdefault("OPTIONS", {})
        bounds = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_WAIT_MS}"
        # What the address of the database says comes last, and wins.
        options["options"] = f"{bounds} {options.get('options', '')}".strip()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
