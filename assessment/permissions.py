"""Who may see, set and mark what. Stated once, on top of who belongs to whom (accounts and schools)."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Viewer
from accounts.permissions import NOTHING, of_people_seen_by
from accounts.roles import Role
from schools.models import Classroom


def of_assignments_seen_by(viewer: Viewer, assignment: str = "") -> Q:
    """Rows whose assignment is set to a class that the viewer has to do with, each once."""
    if not viewer.is_authenticated or not viewer.is_active:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return Q()
    path = f"{assignment}__" if assignment else ""
    set_to = Classroom.objects.visible_to(viewer).filter(assignments__isnull=False)
    return Q(**{f"{path}pk__in": set_to.values("assignments")})


def of_work_seen_by(viewer: Viewer, student: str = "student") -> Q:
    """Rows whose student the viewer may see: their own, that of the students they teach, that of their school."""
    return of_people_seen_by(viewer, student)


def of_work_marked_by(viewer: Viewer, student: str = "student") -> Q:
    """Rows whose student the viewer may mark: whoever may see the student, but no student."""
    if not viewer.is_authenticated or viewer.role == Role.STUDENT:
        return NOTHING
    return of_people_seen_by(viewer, student) & Q(**{f"{student}__role": Role.STUDENT})


def marks_work(viewer: Viewer) -> bool:
    """Whether the viewer sets and marks work at all."""
    return viewer.is_authenticated and viewer.is_active and viewer.role != Role.STUDENT
