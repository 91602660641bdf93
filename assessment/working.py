"""Working on an exercise: what somebody works on, and the work that is begun once and kept (decision 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from assessment.assignment_models import AssignedExercise, Assignment
from assessment.work_models import Work
from exercises.models import Exercise, ExerciseFile, ExerciseVersion
from projects.limits import MAX_REVISION
from projects.models import Project
from projects.saving import Change, State, StateFile, change_from_bytes, create_project

_PROJECTS_OF_WORK = UUID("4b1c2f0e-5d0a-5c8e-9a53-0f6a3a0b7c15")
# A check that is sent twice in a breath is one.
_CHECK_PAUSE = timedelta(milliseconds=500)


@dataclass(frozen=True)
class Task:
    """What somebody works on: an exercise of an assignment, or, without `assigned`, an exercise for themselves."""

    exercise: Exercise
    assigned: AssignedExercise | None
    version: ExerciseVersion

    @property
    def pk(self) -> UUID:
        """What its addresses have: unlike a position in an assignment it never comes to mean another exercise."""
        return self.assigned.pk if self.assigned else self.exercise.pk


def practice(person: User, exercise_id: UUID) -> Task | None:
    """The exercise that the person sees in the library, or has begun when they did: then as it was at that time."""
    if seen := Exercise.objects.visible_to(person).select_related("current").filter(pk=exercise_id).first():
        return Task(seen, None, seen.newest)
    work = Work.objects.owned_by(person).filter(exercise=exercise_id, assigned__isnull=True).first()
    if work is None:
        return None
    exercise = Exercise.objects.select_related("current").get(pk=exercise_id)
    then = exercise.versions.filter(created_at__lte=work.started_at).first() or exercise.newest
    return Task(exercise, None, then)


def assigned_to(person: User, **where: object) -> Task | None:
    """The exercise of an assignment that the person sees, or has begun while they did; by `pk`, or by its place."""
    begun = Work.objects.owned_by(person).filter(assigned__isnull=False)
    seen = Q(assignment__in=Assignment.objects.visible_to(person)) | Q(pk__in=begun.values("assigned"))
    rows = AssignedExercise.objects.filter(seen, **where).select_related("assignment", "exercise", "version")
    assigned = rows.first()
    return Task(assigned.exercise, assigned, assigned.version) if assigned else None


def task_of(person: User, task_id: UUID, number: int) -> Task | None:
    """The task with the version of its exercise that a page was made with, which may be an earlier one by now."""
    task = assigned_to(person, pk=task_id) or practice(person, task_id)
    if task is None or number == task.version.number:
        return task
    if not 1 <= number <= min(task.version.number, MAX_REVISION):
        return None
    version = task.exercise.versions.filter(number=number).first()
    return Task(task.exercise, task.assigned, version) if version else None


def work_on(person: User, task: Task) -> Work | None:
    """The person's work, where it is begun."""
    works = Work.objects.select_related("project", "assigned")
    if task.assigned is None:
        return works.filter(student=person, assigned__isnull=True, exercise=task.exercise).first()
    return works.filter(student=person, assigned=task.assigned).first()


def start_work(person: User, task: Task) -> Work:
    """The person's work on it, begun now with the starter's files unless it was before; of two at once one begins."""
    if begun := work_on(person, task):
        return begun
    try:
        with transaction.atomic():
            project = create_project(
                person,
                task.exercise.title,
                starter=_starter(task.version),
                id=project_id_for(person, task),
                is_exercise=True,
            )
            return Work.objects.create(student=person, exercise=task.exercise, assigned=task.assigned, project=project)
    except IntegrityError:
        begun = work_on(person, task)
        if begun is None:
            raise
        return begun


def project_id_for(person: User, task: Task) -> UUID:
    """The id that the project of the work has or will have: what is typed is kept under it before there is any work."""
    return uuid5(_PROJECTS_OF_WORK, f"{person.pk} {task.pk}")


def project_to_be(person: User, task: Task) -> tuple[Project, State]:
    """What `start_work` would make, unsaved."""
    project = Project(id=project_id_for(person, task), owner=person, name=task.exercise.title, is_exercise=True)
    files = tuple(StateFile(file.path, file.content or b"", file.is_text) for file in _starter(task.version))
    return project, State(1 if files else 0, task.version.created_at, files)


def note_hint(work: Work, number: int) -> None:
    """This hint was asked for, counted from 1."""
    Work.objects.filter(pk=work.pk).update(hint_count=Greatest(F("hint_count"), Value(number)))


def note_check(work: Work, percent: int) -> None:
    """The visible tests were run, as the person's browser says, and gave so much of their points (0 to 100)."""
    now = timezone.now()
    is_better = When(Q(best_percent__lt=percent) | Q(best_percent=100), then=0)
    apart = Q(checked_at__isnull=True) | Q(checked_at__lt=now - _CHECK_PAUSE)
    Work.objects.filter(apart, pk=work.pk).update(
        check_count=F("check_count") + 1,
        checks_since_better=Case(is_better, default=F("checks_since_better") + 1),
        best_percent=Greatest(F("best_percent"), Value(percent)),
        checked_at=now,
    )


def _starter(version: ExerciseVersion) -> list[Change]:
    files = version.files.filter(part=ExerciseFile.Part.STARTER)
    return [change_from_bytes(file.path, bytes(file.content)) for file in files]
