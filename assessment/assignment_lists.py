"""The assignments of staff, as lists: what is open, what is to come, what is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Viewer
from assessment.assignment_models import Assignment, AssignmentQuerySet
from assessment.tallies import Done, done_by_classroom
from schools.models import Classroom

# So long after it was due an assignment is still on the page of its class.
_FRESH = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """`done` is by class, of those that the viewer looks after."""

    assignment: Assignment
    done: list[Done]
    is_upcoming: bool

    @property
    def ends_at(self) -> datetime | None:
        return _end(self.assignment)


@dataclass
class Lists:
    """Open ones by what is due first, the others by what comes or came last."""

    open: list[Line] = field(default_factory=list)
    upcoming: list[Line] = field(default_factory=list)
    past: list[Line] = field(default_factory=list)
    archived: list[Line] = field(default_factory=list)


def lists_for(viewer: Viewer, now: datetime, classroom: Classroom | None = None) -> Lists:
    """What is set to the viewer's classes, or to this one."""
    rows = Assignment.objects.visible_to(viewer)
    if classroom is not None:
        rows = rows.filter(classrooms=classroom)
    lists = Lists()
    for line in _lines(rows, viewer, now):
        if line.assignment.archived_at:
            lists.archived.append(line)
        elif line.is_upcoming:
            lists.upcoming.append(line)
        elif line.ends_at and line.ends_at < now:
            lists.past.append(line)
        else:
            lists.open.append(line)
    far = datetime.max.replace(tzinfo=now.tzinfo)
    lists.open.sort(key=lambda line: line.ends_at or far)
    lists.past.sort(key=lambda line: line.ends_at or far, reverse=True)
    return lists


def current_for(classroom: Classroom, viewer: Viewer, now: datetime) -> list[Line]:
    """What the class is at: open or to come, or due a short while ago; what is due first comes first."""
    rows = Assignment.objects.visible_to(viewer).in_use().filter(classrooms=classroom)
    lines = [line for line in _lines(rows, viewer, now) if not line.ends_at or line.ends_at > now - _FRESH]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(lines, key=lambda line: line.ends_at or far)


def _lines(rows: AssignmentQuerySet, viewer: Viewer, now: datetime) -> Iterable[Line]:
    assignments = list(rows.prefetch_related("classrooms", "exercises").order_by("-opens_at", "title"))
    done = done_by_classroom(assignments, viewer)
    return [Line(assignment, done[assignment.pk], assignment.opens_at > now) for assignment in assignments]


def _end(assignment: Assignment) -> datetime | None:
    return assignment.due_at or assignment.closes_at
