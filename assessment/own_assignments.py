"""What a student has to do: their assignments, each exercise with where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from assessment.assignment_models import AssignedExercise, Assignment, Extension
from assessment.deadlines import Terms, points_after_lateness, terms_for
from assessment.marking_models import Mark
from assessment.work_models import Submission, Work

_SOON = timedelta(days=7)


class State(StrEnum):
    """Where an exercise stands, in the words of the page."""

    NOT_BEGUN = gettext_noop("Not started")
    WORKING = gettext_noop("Started")
    HANDED_IN = gettext_noop("Handed in")
    LATE = gettext_noop("Handed in late")
    MARKED = gettext_noop("Marked")

    @property
    def label(self) -> str:
        return gettext(self.value)


class Group(StrEnum):
    """Where an assignment stands in the student's list."""

    OVERDUE = gettext_noop("Overdue")
    SOON = gettext_noop("Due soon")
    LATER = gettext_noop("Later")
    HANDED_IN = gettext_noop("Handed in")
    MARKED = gettext_noop("Marked")
    CLOSED = gettext_noop("Not handed in")

    @property
    def label(self) -> str:
        return gettext(self.value)


@dataclass(frozen=True)
class OwnExercise:
    """One exercise of an assignment. `points` of `out_of` are there once results show, lateness taken off."""

    assigned: AssignedExercise
    work: Work | None
    submission: Submission | None
    state: State
    is_late: bool
    points: Decimal | None = None
    out_of: Decimal | None = None

    @property
    def attempts_left(self) -> int | None:
        """How often it can be handed in still; None: as often as they like."""
        most = self.assigned.assignment.max_attempts
        return None if most is None else max(0, most - (self.submission.attempt if self.submission else 0))

    @property
    def is_claimed(self) -> bool:
        """Whether the points are what the student's own browser found."""
        mark = self.submission.mark if self.submission else None
        return self.points is not None and mark is not None and mark.source == Mark.Source.CLAIMED


@dataclass(frozen=True)
class OwnAssignment:
    """An assignment as one student has it at the moment `now`."""

    assignment: Assignment
    terms: Terms
    exercises: tuple[OwnExercise, ...]
    now: datetime

    @property
    def group(self) -> Group:
        if self.is_done:
            return Group.MARKED if all(each.state == State.MARKED for each in self.exercises) else Group.HANDED_IN
        if not self.is_accepted:
            return Group.CLOSED
        if self.terms.is_late(self.now):
            return Group.OVERDUE
        return Group.SOON if self.ends_at and self.ends_at <= self.now + _SOON else Group.LATER

    @property
    def is_accepted(self) -> bool:
        return self.terms.accepts(self.now)

    @property
    def ends_at(self) -> datetime | None:
        """When it should be handed in."""
        return self.terms.due_at or self.terms.closes_at

    @property
    def is_due(self) -> bool:
        """Whether there is something to hand in still."""
        return self.group in {Group.OVERDUE, Group.SOON, Group.LATER}

    @property
    def is_done(self) -> bool:
        return bool(self.exercises) and self.done_count == len(self.exercises)

    @property
    def done_count(self) -> int:
        return sum(each.submission is not None for each in self.exercises)

    @property
    def is_begun(self) -> bool:
        return any(each.work for each in self.exercises)

    @property
    def points(self) -> Decimal | None:
        """What is known of them so far; None where no result shows."""
        known = [each.points for each in self.exercises if each.points is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def out_of(self) -> int:
        return sum(each.assigned.points for each in self.exercises)

    @property
    def has_more_time(self) -> bool:
        return self.terms != terms_for(self.assignment)


def own_assignments(student: User, now: datetime, only: UUID | None = None) -> list[OwnAssignment]:
    """Their assignments, or the one with this key, in the order in which they are due; always as many queries."""
    assigned = AssignedExercise.objects.select_related("exercise")
    visible = Assignment.objects.visible_to(student).prefetch_related(Prefetch("exercises", assigned))
    assignments = list(visible.filter(pk=only) if only else visible)
    keys = [assignment.pk for assignment in assignments]
    given = Extension.objects.filter(student=student, assignment__in=keys)
    extensions = {extension.assignment_id: extension for extension in given}
    works = {work.assigned_id: work for work in Work.objects.filter(student=student, assigned__assignment__in=keys)}
    newest = Submission.objects.filter(student=student, work__assigned__assignment__in=keys).newest()
    submissions = {each.work_id: each for each in newest.select_related("mark")}
    found = []
    for assignment in assignments:
        terms = terms_for(assignment, extensions.get(assignment.pk))
        own = [_exercise(each, works.get(each.pk), submissions, terms) for each in assignment.exercises.all()]
        found.append(OwnAssignment(assignment, terms, tuple(own), now))
    return sorted(found, key=_order)


def grouped(assignments: Iterable[OwnAssignment]) -> list[tuple[Group, list[OwnAssignment]]]:
    """The groups that have any, in the order of Group; what is over begins with the newest."""
    found: dict[Group, list[OwnAssignment]] = {group: [] for group in Group}
    for own in assignments:
        found[own.group].append(own)
    for group in (Group.HANDED_IN, Group.MARKED, Group.CLOSED):
        found[group].reverse()
    return [(group, those) for group, those in found.items() if those]


def _exercise(
    assigned: AssignedExercise, work: Work | None, submissions: dict[UUID, Submission], terms: Terms
) -> OwnExercise:
    submission = submissions.get(work.pk) if work else None
    if submission is None:
        return OwnExercise(assigned, work, None, State.WORKING if work else State.NOT_BEGUN, is_late=False)
    is_late = terms.is_late(submission.received_at)
    state = State.LATE if is_late else State.HANDED_IN
    mark = submission.mark if assigned.assignment.shows_results_now else None
    if mark is None:
        return OwnExercise(assigned, work, submission, state, is_late)
    if mark.source != Mark.Source.CLAIMED:
        state = State.MARKED
    points = points_after_lateness(mark, assigned.assignment, is_late)
    return OwnExercise(assigned, work, submission, state, is_late, points, mark.out_of)


def _order(own: OwnAssignment) -> tuple[bool, datetime, str]:
    return own.ends_at is None, own.ends_at or own.assignment.opens_at, own.assignment.title
