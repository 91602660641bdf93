"""The compatibility tables as a page shows them: the rows, with what the running system says about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frontend.compatibility import CLOSED_MARK, OPEN_MARK, Category, Row, Status
from frontend.runtime.current import Runtime

MISSING = "missing"
MAX_QUERY = 200
# An address in the programs shown: readers have no use for our own marks.
EXAMPLE_ADDRESS = "https://data.example"


@dataclass(frozen=True)
class StatusMeaning:
    """A status in words: its name, the sign beside it, what it means for a lesson."""

    id: str
    name: str | Promise
    sign: str
    meaning: str | Promise


MEANINGS = {
    meaning.id: meaning
    for meaning in (
        StatusMeaning(Status.WORKS, _("Works"), "✓", _("Plan with it as with an installed Python.")),
        StatusMeaning(
            Status.LIMITED,
            _("Limited"),
            "◐",
            _("Part of it works. Read the note, and try your program here before the lesson."),
        ),
        StatusMeaning(
            Status.UNAVAILABLE,
            _("Not available"),
            "✕",
            _("It cannot work in a browser. Use what the note names, or an installed Python."),
        ),
        StatusMeaning(
            MISSING,
            _("Not in this build"),
            "–",
            _("This server could not get it when its Python was put together. Ask whoever runs the server."),
        ),
    )
}


@dataclass(frozen=True)
class ShownRow:
    """A row with its status on this server, its package's version and what to import; `reason` says why it is missing.

    `imports` is empty where the name of the row says it, `example` where no example shows it. `is_found` by what is
    searched for.
    """

    name: str
    note: str
    status: StatusMeaning
    version: str
    imports: str
    reason: str
    example: str
    program: str
    is_found: bool = True


@dataclass(frozen=True)
class ShownCategory:
    id: str
    title: str
    about: str
    rows: tuple[ShownRow, ...]
    has_versions: bool

    @property
    def found_count(self) -> int:
        return sum(row.is_found for row in self.rows)


def shown_categories(categories: Iterable[Category], runtime: Runtime | None, query: str = "") -> list[ShownCategory]:
    """The tables for the runtime that is served now; without one no version is shown and nothing is missing.

    With a query those rows are found that hold each of its words, in themselves or in the title of their table; the
    page's script does the same while somebody types.
    """
    words = query[:MAX_QUERY].lower().split()
    shown = []
    for category in categories:
        rows = tuple(_found(_show(row, runtime), category.title, words) for row in category.rows)
        has_versions = any(row.version for row in rows)
        shown.append(ShownCategory(category.id, category.title, category.about, rows, has_versions))
    return shown


def count_by_status(categories: Iterable[ShownCategory]) -> list[tuple[StatusMeaning, int]]:
    """Each status that some row has, with the number of these rows."""
    counts = Counter(row.status.id for category in categories for row in category.rows)
    return [(meaning, counts[meaning.id]) for meaning in MEANINGS.values() if counts[meaning.id]]


def _found(row: ShownRow, title: str, words: list[str]) -> ShownRow:
    text = " ".join([title, row.name, row.imports, str(row.status.name), row.version, row.note, row.reason]).lower()
    return replace(row, is_found=all(word in text for word in words))


def _show(row: Row, runtime: Runtime | None) -> ShownRow:
    package = runtime.packages.get(row.package) if runtime and row.package else None
    reason = ""
    if runtime and row.package and package is None:
        reason = runtime.missing.get(row.package) or gettext("whoever built it left it out.")
    return ShownRow(
        name=row.name,
        note=row.note,
        status=MEANINGS[MISSING if reason else row.status],
        version=package.version if package else "",
        imports=_imports(row, package.imports) if package else "",
        reason=reason,
        example="" if reason else row.example or "",
        program=row.probe.program.replace(OPEN_MARK, EXAMPLE_ADDRESS).replace(CLOSED_MARK, EXAMPLE_ADDRESS),
    )


def _imports(row: Row, names: tuple[str, ...]) -> str:
    return "" if row.name in names else ", ".join(names)
