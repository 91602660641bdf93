"""The class grid: what every student of a class has done of every exercise set to it, read with few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Viewer
from assessment.deadlines import Terms, points_after_lateness, terms_for
from assessment.models import AssignedExercise, Assignment, Extension, Mark, Submission, Work
from schools.classroom_access import students_of
from schools.models import Classroom

# Checks that went no better than an earlier one, before a student counts as stuck.
STUCK_CHECKS = 5
# The newest exercises, where no single assignment is asked for: more is no grid that anybody can look over.
MAX_COLUMNS = 60


class State(TextChoices):
    """How far a student is with an exercise. A mark that was claimed and one that was verified are never the same."""

    NOT_STARTED = "not-started", _("Not started")
    WORKING = "working", _("Working")
    STUCK = "stuck", _("Stuck")
    CLAIMED = "claimed", _("Handed in, claimed")
    VERIFIED = "verified", _("Verified")
    DIFFERS = "differs", _("Differs")
    OVERRIDE = "override", _("Set by teacher")


IS_HANDED_IN = frozenset({State.CLAIMED, State.VERIFIED, State.DIFFERS, State.OVERRIDE})


@dataclass(frozen=True, slots=True)
class Cell:
    """A student's work on an exercise: of what was handed in, the last attempt.

    `points` are what counts, lateness taken off; None where nothing was handed in, or it has no mark yet. `claimed` is
    what the student's browser claimed, where it was verified since. `is_late` is said of work that came late, and of
    work that is due and has not come. `best_percent` is that of the best check so far.
    """

    state: State
    is_late: bool
    points: Decimal | None = None
    out_of: Decimal = Decimal(0)
    claimed: Decimal | None = None
    attempt: int = 0
    received_at: datetime | None = None
    submission_id: UUID | None = None
    project_id: UUID | None = None
    best_percent: int = 0
    check_count: int = 0

    @property
    def is_handed_in(self) -> bool:
        return self.state in IS_HANDED_IN


@dataclass(frozen=True)
class Row:
    """A student, with a cell for each column."""

    student: User
    cells: list[Cell]

    @cached_property
    def total(self) -> Decimal | None:
        """The points of all that has a mark; None where nothing has."""
        points = [cell.points for cell in self.cells if cell.points is not None]
        return sum(points, Decimal(0)) if points else None


@dataclass(frozen=True)
class Grid:
    """`columns` are the exercises, those of an assignment side by side. Time alone changes it at `next_change_at`."""

    columns: list[AssignedExercise]
    rows: list[Row]
    next_change_at: datetime | None


def columns_of(
    classroom: Classroom, viewer: Viewer, assignment: Assignment | None = None, *, with_archived: bool = False
) -> list[AssignedExercise]:
    """The exercises set to the class, the newest assignment first: of all that have opened, or of this assignment."""
    rows = AssignedExercise.objects.visible_to(viewer).filter(assignment__classrooms=classroom)
    if assignment is not None:
        rows = rows.filter(assignment=assignment)
    else:
        rows = rows.filter(assignment__opens_at__lte=timezone.now())
        rows = rows if with_archived else rows.filter(assignment__archived_at__isnull=True)
    ordered = rows.order_by("-assignment__opens_at", "-assignment_id", "position", "id")
    return list(ordered.select_related("assignment", "exercise"))


def grid_of(
    classroom: Classroom, viewer: Viewer, columns: list[AssignedExercise], students: QuerySet[User] | None = None
) -> Grid:
    """The grid of these columns, for all students of the class or for these; the same few queries for any size."""
    found = students_of(classroom, viewer) if students is None else students
    reading = _Reading(list(found), columns, timezone.now())
    return Grid(columns, [reading.row(student) for student in reading.students], reading.next_change_at())


class _Reading:
    """All that is known of these students and exercises, by student and exercise."""

    def __init__(self, students: list[User], columns: list[AssignedExercise], now: datetime) -> None:
        self.students, self.columns, self.now = students, columns, now
        who, what = [student.pk for student in students], [column.pk for column in columns]
        assignments = {column.assignment_id: column.assignment for column in columns}
        works = Work.objects.filter(assigned__in=what, student__in=who)
        fields = ("student_id", "assigned_id", "project_id", "best_percent", "checks_since_better", "check_count")
        self.works = _keyed(works.order_by().values_list(*fields))
        of_them = Q(work__assigned__in=what, student__in=who)
        newest = Submission.objects.newest().filter(of_them).order_by()
        of_mark = ("mark__source", "mark__points", "mark__out_of")
        self.submissions = _keyed(
            newest.values_list("student_id", "work__assigned_id", "pk", "attempt", "received_at", *of_mark)
        )
        claims = Mark.objects.filter(
            source=Mark.Source.CLAIMED,
            submission__mark__source=Mark.Source.VERIFIED,
            submission__work__assigned__in=what,
            submission__student__in=who,
        )
        self.claims = {
            submission_id: (points, out_of)
            for submission_id, points, out_of in claims.order_by("created_at", "id").values_list(
                "submission_id", "points", "out_of"
            )
        }
        self.terms = {key: terms_for(assignment) for key, assignment in assignments.items()}
        self.own_terms = {
            (extension.student_id, extension.assignment_id): terms_for(assignments[extension.assignment_id], extension)
            for extension in Extension.objects.filter(assignment__in=assignments, student__in=who)
        }

    def row(self, student: User) -> Row:
        return Row(student, [self._cell(student.pk, column) for column in self.columns])

    def next_change_at(self) -> datetime | None:
        moments = [
            terms.due_at + terms.grace for terms in (*self.terms.values(), *self.own_terms.values()) if terms.due_at
        ]
        return min((moment for moment in moments if moment >= self.now), default=None)

    def _cell(self, student_id: UUID, column: AssignedExercise) -> Cell:
        terms = self.own_terms.get((student_id, column.assignment_id)) or self.terms[column.assignment_id]
        submission = self.submissions.get((student_id, column.pk))
        work = self.works.get((student_id, column.pk))
        if submission is not None:
            return self._handed_in(submission, work, terms, column)
        is_late = terms.is_late(self.now)
        if work is None:
            return Cell(State.NOT_STARTED, is_late)
        project_id, best_percent, checks_since_better, check_count = work
        state = State.STUCK if checks_since_better >= STUCK_CHECKS else State.WORKING
        return Cell(state, is_late, project_id=project_id, best_percent=best_percent, check_count=check_count)

    def _handed_in(
        self, submission: tuple[Any, ...], work: tuple[Any, ...] | None, terms: Terms, column: AssignedExercise
    ) -> Cell:
        pk, attempt, received_at, source, points, out_of = submission
        is_late = terms.is_late(received_at)
        state, claimed = State.CLAIMED, None
        if source == Mark.Source.OVERRIDE:
            state = State.OVERRIDE
        elif source == Mark.Source.VERIFIED:
            claimed, claimed_of = self.claims.get(pk, (None, None))
            # As shares: an exercise may have come to be worth something else in between.
            differs = claimed is not None and claimed * out_of != points * claimed_of
            state = State.DIFFERS if differs else State.VERIFIED
        if source is not None and is_late:
            mark = Mark(source=source, points=points, out_of=out_of)
            points = points_after_lateness(mark, column.assignment, is_late)
        return Cell(
            state,
            is_late,
            points,
            out_of if out_of is not None else Decimal(column.points),
            claimed,
            attempt,
            received_at,
            pk,
            work[0] if work else None,
            work[1] if work else 0,
            work[3] if work else 0,
        )


def _keyed(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[UUID, UUID], tuple[Any, ...]]:
    return {(row[0], row[1]): row[2:] for row in rows}
