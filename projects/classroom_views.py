"""The page of a student of a class, with the projects that staff look at from there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.brake import delayed_ids
from accounts.http import SignedInRequest
from projects.models import Project
from schools.classroom_access import own_classroom, students_of
from schools.models import Classroom


@require_safe
def student_detail(request: SignedInRequest, classroom_id: UUID, user_id: UUID) -> HttpResponse:
    """All projects of one student of the class."""
    classroom = own_classroom(request, classroom_id, change=False)
    student = get_object_or_404(students_of(classroom, request.user), pk=user_id)
    own = Classroom.objects.visible_to(request.user)
    context = {
        "classroom": classroom,
        "is_archived": classroom.archived_at is not None,
        "student": student,
        "projects": Project.objects.visible_to(request.user).listed().filter(owner=student),
        "classrooms": own.filter(enrolments__user=student, enrolments__until__isnull=True).distinct(),
        "is_waiting": bool(delayed_ids([student])),
    }
    with timezone.override(classroom.school.time_zone):
        return render(request, "projects/student.html", context)
