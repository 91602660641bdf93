"""The page of an exercise: for oneself, and as an assignment sets it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.roles import Role
from assessment.handing_in import terms_of
from assessment.work_page import page_config
from assessment.working import Task, assigned_to, practice
from exercises.statement import as_html
from projects.limits import MAX_REVISION


@require_safe
def exercise_detail(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    """An exercise of the library, to practise."""
    return _page(request, practice(request.user, exercise_id))


@require_safe
def assigned_exercise(request: SignedInRequest, assignment_id: UUID, position: int) -> HttpResponse:
    """An exercise of an assignment, in the version that is set, whether or not it is in the library."""
    if position > MAX_REVISION:
        raise Http404
    return _page(request, assigned_to(request.user, assignment=assignment_id, position=position))


def _page(request: SignedInRequest, task: Task | None) -> HttpResponse:
    if task is None:
        raise Http404
    config = page_config(request.user, task)
    pictures = {file.path: bytes(file.content) for file in task.version.files.for_students()}
    context = {
        "exercise": task.exercise,
        "version": task.version,
        "assignment": task.assigned.assignment if task.assigned else None,
        "terms": terms_of(request.user, task.assigned.assignment) if task.assigned else None,
        "now": timezone.now(),
        "statement": as_html(task.version.statement, pictures),
        "may_edit": task.exercise.is_editable_by(request.user),
        "may_hand_in": request.user.role == Role.STUDENT,
        "page_config": config,
    }
    return render(request, "exercises/exercise.html", context)
