"""Who may see whom: stated once, used for people and for everything that belongs to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import Viewer

NOTHING = Q(pk__in=())


def of_people_seen_by(viewer: Viewer, person: str = "") -> Q:
    """Rows whose person the viewer may see; `person` is the path to accounts.User, empty for the row itself.

    Students: themselves. Teachers: themselves and the students now in their own classes. School admins: their
    school. Operators: everybody. Nobody else sees anything.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return Q()
    if viewer.school_id is None:
        return NOTHING
    key, school = (person, f"{person}__school") if person else ("pk", "school")
    if viewer.role == Role.SCHOOL_ADMIN:
        return Q(**{school: viewer.school_id})
    own = Q(**{key: viewer.pk})
    if viewer.role == Role.TEACHER:
        return own | Q(**{f"{key}__in": viewer.enrolments.taught_student_ids()})
    return own


def of_people_looked_after_by(viewer: Viewer, person: str = "") -> Q:
    """Rows whose person's account the viewer may change: password, name, class, whether it is open.

    Teachers: the students now in their own classes. School admins: the students and teachers of their school, and
    themselves. Operators: everybody. Nobody else, so nobody raises themselves.
    """
    seen = of_people_seen_by(viewer, person)
    if not viewer.is_authenticated or not viewer.is_active or viewer.role == Role.STUDENT:
        return NOTHING
    if viewer.role == Role.OPERATOR:
        return seen
    key, role = (person, f"{person}__role") if person else ("pk", "role")
    if viewer.role == Role.SCHOOL_ADMIN:
        return seen & (Q(**{f"{role}__in": [Role.STUDENT, Role.TEACHER]}) | Q(**{key: viewer.pk}))
    return seen & Q(**{role: Role.STUDENT})
