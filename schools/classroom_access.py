"""Finding the class that a request is about, and the students in it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User, UserQuerySet, Viewer
from accounts.roles import Role
from schools.models import TEACHERS_UNDO, Classroom, Enrolment

_AT_ONCE = timedelta(seconds=10)


def own_classroom(request: SignedInRequest, classroom_id: UUID, *, change: bool = True) -> Classroom:
    """The class, for those who look after it: 403 for its students, 404 for everybody else.

    An archived class can be looked at, not changed.
    """
    visible = Classroom.objects.visible_to(request.user).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    if not classroom.is_editable_by(request.user):
        raise PermissionDenied
    if change and classroom.archived_at:
        raise PermissionDenied(_("This class is archived. Open it again on its settings page before you change it."))
    return classroom


def students_of(classroom: Classroom, viewer: Viewer) -> UserQuerySet:
    """The students now in the class, those with a closed account too."""
    return User.objects.visible_to(viewer).filter(
        role=Role.STUDENT,
        enrolments__classroom=classroom,
        enrolments__role=Enrolment.Role.STUDENT,
        enrolments__until__isnull=True,
    )


def teachers_of(classroom: Classroom) -> UserQuerySet:
    """The teachers of the class: whoever looks after it sees who else does."""
    return User.objects.filter(
        is_active=True,
        enrolments__classroom=classroom,
        enrolments__role=Enrolment.Role.TEACHER,
        enrolments__until__isnull=True,
    )


def just_closed(classroom: Classroom) -> UserQuerySet:
    """The students who left the class because their account was closed, while that can be taken back from its page."""
    return User.objects.filter(
        role=Role.STUDENT,
        is_active=False,
        left_at__gt=timezone.now() - TEACHERS_UNDO,
        enrolments__classroom=classroom,
        enrolments__role=Enrolment.Role.STUDENT,
        enrolments__until__gt=F("left_at") - _AT_ONCE,
    ).distinct()
