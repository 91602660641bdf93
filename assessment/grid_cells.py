"""The cells of the class grid as they are seen and heard: a sign and a number, a sentence, where they lead."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from assessment.grid import Cell, State
from assessment.numbers import plain

SIGNS = {
    State.NOT_STARTED: "·",
    State.WORKING: "…",
    State.STUCK: "!",
    State.CLAIMED: "○",
    State.VERIFIED: "✓",
    State.DIFFERS: "≠",
    State.OVERRIDE: "✎",
}
_ANY = UUID(int=0)


class ShownCell(NamedTuple):
    state: str
    sign: str
    text: str
    label: str
    url: str
    is_late: bool


class CellWriter:
    """Shows cells. A large grid has thousands, so what is the same for all is done once."""

    def __init__(self) -> None:
        self._words = _Words()
        self._markup: dict[ShownCell, list[str]] = {}
        self._submission = _pattern("assessment:submission-detail")
        self._project = _pattern("projects:project-detail")

    def markup(self, cell: Cell) -> SafeString:
        """`assessment/_cell.html` of the cell, rendered once for all that differ in their address only."""
        shown, key = self.show(cell), str(cell.submission_id or cell.project_id or "")
        alike = shown._replace(url=shown.url.replace(key, str(_ANY)) if key else "")
        if alike not in self._markup:
            self._markup[alike] = render_to_string("assessment/_cell.html", {"cell": alike}).split(str(_ANY))
        return mark_safe(key.join(self._markup[alike]))  # nosec B308 B703 # noqa: S308 - rendered above, and the key is a UUID

    def show(self, cell: Cell) -> ShownCell:
        if cell.submission_id:
            url = str(cell.submission_id).join(self._submission)
        else:
            url = str(cell.project_id).join(self._project) if cell.project_id else ""
        return ShownCell(cell.state.value, SIGNS[cell.state], _text(cell), self._words.of(cell), url, cell.is_late)


def _pattern(name: str) -> list[str]:
    return reverse(name, args=[_ANY]).split(str(_ANY))


def _text(cell: Cell) -> str:
    if cell.is_handed_in:
        return plain(cell.points) if cell.points is not None else ""
    return f"{cell.best_percent}%" if cell.check_count else ""


class _Words:
    """The sentences of cells, looked up once for a whole grid."""

    def __init__(self) -> None:
        self.states = {state: str(state.label) for state in State}
        # What a sentence begins with, where it is not the state's own name
        self.states |= {State.CLAIMED: gettext("Handed in"), State.DIFFERS: gettext("Verified")}
        self.points = gettext("%(points)s of %(out_of)s")
        self.points_claimed = gettext("%(points)s of %(out_of)s claimed")
        self.no_mark = gettext("no mark yet")
        self.checks = gettext("%(percent)s%% in the best of %(count)s checks")
        self.differs = gettext("differs from %(points)s claimed")
        self.late = gettext("late")
        self.attempt = gettext("attempt %(number)s")

    def of(self, cell: Cell) -> str:
        parts = [self.states[cell.state]]
        if cell.points is not None:
            points = self.points_claimed if cell.state == State.CLAIMED else self.points
            parts.append(points % {"points": plain(cell.points), "out_of": plain(cell.out_of)})
        elif cell.is_handed_in:
            parts.append(self.no_mark)
        elif cell.check_count:
            parts.append(self.checks % {"percent": cell.best_percent, "count": cell.check_count})
        if cell.state == State.DIFFERS and cell.claimed is not None:
            parts.append(self.differs % {"points": plain(cell.claimed)})
        if cell.is_late:
            parts.append(self.late)
        if cell.attempt > 1:
            parts.append(self.attempt % {"number": cell.attempt})
        return ", ".join(parts)
