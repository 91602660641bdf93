"""Setting work: what is set, to whom and until when; more time for one student; results shown and hidden again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from assessment.assignment_models import AssignedExercise, Assignment, Extension
from assessment.work_models import Work
from exercises.models import Exercise
from schools.audit import Detail, record
from schools.audit_events import What
from schools.models import Classroom, Enrolment


@dataclass(frozen=True)
class Pick:
    """An exercise to be set, and for how many points."""

    exercise: Exercise
    points: int


class WorkBegun(Exception):
    """Somebody has begun an exercise that was to be taken out of the assignment."""


def save_assignment(
    assignment: Assignment,
    classrooms: Iterable[Classroom],
    picks: Sequence[Pick],
    *,
    request: HttpRequest,
    changed: list[str],
) -> None:
    """Set the exercises, in this order, to these classes; `changed` names the fields that differ from before.

    An exercise that is new in the assignment comes in its newest version; the others keep theirs. Raises WorkBegun.
    """
    is_new = assignment._state.adding
    with transaction.atomic():
        assignment.save()
        assignment.classrooms.set(classrooms)
        _save_exercises(assignment, picks)
        what = What.ASSIGNMENT_SET if is_new else What.ASSIGNMENT_CHANGED
        fields: dict[str, Detail] = {} if is_new else {"fields": changed}
        _record(what, assignment, request, fields)


def take_newest(assigned: AssignedExercise, *, request: HttpRequest) -> None:
    """Let the newest version of the exercise hold for the assignment. Work and marks stay as they are."""
    assigned.version = assigned.exercise.newest
    with transaction.atomic():
        assigned.save(update_fields=["version"])
        details: dict[str, Detail] = {"fields": ["version"], "exercise": str(assigned.exercise_id)}
        _record(What.ASSIGNMENT_CHANGED, assigned.assignment, request, details)


def archive(assignment: Assignment, *, request: HttpRequest) -> None:
    """Put it out of the way. Students do not find it any more; their work and marks stay."""
    _set_time(assignment, "archived_at", timezone.now(), What.ASSIGNMENT_CHANGED, request)


def unarchive(assignment: Assignment, *, request: HttpRequest) -> None:
    _set_time(assignment, "archived_at", None, What.ASSIGNMENT_CHANGED, request)


def release(assignment: Assignment, *, request: HttpRequest) -> None:
    """Show students their marks, verified results and comments."""
    _set_time(assignment, "released_at", timezone.now(), What.RESULTS_RELEASED, request)


def withdraw(assignment: Assignment, *, request: HttpRequest) -> None:
    """Hide the results again, as they were before the release."""
    _set_time(assignment, "released_at", None, What.RESULTS_WITHDRAWN, request)


def extend(assignment: Assignment, student: User, due_at: datetime, *, request: HttpRequest, by: User) -> Extension:
    """Give the student until then, whatever they had before."""
    with transaction.atomic():
        extension, _ = Extension.objects.update_or_create(
            assignment=assignment,
            student=student,
            defaults={"due_at": due_at, "granted_by": by, "granted_at": timezone.now()},
        )
        _record(What.EXTENSION_GIVEN, assignment, request, {}, about=student)
    return extension


def take_back(extension: Extension, *, request: HttpRequest) -> None:
    """Let the assignment's own dates hold for the student again."""
    with transaction.atomic():
        extension.delete()
        _record(What.EXTENSION_TAKEN_BACK, extension.assignment, request, {}, about=extension.student)


def begun_in(assignment: Assignment, leaving: Iterable[Classroom], staying: Iterable[Classroom]) -> bool:
    """Whether somebody has begun who would lose the assignment, were it set to those that stay alone."""
    students = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, until__isnull=True)
    lost = students.filter(classroom__in=list(leaving)).values("user_id")
    kept = students.filter(classroom__in=list(staying)).values("user_id")
    works = Work.objects.filter(assigned__assignment=assignment, student__in=lost)
    return works.exclude(student__in=kept).exists()


def _save_exercises(assignment: Assignment, picks: Sequence[Pick]) -> None:
    there = {assigned.exercise_id: assigned for assigned in assignment.exercises.all()}
    gone = there.keys() - {pick.exercise.pk for pick in picks}
    try:
        AssignedExercise.objects.filter(pk__in=[there[key].pk for key in gone]).delete()
    except ProtectedError as error:
        raise WorkBegun from error
    for position, pick in enumerate(picks, 1):
        assigned = there.get(pick.exercise.pk)
        if assigned is None:
            exercise, version = pick.exercise, pick.exercise.newest
            assigned = AssignedExercise(assignment=assignment, exercise=exercise, version=version)
        elif (assigned.position, assigned.points) == (position, pick.points):
            continue
        assigned.position, assigned.points = position, pick.points
        assigned.save()


def _set_time(assignment: Assignment, field: str, moment: datetime | None, what: What, request: HttpRequest) -> None:
    """Nothing happens where it is so already."""
    there = getattr(assignment, field)
    if (there is None) == (moment is None):
        return
    setattr(assignment, field, moment)
    with transaction.atomic():
        assignment.save(update_fields=[field])
        _record(what, assignment, request, {"fields": [field]} if what == What.ASSIGNMENT_CHANGED else {})


def _record(
    what: What, assignment: Assignment, request: HttpRequest, details: dict[str, Detail], about: User | None = None
) -> None:
    details = {"assignment": str(assignment.pk), **details}
    record(what, about=about, school=assignment.school_id, request=request, details=details)
