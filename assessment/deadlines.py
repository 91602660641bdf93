"""What a student may do with an assignment at a moment, and what being late costs. All times are the server's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from assessment.assignment_models import Assignment, Extension
from assessment.marking_models import Mark

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Terms:
    """The dates of an assignment for one student. `due_at` and `closes_at` are None where there is no such date."""

    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    grace: timedelta
    refuses_late: bool

    def is_late(self, received_at: datetime) -> bool:
        """Whether what arrives then is late; the time of grace is not."""
        return self.due_at is not None and received_at > self.due_at + self.grace

    def accepts(self, now: datetime) -> bool:
        """Whether something can be handed in now."""
        if now < self.opens_at or (self.closes_at is not None and now > self.closes_at):
            return False
        return not (self.refuses_late and self.is_late(now))


def terms_for(assignment: Assignment, extension: Extension | None = None) -> Terms:
    """The dates that hold for a student, with the extension that they were given, if any.

    An extension moves the due time, never to an earlier one, and keeps the assignment open until then, grace included.
    """
    due_at, closes_at = assignment.due_at, assignment.closes_at
    grace = timedelta(minutes=assignment.grace_minutes)
    if extension is not None:
        due_at = max(due_at, extension.due_at) if due_at else None
        closes_at = max(closes_at, extension.due_at + grace) if closes_at else None
    refuses_late = assignment.late_policy == Assignment.LatePolicy.REFUSE
    return Terms(assignment.opens_at, due_at, closes_at, grace, refuses_late)


def points_after_lateness(mark: Mark, assignment: Assignment | None, is_late: bool) -> Decimal:
    """What the mark comes to. A teacher's own mark is as it is; late work is capped where the assignment says so."""
    caps = assignment is not None and assignment.late_policy == Assignment.LatePolicy.CAP
    if assignment is None or not caps or not is_late or mark.source == Mark.Source.OVERRIDE:
        return mark.points
    cap = mark.out_of * assignment.late_cap_percent / 100
    return min(mark.points, cap).quantize(_CENT, ROUND_HALF_UP)
