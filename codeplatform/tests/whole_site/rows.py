"""What stands in the database, and what a request made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils import timezone

# Notes of who asked for what; the brake counts tries that are refused, too.
NOTES = {
    "admin.LogEntry",
    "accounts.AddressBudget",
    "accounts.SignInCounter",
    "contenttypes.ContentType",
    "schools.AuditEvent",
    "schools.JoinTry",
    "sessions.Session",
}
SEEN = {"last_login", "last_seen_at"}
MADE_UP = {"password", "seed", "code", "idempotency_key"}
MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in NOTES]
QUERIES = [
    f"SELECT {', '.join(field.column for field in model._meta.concrete_fields if field.column not in SEEN)} "  # noqa: S608
    f"FROM {model._meta.db_table} ORDER BY {model._meta.pk.column}"
    for model in MODELS
]

_NOTE_TABLES = {apps.get_model(label)._meta.db_table for label in NOTES}
_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
_SEEN_AGAIN = re.compile(rf'UPDATE "\w+" SET "({"|".join(SEEN)})" = [^,]+ WHERE ')  # noqa: S608
_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")

Rows = dict[tuple[str, object], dict[str, Any]]


def snapshot() -> Rows:
    """Every row of every table but the notes, by model and key."""
    return {
        (model._meta.label, row[model._meta.pk.attname]): {name: row[name] for name in row if name not in SEEN}
        for model in MODELS
        for row in model._default_manager.values()
    }


def contents() -> list[list[tuple[Any, ...]]]:
    """The same as the database has it: enough, and quicker, to tell whether anything changed."""
    found = []
    with connection.cursor() as cursor:
        for query in QUERIES:
            cursor.execute(query)
            found.append(cursor.fetchall())
    return found


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements run meanwhile that may have changed what `snapshot` and `contents` show."""
    found: list[str] = []

    def notice(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written = _WRITE.match(sql)
        changes = written[1] not in _NOTE_TABLES if written else not sql.startswith(_READS)
        if changes and not _SEEN_AGAIN.match(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(notice):
        yield found


def difference(before: Rows, after: Rows) -> list[str]:
    """What changed, as lines in which what is new each time (keys, times, pass-phrases) has no value of its own."""
    known = {row for _, row in before}
    lines = [f"{label} lost {key}" for label, key in before.keys() - after.keys()]
    for (label, key), row in after.items():
        was = before.get((label, key), {})
        who = key if was else "new"
        changed = {c: v for c, v in row.items() if c not in was or was[c] != v}
        # A number that is new here may be that of a row of another table.
        lines += [f"{label} {who} {c}: {'new' if c == 'id' else _shown(c, v, known)}" for c, v in changed.items()]
    return sorted(lines)


def _shown(column: str, value: object, known: set[object]) -> str:
    if column in MADE_UP and value:
        return "made up"
    if isinstance(value, UUID) and value not in known:
        return "new"
    if isinstance(value, datetime):
        return f"in {round((value - timezone.now()).total_seconds() / 600) * 10} minutes"
    return repr(bytes(value) if isinstance(value, memoryview) else value)
