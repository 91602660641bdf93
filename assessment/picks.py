"""The exercises of an assignment as its form has them: which, in which order, for how many points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.assigning import Pick
from assessment.assignment_models import MAX_EXERCISES, Assignment
from assessment.work_models import Work
from exercises.models import Exercise, TestCase

MAX_POINTS = 1000
_USUAL_POINTS = 10


@dataclass
class Row:
    """One exercise of the form; `points` is what was typed, `error` what is wrong with it."""

    exercise: Exercise
    points: str
    error: str = ""


@dataclass
class Picks:
    """The rows in their order. `problems` are sentences about all of them, once `read` has been asked."""

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of_assignment(cls, assignment: Assignment) -> Picks:
        assigned = assignment.exercises.select_related("exercise__current")
        return cls([Row(each.exercise, str(each.points)) for each in assigned])

    @classmethod
    def of_form(cls, data: QueryDict, available: QuerySet[Exercise]) -> Picks:
        """The `exercises` in their order with `points-<key>`, then those ticked to be added, as `add`."""
        keys = list(dict.fromkeys([*data.getlist("exercises"), *data.getlist("add")]))
        wanted = [key for key in (_as_key(text) for text in keys[: 2 * MAX_EXERCISES]) if key]
        found = available.select_related("current").in_bulk(wanted)
        suggested = _suggested_points(found.values())
        picks = cls()
        for key in wanted:
            if key in found:
                exercise = found[key]
                typed = data.get(f"points-{key}", str(suggested.get(exercise.current_id) or _USUAL_POINTS))
                picks.rows.append(Row(exercise, typed))
        if len(picks.rows) < len(keys):
            picks.problems.append(_("Some of the exercises are not there any more. Look at the list again."))
        return picks

    def change(self, button: str) -> bool:
        """What a button of a row asks for: `up-<key>`, `down-<key>` or `remove-<key>`. False for no known button."""
        action, _, key = button.partition("-")
        places = {str(row.exercise.pk): place for place, row in enumerate(self.rows)}
        if key not in places or action not in {"up", "down", "remove"}:
            return False
        row = self.rows.pop(places[key])
        if action != "remove":
            self.rows.insert(max(places[key] + (-1 if action == "up" else 1), 0), row)
        return True

    def read(self) -> list[Pick]:
        """The exercises to be set. Whoever asks looks at `problems` and at the rows' errors first."""
        if not self.rows:
            self.problems.append(_("Choose at least one exercise."))
        if len(self.rows) > MAX_EXERCISES:
            self.problems.append(
                _("An assignment has at most %(max_exercises)s exercises. Take some out.")
                % {"max_exercises": MAX_EXERCISES}
            )
        picks = []
        for row in self.rows:
            points = int(row.points) if row.points.isascii() and row.points.isdecimal() and len(row.points) < 6 else 0
            if 1 <= points <= MAX_POINTS:
                picks.append(Pick(row.exercise, points))
            else:
                row.error = _("Points are a whole number from 1 to %(max_points)s.") % {"max_points": MAX_POINTS}
        return picks

    @property
    def has_errors(self) -> bool:
        return bool(self.problems) or any(row.error for row in self.rows)

    @property
    def keys(self) -> set[UUID]:
        return {row.exercise.pk for row in self.rows}

    def keep_begun(self, assignment: Assignment) -> None:
        """Put back what students have begun, and say so: it cannot be taken out."""
        missing = assignment.exercises.exclude(exercise__in=self.keys).select_related("exercise__current")
        works = Work.objects.filter(assigned__in=missing).order_by().values_list("assigned_id")
        begun = dict(works.annotate(count=Count("pk")))
        for assigned in missing:
            if count := begun.get(assigned.pk):
                sentence = ngettext(
                    "“%(exercise)s” stays in the assignment: %(count)s student has begun it.",
                    "“%(exercise)s” stays in the assignment: %(count)s students have begun it.",
                    count,
                )
                self.problems.append(sentence % {"exercise": assigned.exercise, "count": count})
                self.rows.append(Row(assigned.exercise, str(assigned.points)))


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) <= 36 else None
    except ValueError:
        return None


def _suggested_points(exercises: Iterable[Exercise]) -> dict[UUID | None, int]:
    """By version the points of its tests, which is what most want an exercise to be worth."""
    versions = [exercise.current_id for exercise in exercises]
    sums = TestCase.objects.filter(version__in=versions).order_by().values("version_id").annotate(sum=Sum("points"))
    return {row["version_id"]: min(row["sum"], MAX_POINTS) for row in sums}
