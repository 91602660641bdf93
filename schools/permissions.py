"""Who may see which school and class. Who may see whom, and so whose work, is in accounts.permissions."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Viewer
from accounts.permissions import NOTHING
from accounts.roles import Role


def of_own_school(viewer: Viewer, school: str = "school") -> Q:
    """Rows of the viewer's school (of every school for operators); `school` is the path to schools.School."""
    if not viewer.is_authenticated or not viewer.is_active:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return Q()
    return Q(**{school: viewer.school_id}) if viewer.school_id else NOTHING


def of_own_classrooms(viewer: Viewer, classroom: str = "classroom") -> Q:
    """Rows of the classes the viewer has to do with; `classroom` is the path to schools.Classroom.

    Students: the classes they are in. Teachers: the classes they teach; neither once the class is archived. School
    admins: every class of their school. Operators: every class.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return NOTHING
    if viewer.role in {Role.OPERATOR, Role.SCHOOL_ADMIN}:
        return of_own_school(viewer, "school" if classroom == "pk" else f"{classroom}__school")
    return Q(**{f"{classroom}__in": viewer.enrolments.classroom_ids(viewer.role)})


def runs_schools(viewer: Viewer) -> Q:
    """Everything for school admins and operators, nothing for anybody else: joined to what they see."""
    if viewer.is_authenticated and viewer.role in {Role.SCHOOL_ADMIN, Role.OPERATOR}:
        return Q()
    return NOTHING


def looks_after_classes(viewer: Viewer) -> Q:
    """Everything for staff, nothing for students and visitors: joined to the classes they see."""
    return Q() if viewer.is_authenticated and viewer.role != Role.STUDENT else NOTHING
