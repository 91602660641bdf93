"""Who may see and change which exercise. What of an exercise a student may see is in exercises.version_models."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Viewer
from accounts.permissions import NOTHING
from accounts.roles import Role


def of_exercises_seen_by(viewer: Viewer, exercise: str = "") -> Q:
    """Rows whose exercise the viewer may see; `exercise` is the path to exercises.Exercise, empty for the row itself.

    Students: those that came with the site and those shared in their school, as long as they are not archived.
    Teachers: the same, archived too, and their own. School admins: also all of their school. Operators: all.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return Q()
    path = f"{exercise}__" if exercise else ""
    built_in = Q(**{f"{path}school__isnull": True})
    of_school = Q(**{f"{path}school": viewer.school_id}) if viewer.school_id else NOTHING
    if viewer.role == Role.SCHOOL_ADMIN:
        return built_in | of_school
    shared = built_in | of_school & Q(**{f"{path}is_shared": True})
    if viewer.role == Role.TEACHER:
        return shared | of_school & Q(**{f"{path}author": viewer.pk})
    return shared & Q(**{f"{path}archived_at__isnull": True})


def of_exercises_changed_by(viewer: Viewer, exercise: str = "") -> Q:
    """Rows whose exercise the viewer may change: teachers their own, school admins their school's, operators all."""
    if not viewer.is_authenticated or not viewer.is_active or viewer.role == Role.STUDENT:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return Q()
    path = f"{exercise}__" if exercise else ""
    of_school = Q(**{f"{path}school": viewer.school_id}) if viewer.school_id else NOTHING
    return of_school if viewer.role == Role.SCHOOL_ADMIN else of_school & Q(**{f"{path}author": viewer.pk})


def writes_exercises(viewer: Viewer) -> bool:
    """Whether the viewer may make exercises, and sees references and hidden tests of those they see."""
    return viewer.is_authenticated and viewer.is_active and viewer.role != Role.STUDENT
