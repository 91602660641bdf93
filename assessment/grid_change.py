"""Whether a class grid has changed since it was drawn, in one query: what an open grid asks every few seconds."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Count, Max, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from accounts.models import Viewer
from assessment.models import AssignedExercise, Assignment, Extension, Mark, Submission, Work
from schools.models import Classroom, Enrolment


def change_number(classroom_id: UUID, viewer: Viewer) -> str | None:
    """Short text that is another one when work, hand-ins, marks, extensions, students or what is set have changed.

    None where the viewer does not look after the class. Renamed things and moved due times show when the page is
    opened again.
    """
    now = timezone.now()
    found = (
        Classroom.objects.editable_by(viewer)
        .filter(pk=classroom_id)
        .values_list(
            _each(Enrolment.objects.filter(until__isnull=True), "classroom", Count("pk")),
            _each(Assignment.objects.in_use().filter(opens_at__lte=now), "classrooms", Count("pk")),
            _each(AssignedExercise.objects.all(), "assignment__classrooms", Count("pk")),
            _each(AssignedExercise.objects.all(), "assignment__classrooms", Sum("points")),
            _each(Extension.objects.all(), "assignment__classrooms", Count("pk")),
            _each(Extension.objects.all(), "assignment__classrooms", Max("due_at")),
            _each(Extension.objects.all(), "assignment__classrooms", Max("granted_at")),
            _each(Work.objects.all(), "assigned__assignment__classrooms", Count("pk")),
            _each(Work.objects.all(), "assigned__assignment__classrooms", Sum("check_count")),
            _each(Submission.objects.all(), "work__assigned__assignment__classrooms", Count("pk")),
            _each(Mark.objects.all(), "submission__work__assigned__assignment__classrooms", Count("pk")),
        )
        .first()
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16] if found else None


def tagged(number: str | None, next_change_at: datetime | None) -> str:
    """The number as the page sends it back, with the second in which time alone changes the grid."""
    return f"{number}-{int(next_change_at.timestamp()) if next_change_at else ''}"


def is_unchanged(since: str, classroom_id: UUID, viewer: Viewer) -> bool:
    """Whether nothing has changed since the grid that was drawn with this tag."""
    number, _, second = since.partition("-")
    if second.isascii() and second.isdigit() and len(second) <= 12 and timezone.now().timestamp() > int(second):
        return False
    return bool(number) and number == change_number(classroom_id, viewer)


def _each(rows: QuerySet[Any], classroom: str, figure: Aggregate) -> Subquery:
    """The figure over the rows of one class, whose path is `classroom`."""
    of_class = rows.filter(**{classroom: OuterRef("pk")}).order_by().values(classroom)
    return Subquery(of_class.annotate(figure=figure).values("figure"))
