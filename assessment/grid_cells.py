"""The cells of the class grid as they are seen and heard: a sign and a number, a sentence, where they lead."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

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
# Of what a sentence begins with, where it is not the state's own name.
_WORDS = {State.CLAIMED: "Handed in", State.DIFFERS: "Verified"}
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
        self._submission = _pattern("assessment:submission-detail")
        self._project = _pattern("projects:project-detail")

    def show(self, cell: Cell) -> ShownCell:
        if cell.submission_id:
            url = str(cell.submission_id).join(self._submission)
        else:
            url = str(cell.project_id).join(self._project) if cell.project_id else ""
        return ShownCell(cell.state.value, SIGNS[cell.state], _text(cell), _label(cell), url, cell.is_late)


def _pattern(name: str) -> list[str]:
    return reverse(name, args=[_ANY]).split(str(_ANY))


def _text(cell: Cell) -> str:
    if cell.is_handed_in:
        return plain(cell.points) if cell.points is not None else ""
    return f"{cell.best_percent}%" if cell.check_count else ""


def _label(cell: Cell) -> str:
    parts = [_WORDS.get(cell.state, cell.state.label)]
    if cell.points is not None:
        claim = " claimed" if cell.state == State.CLAIMED else ""
        parts.append(f"{plain(cell.points)} of {plain(cell.out_of)}{claim}")
    elif cell.is_handed_in:
        parts.append("no mark yet")
    elif cell.check_count:
        parts.append(f"{cell.best_percent}% in the best of {cell.check_count} checks")
    if cell.state == State.DIFFERS and cell.claimed is not None:
        parts.append(f"differs from {plain(cell.claimed)} claimed")
    if cell.is_late:
        parts.append("late")
    if cell.attempt > 1:
        parts.append(f"attempt {cell.attempt}")
    return ", ".join(parts)
