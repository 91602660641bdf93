"""Finding the assignment that a request is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import User, UserQuerySet
from accounts.roles import Role
from assessment.assignment_models import Assignment
from assessment.permissions import marks_work
from schools.models import Classroom, Enrolment, terms_of


def seen_assignment(request: SignedInRequest, assignment_id: UUID) -> Assignment:
    """The assignment, for staff who look after a class that it is set to; 403 for its students, else 404."""
    visible = Assignment.objects.visible_to(request.user).select_related("school", "author")
    assignment = get_object_or_404(visible, pk=assignment_id)
    if not marks_work(request.user):
        raise PermissionDenied
    return assignment


def own_assignment(request: SignedInRequest, assignment_id: UUID) -> Assignment:
    """The assignment, for those who look after every class that it is set to; 403 for others who see it."""
    assignment = seen_assignment(request, assignment_id)
    if not assignment.is_editable_by(request.user):
        raise PermissionDenied(
            _("This is set to a class of somebody else, too: only who looks after all may change it.")
        )
    return assignment


def students_in(assignment: Assignment, request: SignedInRequest) -> UserQuerySet:
    """The students it is set to now, of those whom the person looks after."""
    rooms = Classroom.objects.editable_by(request.user).filter(assignments=assignment)
    members = Enrolment.objects.filter(role=Enrolment.Role.STUDENT, until__isnull=True, classroom__in=rooms)
    visible = User.objects.visible_to(request.user)
    return visible.filter(role=Role.STUDENT, is_active=True, pk__in=members.values("user_id"))


@contextmanager
def local_times(request: SignedInRequest, assignment: Assignment | None = None) -> Iterator[str]:
    """Within it times are read and shown in the time zone of the school, whose name it gives."""
    name = assignment.school.time_zone if assignment else terms_of(request.user).time_zone
    with timezone.override(ZoneInfo(name)):
        yield name
