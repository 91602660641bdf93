"""What a table holds, as two numbers that are the same wherever the same rows are."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

_BITS = 64
# What a row looks like as text depends on these.
_POSTGRES_TEXT = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL bytea_output = 'hex';
    SET LOCAL extra_float_digits = 1
"""
# Each row as text, hashed, and the hashes added up, which is the same in any order
_POSTGRES_SUM = """
    SELECT count(*), coalesce(sum(('x' || left(encode(hash, 'hex'), 16))::bit(64)::bigint), 0)
    FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS hash FROM {table} t) hashes
"""


@dataclass(frozen=True)
class Table:
    """How many rows, and the sum of their hashes, in hexadecimal."""

    rows: int
    checksum: str


Tables = dict[str, Table]


def of_postgres(cursor: CursorWrapper) -> Tables:
    """All tables of the site's schema, within the transaction that the cursor is in."""
    cursor.execute(_POSTGRES_TEXT)
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    found: Tables = {}
    for (name,) in cursor.fetchall():
        cursor.execute(_POSTGRES_SUM.format(table=cursor.db.ops.quote_name(name)))
        rows, total = cursor.fetchone()
        found[name] = _table(rows, int(total))
    return found


def of_sqlite(database: sqlite3.Connection) -> Tables:
    """All tables of a database that nobody writes to meanwhile, and that gives text as the bytes it is."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    found = [name.decode() for (name,) in database.execute(names)]
    return {name: _of_sqlite_table(database, name) for name in found}


def _of_sqlite_table(database: sqlite3.Connection, name: str) -> Table:
    rows = total = 0
    quoted = name.replace('"', '""')
    for row in database.execute(f'SELECT * FROM "{quoted}"'):  # nosec B608 # noqa: S608 - a name out of the catalogue, quoted
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8])
    return _table(rows, total)


def _table(rows: int, total: int) -> Table:
    return Table(rows, f"{total % (1 << _BITS):016x}")


def differences(expected: Tables, found: Tables) -> list[str]:
    """A sentence for each table that is not as expected."""
    return [
        f"{name}: {_told(expected.get(name))} in the backup, {_told(found.get(name))} now"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]


def _told(table: Table | None) -> str:
    return "no such table" if table is None else f"{table.rows} rows ({table.checksum})"
