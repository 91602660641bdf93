"""From one student's submission to the next one's, in the order in which the class's page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from accounts.roles import Role
from assessment.models import Submission
from schools.classroom_access import students_of
from schools.models import Classroom


@dataclass(frozen=True)
class Neighbour:
    """What another student handed in last for the same exercise."""

    pk: UUID
    student: str


@dataclass(frozen=True)
class ClassOrder:
    """The place of a student among those of the class who handed the exercise in, from 1."""

    classroom: Classroom
    place: int
    count: int
    previous: Neighbour | None
    next: Neighbour | None


def class_order(submission: Submission, viewer: User) -> ClassOrder | None:
    """Where the student stands in the class; None where they are in no class of the viewer's any more. Two queries."""
    work = submission.work
    classrooms = Classroom.objects.editable_by(viewer).filter(
        enrolments__user=submission.student_id, enrolments__role=Role.STUDENT, enrolments__until__isnull=True
    )
    if work.assigned is not None:
        classrooms = classrooms.filter(assignments=work.assigned.assignment_id)
    classroom = classrooms.order_by("name", "pk").first()
    if classroom is None:
        return None
    same = Submission.objects.markable_by(viewer).newest().filter(student__in=students_of(classroom, viewer))
    rows = same.filter(work__exercise=work.exercise_id, work__assigned=work.assigned_id)
    rows = rows.select_related("student").order_by("student__display_name", "student__username")
    people = [(row.student_id, Neighbour(row.pk, str(row.student))) for row in rows]
    at = next((at for at, (student_id, _) in enumerate(people) if student_id == submission.student_id), None)
    if at is None:
        return None
    before = people[at - 1][1] if at else None
    after = people[at + 1][1] if at + 1 < len(people) else None
    return ClassOrder(classroom, at + 1, len(people), before, after)
