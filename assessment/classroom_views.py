"""The page of a class, with its students, what is set to them, and the work that staff look at from there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.brake import delayed_ids
from accounts.http import SignedInRequest
from assessment.assignment_lists import current_for
from projects.models import Project
from schools.classroom_access import just_closed, own_classroom, students_of, teachers_of
from schools.classroom_forms import other_classrooms


@require_safe
def classroom_detail(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """Who is in the class, what they saved last, who cannot get in. Its number of queries is that of an empty one."""
    classroom = own_classroom(request, classroom_id, change=False)
    work = Project.objects.visible_to(request.user)
    last = work.listed().filter(owner=OuterRef("pk")).order_by("-saved_at").values("pk")[:1]
    students = students_of(classroom, request.user)
    last_ids = dict(students.values_list("pk", Subquery(last)))
    projects = work.in_bulk([project_id for project_id in last_ids.values() if project_id])
    waiting = delayed_ids(students)
    context = {
        "classroom": classroom,
        "is_archived": classroom.archived_at is not None,
        "rows": [(student, projects.get(last_ids.get(student.pk)), student.pk in waiting) for student in students],
        "teachers": teachers_of(classroom),
        "closed": just_closed(classroom),
        "assignments": current_for(classroom, request.user, timezone.now()),
        "can_move": other_classrooms(classroom, request.user).exists(),
    }
    with timezone.override(classroom.school.time_zone):
        return render(request, "assessment/classroom.html", context)
