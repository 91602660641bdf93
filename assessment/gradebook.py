"""The gradebook: what the marks of a class come to, for each assignment and over all of them.

A blank is work that was not handed in, or has no mark yet. It counts for nothing, and as nothing: percentages are of
what has a mark. A mark of 0 counts as 0. How much was handed in stands beside the totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby

from django.db.models import QuerySet

from accounts.models import User, Viewer
from assessment.grid import Cell, Row, columns_of, grid_of
from assessment.grid_order import by_name
from assessment.models import AssignedExercise, Assignment
from assessment.numbers import percent
from schools.models import Classroom

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Score:
    """What a student has of an assignment: of the exercises that have a mark, `points` of `out_of`."""

    points: Decimal
    out_of: Decimal
    handed_in_count: int
    exercise_count: int

    @property
    def percent(self) -> Decimal | None:
        """None where nothing has a mark."""
        return percent(self.points, self.out_of) if self.out_of else None


@dataclass(frozen=True)
class Line:
    """A student: `parts` are the cells of each assignment, `scores` what they come to."""

    student: User
    parts: list[list[Cell]]
    scores: list[Score]
    overall: Decimal | None

    @property
    def cells(self) -> list[Cell]:
        return [cell for part in self.parts for cell in part]

    @property
    def handed_in_count(self) -> int:
        return sum(score.handed_in_count for score in self.scores)

    @property
    def exercise_count(self) -> int:
        return sum(score.exercise_count for score in self.scores)


@dataclass(frozen=True)
class Gradebook:
    """`groups`: each assignment with its exercises, the oldest first. Lines are by name."""

    groups: list[tuple[Assignment, list[AssignedExercise]]]
    lines: list[Line]

    @cached_property
    def assignments(self) -> list[Assignment]:
        return [assignment for assignment, _ in self.groups]

    @cached_property
    def columns(self) -> list[AssignedExercise]:
        return [column for _, columns in self.groups for column in columns]


def score_of(cells: Sequence[Cell]) -> Score:
    marked = [(cell.points, cell.out_of) for cell in cells if cell.points is not None]
    return Score(
        sum((points for points, _ in marked), Decimal(0)),
        sum((out_of for _, out_of in marked), Decimal(0)),
        sum(cell.is_handed_in for cell in cells),
        len(cells),
    )


def overall(scores: Iterable[tuple[Score, int]]) -> Decimal | None:
    """The mean percentage, each assignment with its weight; None where nothing that weighs anything has a mark."""
    weighed = [(score.points * 100 / score.out_of, weight) for score, weight in scores if score.out_of and weight]
    if not weighed:
        return None
    whole = sum(weight for _, weight in weighed)
    return (sum((value * weight for value, weight in weighed), Decimal(0)) / whole).quantize(_TENTH, ROUND_HALF_UP)


def gradebook_of(
    classroom: Classroom,
    viewer: Viewer,
    assignment: Assignment | None = None,
    students: QuerySet[User] | None = None,
    *,
    only_released: bool = False,
) -> Gradebook:
    """That of the class, archived assignments too, or of one assignment; for these students alone where given."""
    columns = columns_of(classroom, viewer, assignment, with_archived=True)
    if only_released:
        columns = [column for column in columns if column.assignment.shows_results_now]
    groups = [(key, list(members)) for key, members in groupby(columns, key=lambda column: column.assignment)][::-1]
    ordered = [column for _, members in groups for column in members]
    rows = grid_of(classroom, viewer, ordered, students).rows
    sizes = [len(members) for _, members in groups]
    weights = [key.weight for key, _ in groups]
    return Gradebook(groups, [_line(row, sizes, weights) for row in sorted(rows, key=by_name)])


def _line(row: Row, sizes: list[int], weights: list[int]) -> Line:
    rest = iter(row.cells)
    parts = [[next(rest) for _ in range(size)] for size in sizes]
    scores = [score_of(part) for part in parts]
    return Line(row.student, parts, scores, overall(zip(scores, weights, strict=True)))
