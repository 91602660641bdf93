"""Assignments as lists and one by one: for staff what is set and how far it is, for students what they have to do."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.roles import Role
from assessment.assignment_access import local_times, seen_assignment
from assessment.assignment_lists import lists_for
from assessment.own_assignments import grouped, own_assignments
from assessment.progress import topics_of
from assessment.tallies import tallies_of
from assessment.threads import comment_counts
from exercises.statement import as_html
from schools.models import Classroom


@require_safe
def assignment_list(request: SignedInRequest) -> HttpResponse:
    """Students: what they have to do. Staff: what they set; `classroom` narrows it to one class."""
    now = timezone.now()
    if request.user.role == Role.STUDENT:
        context = {"groups": grouped(own_assignments(request.user, now))}
        with local_times(request):
            return render(request, "assessment/own_assignments.html", context)
    classrooms = Classroom.objects.editable_by(request.user).filter(archived_at=None).select_related("school")
    chosen = request.GET.get("classroom", "")
    classroom = next((room for room in classrooms if str(room.pk) == chosen), None)
    staff_context = {
        "lists": lists_for(request.user, now, classroom),
        "classrooms": classrooms,
        "classroom": classroom,
    }
    with local_times(request):
        return render(request, "assessment/assignment_list.html", staff_context)


@require_safe
def assignment_detail(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    if request.user.role == Role.STUDENT:
        return _for_student(request, assignment_id)
    assignment = seen_assignment(request, assignment_id)
    exercises = list(assignment.exercises.select_related("exercise__current", "version"))
    tallies = tallies_of(assignment, exercises, request.user)
    others = assignment.classrooms.count() - len(tallies.by_classroom)
    context = {
        "assignment": assignment,
        "instructions": as_html(assignment.instructions, {}),
        "exercises": [(each, tallies.by_exercise[each.pk]) for each in exercises],
        "classrooms": tallies.by_classroom,
        "other_class_count": others,
        "extensions": assignment.extensions.visible_to(request.user).select_related("student"),
        "may_edit": assignment.is_editable_by(request.user),
        "is_open": assignment.opens_at <= timezone.now(),
    }
    with local_times(request, assignment) as time_zone:
        return render(request, "assessment/assignment.html", context | {"time_zone": time_zone})


@require_safe
def progress(request: SignedInRequest) -> HttpResponse:
    """What is due, and how far the student is in each topic."""
    if request.user.role != Role.STUDENT:
        raise PermissionDenied(_("This page shows students how far they are. You find theirs in the grid of a class."))
    own = own_assignments(request.user, timezone.now())
    context = {"due": [each for each in own if each.is_due], "topics": topics_of(request.user, own)}
    with local_times(request):
        return render(request, "assessment/progress.html", context)


def _for_student(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    found = own_assignments(request.user, timezone.now(), only=assignment_id)
    if not found:
        raise Http404
    own = found[0]
    counts = comment_counts([each.submission for each in own.exercises if each.submission], request.user)
    context = {
        "own": own,
        "exercises": [(each, counts.get(each.submission.pk) if each.submission else None) for each in own.exercises],
        "assignment": own.assignment,
        "instructions": as_html(own.assignment.instructions, {}),
    }
    with local_times(request):
        return render(request, "assessment/own_assignment.html", context)
