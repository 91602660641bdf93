"""What is done with an assignment that is set: results released, more time given, newer tests taken, put away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from assessment import assigning
from assessment.assignment_access import local_times, own_assignment, seen_assignment, students_in
from assessment.assignment_forms import ExtensionForm
from assessment.assignment_models import Assignment, Extension
from assessment.work_models import Submission

LIST = "assessment:assignment-list"
PAGE = "assessment:assignment-detail"
EXTENSIONS = "assessment:extension-list"


@require_POST
def assignment_archive(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    assignment = own_assignment(request, assignment_id)
    assigning.archive(assignment, request=request)
    messages.success(
        request, _("“%(assignment)s” is archived. You find it at the end of this page.") % {"assignment": assignment}
    )
    return redirect(LIST)


@require_POST
def assignment_unarchive(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    assignment = own_assignment(request, assignment_id)
    assigning.unarchive(assignment, request=request)
    messages.success(request, _("“%(assignment)s” is set again.") % {"assignment": assignment})
    return redirect(PAGE, assignment.pk)


@require_POST
def assignment_release(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    assignment = own_assignment(request, assignment_id)
    assigning.release(assignment, request=request)
    messages.success(request, _("The results are released: students see their marks and your comments now."))
    return redirect(PAGE, assignment.pk)


@require_POST
def assignment_withdraw(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    """Takes the release back."""
    assignment = own_assignment(request, assignment_id)
    assigning.withdraw(assignment, request=request)
    messages.success(request, _("The results are hidden from students again."))
    return redirect(PAGE, assignment.pk)


@require_POST
def exercise_update(request: SignedInRequest, assignment_id: UUID, assigned_id: UUID) -> HttpResponse:
    """Takes the newest version of an exercise."""
    assignment = own_assignment(request, assignment_id)
    exercises = assignment.exercises.select_related("exercise__current", "assignment")
    assigned = get_object_or_404(exercises, pk=assigned_id)
    if assigned.version_id != assigned.exercise.current_id:
        assigning.take_newest(assigned, request=request)
        handed_in = Submission.objects.filter(work__assigned=assigned).newest().count()
        sentence = _("“%(exercise)s” is version %(version)s now.")
        if handed_in:
            sentence += " " + ngettext(
                "%(count)s student has handed it in before: re-mark it, so that all are marked by the same tests.",
                "%(count)s students have handed it in before: re-mark it, so that all are marked by the same tests.",
                handed_in,
            )
        sentence %= {"exercise": assigned.exercise, "version": assigned.version.number, "count": handed_in}
        messages.success(request, sentence)
    return redirect(PAGE, assignment.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def extension_list(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    """Who has more time; POST gives it, or changes it for whoever has some. `student` in the address is chosen."""
    assignment = seen_assignment(request, assignment_id)
    students = students_in(assignment, request)
    given = assignment.extensions.visible_to(request.user).select_related("student", "granted_by")
    chosen = request.GET.get("student", "")
    with local_times(request, assignment) as time_zone:
        form = ExtensionForm(
            request.POST if request.method == "POST" else None,
            students=students,
            assignment=assignment,
            initial={"student": chosen, "due_at": _proposed(assignment, given, chosen)},
        )
        if request.method == "POST" and form.is_valid():
            student, due_at = form.cleaned_data["student"], form.cleaned_data["due_at"]
            assigning.extend(assignment, student, due_at, request=request, by=request.user)
            messages.success(request, _("%(student)s has more time now.") % {"student": student})
            return redirect(EXTENSIONS, assignment.pk)
        context = {"assignment": assignment, "form": form, "extensions": given, "time_zone": time_zone}
        return render(request, "assessment/extensions.html", context, status=400 if form.is_bound else 200)


def _proposed(assignment: Assignment, given: Iterable[Extension], chosen: str) -> datetime | None:
    """What the student has already, else a day more than everybody."""
    for extension in given:
        if str(extension.student_id) == chosen:
            return extension.due_at
    return assignment.due_at and assignment.due_at + timedelta(days=1)


@require_POST
def extension_delete(request: SignedInRequest, assignment_id: UUID, extension_id: UUID) -> HttpResponse:
    """Takes an extension back."""
    assignment = seen_assignment(request, assignment_id)
    given = assignment.extensions.visible_to(request.user)
    extension = get_object_or_404(given.select_related("student", "assignment"), pk=extension_id)
    assigning.take_back(extension, request=request)
    messages.success(request, _("%(student)s has as much time as everybody again.") % {"student": extension.student})
    return redirect(EXTENSIONS, assignment.pk)
