"""What works in this Python: the rows of `compatibility.toml`, each with the program that shows it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

COMPATIBILITY_FILE = Path(__file__).with_name("compatibility.toml")
# What stands in programs for the other server's two folders (see the head of the file).
OPEN_MARK, CLOSED_MARK = "$OPEN", "$CLOSED"


class CompatibilityError(ValueError):
    """The file is not what it must be; the message names the row."""


class Status(StrEnum):
    """What a teacher can count on."""

    WORKS = "works"
    LIMITED = "limited"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Raised:
    """The exception that ends a program: its type, and a piece of its message."""

    type: str
    says: str


@dataclass(frozen=True)
class Probe:
    """A program, what is typed in at its questions, and what must come of it; None and () are not looked at.

    `prints` is the whole standard output without blank space at its ends, `files` are paths in the project.
    """

    program: str
    answers: tuple[str, ...]
    prints: str | None
    raises: Raised | None
    figures: int
    files: tuple[str, ...]

    def program_for(self, open_url: str, closed_url: str) -> str:
        """The program, with the addresses of a server that allows other sites' pages, and of one that does not."""
        return self.program.replace(OPEN_MARK, open_url).replace(CLOSED_MARK, closed_url)


@dataclass(frozen=True)
class Row:
    """One line of the tables. `package` is the normalised name of the distribution it needs, None without one.

    `example` is the public example that shows it, None without one.
    """

    name: str
    status: Status
    note: str
    package: str | None
    example: str | None
    probe: Probe


@dataclass(frozen=True)
class Category:
    """One table; `about` is the sentence above it."""

    id: str
    title: str
    about: str
    rows: tuple[Row, ...]


@cache
def compatibility_tables() -> tuple[Category, ...]:
    """The tables of this version. Raises CompatibilityError; a system check has then said so at the start."""
    return read_compatibility(COMPATIBILITY_FILE.read_text("utf-8"))


def read_compatibility(text: str) -> tuple[Category, ...]:
    """The tables that `text` holds; raises CompatibilityError, naming the row, when it is not as its head says."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CompatibilityError(f"This is not TOML: {error}.") from error
    document = _Table("The file", raw)
    categories = tuple(_read_category(entry) for entry in document.tables("category"))
    document.end()
    _refuse_twins("category", [category.id for category in categories])
    _refuse_twins("row", [row.name for category in categories for row in category.rows])
    return categories


def _read_category(table: _Table) -> Category:
    table.where = f"Category “{table.text('id')}”"
    category = Category(
        id=table.text("id"),
        title=table.text("title"),
        about=table.text("about"),
        rows=tuple(_read_row(entry) for entry in table.tables("row")),
    )
    table.end()
    return category


def _read_row(table: _Table) -> Row:
    table.where = f"Row “{table.text('name')}”"
    try:
        status = Status(table.text("status"))
    except ValueError:
        raise CompatibilityError(f"{table.where}: `status` must be one of {', '.join(Status)}.") from None
    row = Row(
        name=table.text("name"),
        status=status,
        note=table.text("note"),
        package=table.text("package") if "package" in table else None,
        example=table.text("example") if "example" in table else None,
        probe=_read_probe(table),
    )
    table.end()
    return row


def _read_probe(table: _Table) -> Probe:
    probe = Probe(
        program=table.text("program").strip("\n") + "\n",
        answers=table.texts("answers"),
        prints=table.text("prints").strip() if "prints" in table else None,
        raises=_read_raised(table.table("raises")) if "raises" in table else None,
        figures=table.number("figures"),
        files=table.texts("files"),
    )
    if not (probe.prints or probe.raises or probe.figures or probe.files):
        raise CompatibilityError(f"{table.where} expects nothing: it needs `prints`, `raises`, `figures` or `files`.")
    return probe


def _read_raised(table: _Table) -> Raised:
    raised = Raised(type=table.text("type"), says=table.text("says"))
    table.end()
    return raised


def _refuse_twins(kind: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise CompatibilityError(f"There are two of the {kind} “{name}”.")


class _Table:
    """A TOML table whose values are asked for by type; `end` refuses what nobody asked for."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self.where = where
        self._values = values
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        value: str = self._ask(key, "text", lambda found: isinstance(found, str) and found.strip())
        return value

    def number(self, key: str) -> int:
        value: int = self._ask(key, "a whole number", lambda found: type(found) is int and found >= 0, otherwise=0)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        def is_texts(found: Any) -> bool:
            return isinstance(found, list) and all(isinstance(item, str) for item in found)

        return tuple(self._ask(key, "a list of texts", is_texts, otherwise=[]))

    def table(self, key: str) -> _Table:
        return _Table(f"{self.where}, `{key}`", self._ask(key, "a table", lambda found: isinstance(found, dict)))

    def tables(self, key: str) -> Iterator[_Table]:
        def is_tables(found: Any) -> bool:
            return isinstance(found, list) and all(isinstance(item, dict) for item in found)

        entries = self._ask(key, "a list of tables", is_tables)
        return (_Table(f"{self.where}, `{key}` {number}", entry) for number, entry in enumerate(entries, start=1))

    def end(self) -> None:
        unknown = sorted(self._values.keys() - self._asked)
        if unknown:
            raise CompatibilityError(f"{self.where} has an unknown key: {', '.join(unknown)}.")

    def _ask(self, key: str, kind: str, is_right: Callable[[Any], Any], otherwise: Any = None) -> Any:
        self._asked.add(key)
        found = self._values.get(key, otherwise)
        if found is None:
            raise CompatibilityError(f"{self.where} has no `{key}`.")
        if not is_right(found):
            raise CompatibilityError(f"{self.where}: `{key}` must be {kind}.")
        return found
