"""SQLite: its own online copying, into memory, so that nothing readable is left on a disk on the way.

A copy is made in one step within a reader's transaction, which keeps nobody from writing
(https://www.sqlite.org/backup.html). It takes about three times the size of the database in memory for a moment.
"""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import IO

from django.db import connection

from codeplatform.backup.refusal import Refused
from codeplatform.backup.snapshots import Snapshot, by_app
from codeplatform.backup.tables import Tables, of_sqlite

_QUICK = 4  # of gzip's levels: nearly as small as the best, in a third of the time


class Sqlite:
    name = "sqlite"

    def version(self) -> str:
        return sqlite3.sqlite_version

    def size(self) -> int:
        with closing(_opened()) as live:
            return _pragma(live, "page_count") * _pragma(live, "page_size")

    @contextmanager
    def taking(self) -> Iterator[Snapshot]:
        with closing(_copied()) as copy:
            applied = [
                (app.decode(), name.decode()) for app, name in copy.execute("SELECT app, name FROM django_migrations")
            ]
            yield Snapshot(of_sqlite(copy), by_app(applied), _packed(copy.serialize()))

    def tables(self) -> Tables:
        with closing(_copied()) as copy:
            return of_sqlite(copy)

    @contextmanager
    def replacing(self) -> Iterator[Callable[[bytes], object]]:
        packed = io.BytesIO()
        yield packed.write
        packed.seek(0)
        with closing(_memory()) as copy:
            try:
                copy.deserialize(gzip.GzipFile(fileobj=packed).read())
                found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            except (OSError, EOFError, sqlite3.Error) as error:
                raise Refused(f"The backup holds no SQLite database that can be read: {error}.") from error
            if found != b"ok":
                raise Refused(f"The database in the backup is damaged: {found.decode(errors='replace')}.")
            connection.close()
            try:
                with closing(_opened()) as live:
                    copy.backup(live)
            except sqlite3.Error as error:
                raise Refused(f"The database cannot be written: {error}. Stop the site first.") from error


def _opened() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=20)


def _memory() -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:")
    memory.text_factory = bytes
    return memory


def _copied() -> sqlite3.Connection:
    copy = _memory()
    with closing(_opened()) as live:
        live.backup(copy)
    return copy


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _packed(content: bytes) -> IO[bytes]:
    # What is in memory cannot be in WAL mode (https://www.sqlite.org/c3ref/deserialize.html); the site sets it anew.
    content = content[:18] + b"\x01\x01" + content[20:]
    return io.BytesIO(gzip.compress(content, _QUICK, mtime=0))
