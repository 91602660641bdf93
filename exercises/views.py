from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from exercises.exercise_page import page_config
from exercises.models import Exercise
from exercises.statement import as_html


@require_safe
def exercise_detail(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).select_related("current"), pk=exercise_id)
    version = exercise.newest
    pictures = {file.path: bytes(file.content) for file in version.files.for_students()}
    context = {
        "exercise": exercise,
        "version": version,
        "statement": as_html(version.statement, pictures),
        "may_edit": exercise.is_editable_by(request.user),
        "page_config": page_config(exercise),
    }
    return render(request, "exercises/exercise.html", context)


@require_safe
def exercise_hint(request: SignedInRequest, exercise_id: UUID, number: int) -> JsonResponse:
    """One hint, counted from 1: {"text"}."""
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).select_related("current"), pk=exercise_id)
    hints = exercise.newest.hints
    if not 1 <= number <= len(hints):
        raise Http404
    return JsonResponse({"text": hints[number - 1]}, headers={"Cache-Control": "private, no-store"})
