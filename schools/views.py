from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.roles import Role
from schools.models import Classroom


@require_safe
def classroom_list(request: SignedInRequest) -> HttpResponse:
    if request.user.role == Role.STUDENT:
        raise PermissionDenied
    classrooms = Classroom.objects.visible_to(request.user).select_related("school").with_student_count()
    return render(request, "schools/classroom_list.html", {"classrooms": classrooms})
