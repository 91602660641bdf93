"""The library: finding exercises, and what is done with whole ones."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.roles import Role
from exercises import versions
from exercises.listing import BUILT_IN, SCHOOL, WHOSE, arrange, read_search
from exercises.models import DIFFICULTY_NAMES, TOPIC_NAMES, Exercise
from exercises.permissions import writes_exercises

LIST = "exercises:exercise-list"
_EXPORT_LABELS: dict[str, str | Promise] = {
    Role.SCHOOL_ADMIN: gettext_lazy("Download all of the school"),
    Role.OPERATOR: gettext_lazy("Download all of the site"),
}


@require_safe
def exercise_list(request: SignedInRequest) -> HttpResponse:
    """Those that the person may solve or set; `q`, `topic`, `difficulty` and `whose` narrow them down."""
    search = read_search(request.GET.dict())
    visible = Exercise.objects.visible_to(request.user)
    may_write = writes_exercises(request.user)
    editable = set(Exercise.objects.editable_by(request.user).values_list("pk", flat=True)) if may_write else set()
    context = {
        "topics": arrange(visible.in_use(), search, request.user, editable),
        "search": search,
        "may_write": may_write,
        "may_export": bool(editable),
        "export_label": _EXPORT_LABELS.get(request.user.role, _("Download all of yours")),
        "topic_choices": TOPIC_NAMES,
        "difficulty_choices": DIFFICULTY_NAMES,
        "whose_choices": {key: WHOSE[key] for key in WHOSE if may_write or key in {BUILT_IN, SCHOOL}},
        "archived": visible.filter(archived_at__isnull=False, pk__in=editable).order_by("title") if may_write else [],
    }
    return render(request, "exercises/exercise_list.html", context)


@require_POST
def exercise_copy(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).select_related("current"), pk=exercise_id)
    if not writes_exercises(request.user):
        raise PermissionDenied
    copy = versions.copy_exercise(exercise, request.user)
    messages.success(request, _("“%(copy)s” is copied. This is yours to change.") % {"copy": copy.title})
    return redirect("exercises:exercise-edit", copy.pk)


@require_POST
def exercise_archive(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    exercise = editable_exercise(request, exercise_id)
    versions.archive(exercise)
    messages.success(
        request, _("“%(exercise)s” is archived. You find it at the end of this page.") % {"exercise": exercise.title}
    )
    return redirect(LIST)


@require_POST
def exercise_unarchive(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    exercise = editable_exercise(request, exercise_id)
    versions.unarchive(exercise)
    messages.success(request, _("“%(exercise)s” is back in the library.") % {"exercise": exercise.title})
    return redirect(LIST)


def editable_exercise(request: SignedInRequest, exercise_id: UUID) -> Exercise:
    """The exercise with its newest version; 403 for one that the person may only look at, 404 for any other."""
    mine = Exercise.objects.editable_by(request.user).select_related("current", "school")
    exercise = mine.filter(pk=exercise_id).first()
    if exercise is None:
        get_object_or_404(Exercise.objects.visible_to(request.user), pk=exercise_id)
        raise PermissionDenied
    return exercise
