"""Exercises out of the library as a zip, and into it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from exercises.importing import BadFolders, import_folders
from exercises.library_views import LIST
from exercises.models import Exercise
from exercises.permissions import writes_exercises
from exercises.specs import ExerciseFolder
from exercises.versions import Outcome, as_folder, folders_of
from exercises.zips import MAX_EXERCISES, pack, read_zip

_MAX_PROBLEMS = 20
_WORDS = {
    Outcome.NEW: _("%(count)s new"),
    Outcome.CHANGED: _("%(count)s changed"),
    Outcome.UNCHANGED: _("%(count)s as they were"),
}


class ImportForm(forms.Form):
    """A zip of exercises that become the person's own."""

    archive = forms.FileField(
        label=_("Zip file"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Choose a zip file first."), "empty": _("The zip file is empty.")},
    )
    is_shared = forms.BooleanField(label=_("Share new ones with everybody in the school"), required=False)

    def clean_archive(self) -> list[ExerciseFolder]:
        upload: UploadedFile = self.cleaned_data["archive"]
        try:
            return read_zip(upload, upload.name or "")
        except BadFolders as error:
            raise _as_validation_error(error) from error

    def save(self, request: SignedInRequest) -> str:
        """Import all, or none; returns what happened in a sentence. Raises ValidationError."""
        data = self.cleaned_data
        user, is_shared = request.user, data["is_shared"] and request.user.school_id is not None
        try:
            counts = import_folders(data["archive"], author=user, school=user.school, is_shared=is_shared)
        except BadFolders as error:
            raise _as_validation_error(error) from error
        told = [word % {"count": counts[outcome]} for outcome, word in _WORDS.items() if counts[outcome]]
        return gettext("Exercises imported: %(counts)s.") % {"counts": ", ".join(told)}


@require_safe
def exercise_zip(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    """One exercise with its reference and all its tests: for who writes exercises."""
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).select_related("current"), pk=exercise_id)
    if not writes_exercises(request.user):
        raise PermissionDenied
    return _download(exercise.slug, [as_folder(exercise.newest, exercise)])


@require_safe
def exercises_zip(request: SignedInRequest) -> HttpResponse:
    """All that the person may change: a teacher's own, a school admin's school's, an operator's those of the site."""
    if not writes_exercises(request.user):
        raise PermissionDenied
    own = Exercise.objects.editable_by(request.user).filter(school=request.user.school).in_use()
    return _download("exercises", list(folders_of(own.order_by("topic", "slug"))))


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_import(request: SignedInRequest) -> HttpResponse:
    """Takes all exercises of a zip, or none and says why."""
    if not writes_exercises(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            messages.success(request, form.save(request))
            return redirect(LIST)
        except ValidationError as error:
            form.add_error("archive", error)
    return _show(request, form, status=400)


def _show(request: SignedInRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "may_share": request.user.school_id is not None,
        "max_exercises": MAX_EXERCISES,
    }
    return render(request, "exercises/exercise_import.html", context, status=status)


def _download(name: str, folders: list[ExerciseFolder]) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.zip") or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(pack(folders), content_type="application/zip", headers=headers)


def _as_validation_error(error: BadFolders) -> ValidationError:
    problems = error.problems[:_MAX_PROBLEMS]
    if more := len(error.problems) - len(problems):
        problems.append(gettext("There are %(more)s more problems like these.") % {"more": more})
    return ValidationError(problems)
