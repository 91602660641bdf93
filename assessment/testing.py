"""Assignments and hand-ins for tests, made as quickly as the database takes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessment.marks import add_mark, points_of
from assessment.models import AssignedExercise, Assignment, Mark, Result, Submission, SubmissionFile, Work
from exercises.models import Exercise
from projects.models import Project
from projects.saving import Change, create_project
from schools.models import Classroom

POINTS = 10


def set_work(
    classroom: Classroom, *exercises: Exercise, author: User | None = None, points: int = POINTS, **values: Any
) -> Assignment:
    """An open assignment without a due time, set to the class; `values` are columns of it."""
    values = {"title": "Homework", **values}
    assignment = Assignment.objects.create(school_id=classroom.school_id, author=author, **values)
    assignment.classrooms.add(classroom)
    AssignedExercise.objects.bulk_create(
        AssignedExercise(
            assignment=assignment, exercise=exercise, version=exercise.newest, position=position, points=points
        )
        for position, exercise in enumerate(exercises, 1)
    )
    return assignment


def start_work(student: User, assigned: AssignedExercise, text: str = "print(1)\n") -> Work:
    """The student's work on an exercise of an assignment, begun with this `main.py` unless they are at it already."""
    found = Work.objects.filter(student=student, assigned=assigned).first()
    if found is not None:
        return found
    project = create_project(student, assigned.exercise.title, starter=[Change("main.py", text.encode())])
    Project.objects.filter(pk=project.pk).update(is_exercise=True)
    return Work.objects.create(student=student, exercise=assigned.exercise, assigned=assigned, project=project)


def hand_in_for(
    student: User,
    assigned: AssignedExercise,
    *,
    text: str = "print(1)\n",
    share: Decimal | int = 1,
    received_at: datetime | None = None,
) -> Submission:
    """What the student hands in once more: `main.py`, and for each test that shows the claim that it went so well."""
    work = start_work(student, assigned, text)
    attempt = work.submissions.count() + 1
    submission = Submission.objects.create(
        work=work,
        student=student,
        version=assigned.version,
        attempt=attempt,
        revision=1,
        code_hash="0" * 64,
        key=f"key-{attempt:05}",
        received_at=received_at or timezone.now(),
    )
    SubmissionFile.objects.create(submission=submission, path="main.py", content=text.encode())
    tests = list(assigned.version.tests.for_students())
    outcome = Result.Outcome.PASSED if share == 1 else Result.Outcome.FAILED
    Result.objects.bulk_create(Result(submission=submission, test=test, outcome=outcome, share=share) for test in tests)
    points = points_of([(test.points, Decimal(share)) for test in tests], assigned.points)
    add_mark(submission, Mark.Source.CLAIMED, points, assigned.points)
    return submission
