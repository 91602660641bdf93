"""The authoring page: one form for everything that an exercise is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, json_answer
from exercises.drafts import Draft, Problem
from exercises.exercise_page import file_json
from exercises.library_views import editable_exercise
from exercises.models import DIFFICULTY_NAMES, TOPIC_NAMES, Exercise
from exercises.permissions import writes_exercises
from exercises.representation import as_json
from exercises.rows import change_rows
from exercises.specs import COMPARE_MODES, KINDS, ExerciseFolder
from exercises.statement import as_html
from exercises.versions import NewerVersion, as_folder, create_exercise, save_exercise

KIND_NAMES = {
    "io": gettext_lazy("Input and output"),
    "call": gettext_lazy("Function call"),
    "file": gettext_lazy("File written"),
    "structure": gettext_lazy("How it is written"),
    "unittest": gettext_lazy("unittest file"),
}
VISIBILITY_NAMES = {
    "visible": gettext_lazy("Students see it"),
    "after-pass": gettext_lazy("They see it once it passes"),
    "hidden": gettext_lazy("Hidden from them"),
}
COMPARE_NAMES = {
    "exact": gettext_lazy("Exactly"),
    "lines": gettext_lazy("Line by line"),
    "words": gettext_lazy("Word by word"),
    "numbers": gettext_lazy("Numbers may be a little off"),
    "contains": gettext_lazy("It contains these lines"),
    "regex": gettext_lazy("It fits a regular expression"),
}
# Each starts from what the format knows, so that a new kind cannot be forgotten here.
KIND_CHOICES = {kind: KIND_NAMES[kind] for kind in KINDS}
COMPARE_CHOICES = {mode: COMPARE_NAMES[mode] for mode in COMPARE_MODES}


@dataclass
class _Editing:
    """One request to the page. `exercise` is None for a new one; `based_on` is the version that was opened."""

    request: SignedInRequest
    exercise: Exercise | None
    draft: Draft
    based_on: int

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        context = self._context() | {"preview": self._preview()} | more
        return render(self.request, "exercises/exercise_edit.html", context, status=status)

    def after_button(self, button: str) -> HttpResponse:
        """What a button asks for that saves nothing: a page again, or its changed part for a script."""
        wants_json = self.request.get_preferred_type(["text/html", "application/json"]) == "application/json"
        if button == "preview":
            return json_answer({"html": self._preview()}) if wants_json else self.show()
        if button == "check" and wants_json:
            return self._for_checking()
        focus = change_rows(self.draft, button)
        if focus is None:
            return self.show(status=400, problems=[Problem(_("This button is not known; load the page again."))])
        if not wants_json:
            return self.show()
        part = "tests" if focus.startswith("test") else "files"
        html = render_to_string(f"exercises/_edit_{part}.html", self._context(), request=self.request)
        return json_answer({"part": part, "html": html, "focus": focus})

    def save(self) -> HttpResponse:
        folder, problems = self.draft.read(self.exercise.slug if self.exercise else "")
        if folder is None:
            return self.show(status=400, problems=problems)
        try:
            exercise, sentence = self._saved(folder)
        except NewerVersion as error:
            return self.show(status=409, newest=error.newest)
        messages.success(self.request, sentence)
        return redirect("exercises:exercise-edit", exercise.pk)

    def _saved(self, folder: ExerciseFolder) -> tuple[Exercise, str]:
        user, is_shared = self.request.user, self.draft.is_shared
        if self.exercise is None:
            exercise = create_exercise(folder, author=user, school=user.school, is_shared=is_shared)
            return exercise, _("“%(exercise)s” is saved.") % {"exercise": exercise.title}
        before = self.exercise.newest.number
        version = save_exercise(self.exercise, folder, author=user, based_on=self.based_on)
        Exercise.objects.filter(pk=self.exercise.pk).update(is_shared=is_shared)
        return self.exercise, (
            _("“%(folder)s” is saved as version %(version)s.") % {"folder": folder.title, "version": version.number}
            if version.number != before
            else _("“%(folder)s” is saved.") % {"folder": folder.title}
        )

    def _for_checking(self) -> HttpResponse:
        """The draft as a browser runs it: files, and tests with what they expect. Only its author asks for it.

        Title and statement may still be missing.
        """
        draft = replace(
            self.draft, title=self.draft.title.strip() or "-", statement=self.draft.statement.strip() or "-"
        )
        folder, problems = draft.read(self.exercise.slug if self.exercise else "")
        if folder is None:
            return json_answer({"problems": [{"sentence": one.sentence, "field": one.field} for one in problems]}, 400)
        return json_answer(
            {
                "entry": folder.entry,
                "starter": [file_json(path, content) for path, content in folder.starter.items()],
                "solution": [file_json(path, content) for path, content in folder.solution().items()],
                "tests": [as_json(spec, folder.test_files) for spec in folder.tests],
            }
        )

    def _preview(self) -> str:
        pictures = {file.path: file.as_bytes() for file in self.draft.files if file.part == "starter"}
        return as_html(self.draft.statement, pictures)

    def _context(self) -> dict[str, Any]:
        path = reverse("exercises:exercise-edit", args=[self.exercise.pk]) if self.exercise else ""
        return {
            "exercise": self.exercise,
            "draft": self.draft,
            "based_on": self.based_on,
            "may_share": self.request.user.school_id is not None,
            "action": path or reverse("exercises:exercise-new"),
            "topic_choices": TOPIC_NAMES,
            "difficulty_choices": {str(key): name for key, name in DIFFICULTY_NAMES.items()},
            "kind_choices": KIND_CHOICES,
            "visibility_choices": VISIBILITY_NAMES,
            "compare_choices": COMPARE_CHOICES,
        }


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_new(request: SignedInRequest) -> HttpResponse:
    if not writes_exercises(request.user):
        raise PermissionDenied
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request: SignedInRequest, exercise_id: UUID) -> HttpResponse:
    """The newest version in a form; `do` names a button that saves nothing, `over` a version to save over."""
    return _edit(request, editable_exercise(request, exercise_id))


def _edit(request: SignedInRequest, exercise: Exercise | None) -> HttpResponse:
    newest = exercise.newest.number if exercise else 0
    if request.method != "POST":
        draft = Draft.new()
        if exercise:
            draft = Draft.of_folder(as_folder(exercise.newest, exercise), is_shared=exercise.is_shared)
        return _Editing(request, exercise, draft, newest).show()
    draft = Draft.of_form(request.POST, request.FILES.getlist("uploads"))
    based_on = _number(request.POST.get("over")) or _number(request.POST.get("based_on"))
    editing = _Editing(request, exercise, draft, based_on)
    button = request.POST.get("do", "")
    return editing.after_button(button) if button else editing.save()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
