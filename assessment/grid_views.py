"""The class grid, and what an open one asks for."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import Viewer
from assessment.distribution import spread_of
from assessment.grid import MAX_COLUMNS, Grid, columns_of, grid_of
from assessment.grid_cells import CellWriter
from assessment.grid_change import change_number, is_unchanged, tagged
from assessment.grid_order import Arrangement
from assessment.models import AssignedExercise, Assignment
from schools.classroom_access import own_classroom
from schools.models import Classroom


@require_safe
def grid(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """Students and exercises. With `since`, from a grid that is open: the table alone, or 204 where it is as it was."""
    since = request.GET.get("since")
    if since and is_unchanged(since, classroom_id, request.user):
        return HttpResponse(status=204)
    classroom = own_classroom(request, classroom_id, change=False)
    assignments = assignments_of(classroom, request.user)
    chosen = chosen_assignment(request, assignments)
    number = change_number(classroom.pk, request.user)  # before the rows are read: what changes meanwhile shows next
    columns = columns_of(classroom, request.user, chosen)
    shown = columns if chosen else _newest(columns)
    read = grid_of(classroom, request.user, shown)
    context = {
        "classroom": classroom,
        "assignments": assignments,
        "chosen": chosen,
        "is_cut": len(shown) < len(columns),
        "change": tagged(number, read.next_change_at),
        **_table(read, Arrangement(read, str(chosen.pk) if chosen else "", *_wishes(request))),
    }
    with timezone.override(classroom.school.time_zone):
        return render(request, "assessment/grid.html" if since is None else "assessment/_grid.html", context)


def assignments_of(classroom: Classroom, viewer: Viewer) -> list[Assignment]:
    """What is set to the class, the newest first."""
    return list(Assignment.objects.visible_to(viewer).filter(classrooms=classroom))


def chosen_assignment(request: SignedInRequest, assignments: list[Assignment]) -> Assignment | None:
    """The one whose id the address gives; None where it gives none. Raises Http404 where it is not set to the class."""
    wanted = request.GET.get("assignment", "")
    if not wanted:
        return None
    for assignment in assignments:
        if str(assignment.pk) == wanted:
            return assignment
    raise Http404("No such assignment is set to this class.")


def _wishes(request: SignedInRequest) -> tuple[str, str]:
    return request.GET.get("sort", ""), request.GET.get("show", "")


def _newest(columns: list[AssignedExercise]) -> list[AssignedExercise]:
    """As many as a grid has, and no assignment in part."""
    if len(columns) <= MAX_COLUMNS:
        return columns
    first_left_out = columns[MAX_COLUMNS].assignment_id
    return [column for column in columns[:MAX_COLUMNS] if column.assignment_id != first_left_out]


def _table(read: Grid, arrangement: Arrangement) -> dict[str, Any]:
    markup = CellWriter().markup
    by_column = zip(*(row.cells for row in read.rows), strict=True)
    return {
        "columns": read.columns,
        "groups": [
            (assignment, len(list(members)))
            for assignment, members in groupby(read.columns, key=lambda column: column.assignment)
        ],
        "arrangement": arrangement,
        "rows": [(row, is_shown, [markup(cell) for cell in row.cells]) for row, is_shown in arrangement.rows],
        "spreads": [spread_of(cells) for cells in by_column],
    }
