"""How far a student is, topic by topic: what they practised and what was set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from assessment.assignment_models import AssignedExercise
from assessment.marking_models import Mark
from assessment.own_assignments import OwnAssignment, OwnExercise
from assessment.work_models import Work
from exercises.models import TOPIC_NAMES, Exercise


class Reach(StrEnum):
    SOLVED = gettext_noop("Solved")
    BEGUN = gettext_noop("Started")
    SET = gettext_noop("Set, not started")

    @property
    def label(self) -> str:
        return gettext(self.value)


@dataclass
class Line:
    """One exercise; `assigned` is where it is set, `percent` the best share of its points that is known."""

    exercise: Exercise
    assigned: AssignedExercise | None = None
    percent: int = 0
    is_begun: bool = False

    @property
    def reach(self) -> Reach:
        if self.percent == 100:
            return Reach.SOLVED
        return Reach.BEGUN if self.is_begun else Reach.SET


@dataclass(frozen=True)
class Topic:
    """`lines` are what was practised or set; `exercise_count` counts those of the library, too."""

    slug: str
    name: str
    lines: list[Line]
    exercise_count: int

    @property
    def solved_count(self) -> int:
        return self._count(Reach.SOLVED)

    @property
    def begun_count(self) -> int:
        return self._count(Reach.BEGUN)

    @property
    def set_count(self) -> int:
        return self._count(Reach.SET)

    def _count(self, reach: Reach) -> int:
        return sum(line.reach == reach for line in self.lines)


def topics_of(student: User, assignments: Iterable[OwnAssignment]) -> list[Topic]:
    """Every topic in which there is an exercise for them; `assignments` are the student's own."""
    set_work = {each.assigned.pk: each for own in assignments for each in own.exercises}
    lines: dict[UUID, Line] = {}
    for each in set_work.values():
        lines.setdefault(each.assigned.exercise_id, Line(each.assigned.exercise)).assigned = each.assigned
    for work in Work.objects.owned_by(student).select_related("exercise"):
        line = lines.setdefault(work.exercise_id, Line(work.exercise))
        line.is_begun = True
        line.percent = max(line.percent, _percent(work, set_work.get(work.assigned_id) if work.assigned_id else None))
    library = Exercise.objects.visible_to(student).in_use().order_by().exclude(pk__in=list(lines))
    counts = dict(library.values_list("topic").annotate(count=Count("pk")))
    topics = []
    for slug, name in TOPIC_NAMES.items():
        own = sorted((line for line in lines.values() if line.exercise.topic == slug), key=_order)
        if count := counts.get(slug, 0) + len(own):
            topics.append(Topic(slug, str(name), own, count))
    return topics


def _percent(work: Work, own: OwnExercise | None) -> int:
    """What a teacher's browser or the teacher found, once that shows; until then what the student's browser did."""
    mark = own.submission.mark if own and own.submission and own.points is not None else None
    if mark is None or not mark.out_of:
        return work.best_percent
    percent = int(100 * mark.points / mark.out_of)
    return max(percent, work.best_percent) if mark.source == Mark.Source.CLAIMED else percent


def _order(line: Line) -> tuple[int, str]:
    return line.exercise.difficulty, line.exercise.title
