"""What a kind of database must be able to do to be backed up and restored: `postgres` and `sqlite` do it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Protocol

from codeplatform.backup.tables import Tables

Migrations = dict[str, list[str]]  # names of those applied, by app


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database: what its tables hold, and the stream that it can be made of again."""

    tables: Tables
    migrations: Migrations
    stream: IO[bytes]


class Engine(Protocol):
    """The site's database. All raise Refused for what an operator can put right."""

    name: str

    def version(self) -> str:
        """Of the server or library."""

    def size(self) -> int:
        """Bytes on the disk, more or less."""

    def taking(self) -> AbstractContextManager[Snapshot]:
        """A snapshot, while others go on writing."""

    def tables(self) -> Tables:
        """What is in the tables now."""

    def replacing(self) -> AbstractContextManager[Callable[[bytes], object]]:
        """Where the pieces of a stream go: all that is in the database is replaced when the block ends well.

        Nothing is changed when it does not.
        """


def by_app(rows: list[tuple[str, str]]) -> Migrations:
    found: Migrations = {}
    for app, name in sorted(rows):
        found.setdefault(app, []).append(name)
    return found
