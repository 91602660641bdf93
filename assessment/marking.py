"""Re-marking: which submissions a run has, handing them out to browsers, taking in what these saw, and publishing it.

The server runs nothing. A teacher's browser asks for the next submissions (`take`), runs all tests, and sends how they
went (`record_results`), for each submission once, whatever computer is first; so closing the page loses nothing, and
another computer goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.models import User, Viewer
from assessment.marks import add_mark, points_of
from assessment.models import AssignedExercise, Assignment, Mark, MarkingItem, MarkingRun, Result, Submission
from assessment.outcomes import TestOutcome
from exercises.models import ExerciseVersion, TestCase
from schools.classroom_access import students_of
from schools.models import Classroom

# A browser that is at a submission has gone silent when it has not answered for so long; another may take it.
LEASE = timedelta(minutes=5)
MAX_TAKEN = 8


class StillRunning(Exception):
    """There are submissions that no browser has answered for; nothing was published."""


class AlreadyPublished(Exception):
    """What the run found counts already, and stays."""


@dataclass(frozen=True)
class Scope:
    """What a run is to mark: of one assignment or of all of the class, and with which versions of the exercises.

    `only_unverified` leaves out what a teacher's browser has seen already. `newest` takes the exercises as they are
    now; otherwise they are as they were set.
    """

    assignment: Assignment | None = None
    only_unverified: bool = False
    newest: bool = False


def submissions_in(classroom: Classroom, viewer: Viewer, scope: Scope) -> QuerySet[Submission]:
    """The submissions that count, of the students now in the class, for what is set to it."""
    set_work = Assignment.objects.visible_to(viewer).in_use().filter(classrooms=classroom)
    if scope.assignment is not None:
        set_work = set_work.filter(pk=scope.assignment.pk)
    # Lists of keys, not one query within the other: PostgreSQL may take minutes to work out those.
    assigned = list(AssignedExercise.objects.filter(assignment__in=list(set_work)).values_list("pk", flat=True))
    found = Submission.objects.newest().filter(student__in=_students(classroom, viewer), work__assigned__in=assigned)
    if scope.only_unverified:
        found = found.filter(Q(mark__isnull=True) | Q(mark__source=Mark.Source.CLAIMED))
    return found


@dataclass(frozen=True)
class ToMark:
    """An exercise that has something to mark: how much of it, how much of that is marked, and with which version."""

    assigned: AssignedExercise
    version: ExerciseVersion
    submitted: int
    verified: int
    overridden: int


def preview(classroom: Classroom, viewer: Viewer, scope: Scope) -> list[ToMark]:
    """What a run would have, exercise by exercise."""
    found = submissions_in(classroom, viewer, scope)
    counts = (
        found.order_by()
        .values("work__assigned")
        .annotate(
            submitted=Count("pk"),
            verified=Count("pk", filter=Q(mark__source=Mark.Source.VERIFIED)),
            overridden=Count("pk", filter=Q(mark__source=Mark.Source.OVERRIDE)),
        )
    )
    by_key = {row.pop("work__assigned"): row for row in counts}
    assigned = AssignedExercise.objects.filter(pk__in=by_key).select_related(
        "assignment", "exercise__current", "version"
    )
    return [
        ToMark(row, _version_of(row, scope), **by_key[row.pk])
        for row in assigned.order_by("assignment__opens_at", "assignment__title", "position")
    ]


def start_run(classroom: Classroom, teacher: User, scope: Scope) -> MarkingRun:
    """A run over all that is in the scope now. Nothing counts before it is published."""
    found = submissions_in(classroom, teacher, scope).select_related(
        "work__assigned__version", "work__assigned__exercise__current"
    )
    with transaction.atomic():
        run = MarkingRun.objects.create(classroom=classroom, assignment=scope.assignment, teacher=teacher)
        MarkingItem.objects.bulk_create(
            MarkingItem(run=run, submission=submission, version=_version_of(submission.work.assigned, scope))
            for submission in found.order_by("student__display_name", "pk")
            if submission.work.assigned is not None
        )
        finish_if_done(run)
    return run


def take(run: MarkingRun, viewer: Viewer, count: int) -> list[MarkingItem]:
    """The next submissions for a browser, at most `count`, theirs alone for a while; none when all are answered for.

    When all that is left is being looked at elsewhere, that is given out again: who is first counts.
    """
    now = timezone.now()
    with transaction.atomic():
        mine = run.items.pending().filter(submission__student__in=_students(run.classroom, viewer))
        free = mine.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now)).order_by("pk")
        # Two browsers that ask at once get different ones where the database can tell them so.
        chosen = list(free.select_for_update(skip_locked=True, of=("self",))[:count])
        if not chosen:
            chosen = list(mine.order_by("leased_until", "pk")[:1])
        ids = [item.pk for item in chosen]
        MarkingItem.objects.filter(pk__in=ids).update(leased_until=now + LEASE)
    items = MarkingItem.objects.filter(pk__in=ids).select_related("submission__student", "version__exercise")
    return list(items.prefetch_related("submission__files").order_by("pk"))


def give_back(run: MarkingRun, items: Iterable[UUID]) -> None:
    """A browser stops before these were done: another may have them at once."""
    run.items.pending().filter(pk__in=list(items)).update(leased_until=None)


def record_results(item: MarkingItem, outcomes: Sequence[TestOutcome], problem: str = "") -> bool:
    """Keep how the submission did; False when it was answered for already, and then nothing is changed.

    With a `problem`, a sentence, there are no outcomes: it could not be run, and no mark comes of it. Raises ValueError
    where the outcomes are not those of the tests of the item's version, each once.
    """
    tests = {test.pk: test for test in TestCase.objects.filter(version=item.version_id)}
    if not problem and (len(outcomes) != len(tests) or {outcome.test for outcome in outcomes} != tests.keys()):
        raise ValueError("Send the outcome of each test of this version, each once.")
    with transaction.atomic():
        locked = MarkingItem.objects.select_for_update().get(pk=item.pk)
        if locked.done_at is not None:
            return False
        if not problem:
            Result.objects.bulk_create(outcome.result(item.submission_id, item.run_id) for outcome in outcomes)
            locked.out_of = Decimal(_worth(locked))
            locked.points = points_of(((tests[o.test].points, o.share) for o in outcomes), locked.out_of)
        locked.problem, locked.done_at, locked.leased_until = problem, timezone.now(), None
        locked.save()
    return True


def finish_if_done(run: MarkingRun) -> bool:
    """Whether every submission is answered for; the run is finished then."""
    if run.items.pending().exists():
        return False
    MarkingRun.objects.filter(pk=run.pk, finished_at__isnull=True).update(finished_at=timezone.now())
    run.refresh_from_db()
    return True


def publish(run: MarkingRun, teacher: User) -> int:
    """Make what the run found count, all at once, and the versions it used those of the assignments. How many marks.

    Raises StillRunning or AlreadyPublished, and then nothing is changed.
    """
    with transaction.atomic():
        locked = MarkingRun.objects.select_for_update().get(pk=run.pk)
        if locked.published_at is not None:
            raise AlreadyPublished
        if locked.finished_at is None:
            raise StillRunning
        items = locked.items.filter(points__isnull=False).select_related("submission__work__assigned")
        for item in items:
            points, out_of = item.points or Decimal(0), item.out_of or Decimal(0)
            add_mark(item.submission, Mark.Source.VERIFIED, points, out_of, author=teacher, run=locked)
        for version in {item.version_id for item in items}:
            marked = locked.items.filter(version=version, points__isnull=False)
            AssignedExercise.objects.filter(works__submissions__marking_items__in=marked).exclude(
                version=version
            ).update(version=version)
        MarkingRun.objects.filter(pk=run.pk).update(published_at=timezone.now())
        run.refresh_from_db()
        return len(items)


def discard(run: MarkingRun) -> None:
    """Throw away a run that was not published, and all that it found. Raises AlreadyPublished."""
    with transaction.atomic():
        locked = MarkingRun.objects.select_for_update().get(pk=run.pk)
        if locked.published_at is not None:
            raise AlreadyPublished
        locked.delete()


def handed_in_since(run: MarkingRun) -> int:
    """How many of its students have handed in again since it was started: what it found is not about that."""
    items = run.items.filter(submission__work__submissions__attempt__gt=F("submission__attempt"))
    return items.values("submission__work").distinct().count()


def _students(classroom: Classroom, viewer: Viewer) -> list[UUID]:
    return list(students_of(classroom, viewer).values_list("pk", flat=True))


def _worth(item: MarkingItem) -> int:
    assigned = item.submission.work.assigned
    return assigned.points if assigned else sum(test.points for test in item.version.tests.all())


def _version_of(assigned: AssignedExercise, scope: Scope) -> ExerciseVersion:
    return assigned.exercise.newest if scope.newest else assigned.version
