"""In which order the students of a class grid stand, and which of them are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.grid import Grid, Row, State
from assessment.grid_cells import SIGNS

LATE = "late"


@dataclass(frozen=True)
class Choice:
    """A link that sorts or filters; a filter is a line of the legend, with how many cells are like that."""

    name: str
    title: str
    address: str
    is_chosen: bool
    sign: str = ""
    count: int = 0


def by_name(row: Row) -> tuple[str, str]:
    """As people look for them, the same on every database."""
    return (str(row.student).casefold(), row.student.username)


_SORTS: dict[str, tuple[str | Promise, Callable[[Row], Any]]] = {
    "name": (gettext_lazy("Name"), lambda row: ()),
    "total": (gettext_lazy("Points"), lambda row: -row.total if row.total is not None else Decimal("Infinity")),
    "seen": (
        gettext_lazy("Last seen"),
        lambda row: -row.student.last_seen_at.timestamp() if row.student.last_seen_at else 0.0,
    ),
    "stuck": (gettext_lazy("Stuck first"), lambda row: -sum(cell.state == State.STUCK for cell in row.cells)),
}


class Arrangement:
    """The rows of a grid as somebody wants them: `rows` sorted, each with whether it is shown.

    Sorts by name where `sort` is none of the known ones. `show` is a state or `late`, and then only the students
    who have such a cell are shown; anything else shows all.
    """

    def __init__(self, grid: Grid, assignment_id: str, sort: str, show: str) -> None:
        self.sort = sort if sort in _SORTS else "name"
        self.show = show if show in {*State.values, LATE} else ""
        self._assignment_id = assignment_id
        ordered = sorted(sorted(grid.rows, key=by_name), key=_SORTS[self.sort][1])
        self.rows = [(row, self._is_shown(row)) for row in ordered]
        self.shown_count = sum(is_shown for _, is_shown in self.rows)
        self._counts = Counter(cell.state.value for row in grid.rows for cell in row.cells)
        self._counts[LATE] = sum(cell.is_late for row in grid.rows for cell in row.cells)

    @property
    def sorts(self) -> list[Choice]:
        return [
            Choice(name, str(title), self._address(sort=name), name == self.sort)
            for name, (title, _key) in _SORTS.items()
        ]

    @property
    def filters(self) -> list[Choice]:
        legend = [(state.value, str(state.label), SIGNS[state]) for state in State] + [(LATE, _("Late"), LATE)]
        return [Choice("", _("Everybody"), self._address(show=""), not self.show)] + [
            Choice(name, title, self._address(show=name), name == self.show, sign, self._counts[name])
            for name, title, sign in legend
        ]

    def _is_shown(self, row: Row) -> bool:
        if self.show == LATE:
            return any(cell.is_late for cell in row.cells)
        return not self.show or any(cell.state == self.show for cell in row.cells)

    def _address(self, **changes: str) -> str:
        parameters = {"assignment": self._assignment_id, "sort": self.sort, "show": self.show, **changes}
        parameters = {name: value for name, value in parameters.items() if value and (name, value) != ("sort", "name")}
        return "?" + urlencode(parameters)
