"""What staff do with the students of a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.brake import release
from accounts.http import SignedInRequest
from accounts.models import User
from schools import people, roster
from schools.classroom_access import just_closed, own_classroom, students_of
from schools.classroom_forms import MoveForm, StudentsForm
from schools.models import Classroom

PAGE = "schools:classroom-detail"


@require_POST
def students_change(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """`action` for the ticked students: reset, move, remove or close. All but a reset ask once more."""
    classroom = own_classroom(request, classroom_id)
    form = StudentsForm(request.POST, classroom=classroom, viewer=request.user)
    action = request.POST.get("action", "")
    if action != "reset" and action not in _ACTIONS:
        raise SuspiciousOperation(_("There is no such action."))
    if not form.is_valid():
        messages.error(request, str(form.errors["students"][0]))
        return redirect(PAGE, classroom.pk)
    students = list(form.cleaned_data["students"])
    if action == "reset":
        return redirect("schools:roster-batch", classroom.pk, roster.begin_resets(students, classroom, request.user).pk)
    move = MoveForm(request.POST if "confirmed" in request.POST else None, classroom=classroom, viewer=request.user)
    if "confirmed" not in request.POST or (action == "move" and not move.is_valid()):
        context = {"classroom": classroom, "students": students, "action": action, "move": move}
        return render(request, "schools/students_change.html", context, status=400 if move.is_bound else 200)
    target = move.cleaned_data["target"] if action == "move" else classroom
    with transaction.atomic():
        _ACTIONS[action](request, classroom, students, target)
    return redirect(PAGE, classroom.pk)


@require_POST
def student_release(request: SignedInRequest, classroom_id: UUID, user_id: UUID) -> HttpResponse:
    """Lets a student try again who waits because of wrong passwords."""
    classroom = own_classroom(request, classroom_id)
    student = get_object_or_404(students_of(classroom, request.user), pk=user_id)
    release(student, by=request.user, request=request)
    messages.success(request, _("%(student)s can try to sign in again at once.") % {"student": student})
    return redirect(PAGE, classroom.pk)


@require_POST
def student_reopen(request: SignedInRequest, classroom_id: UUID, user_id: UUID) -> HttpResponse:
    """Takes back that an account was closed: the student is in the class again."""
    classroom = own_classroom(request, classroom_id)
    student = get_object_or_404(just_closed(classroom), pk=user_id)
    with transaction.atomic():
        people.open_account(student, request=request)
        people.enrol(student, classroom, request=request)
    messages.success(request, _("The account of %(student)s is open again.") % {"student": student})
    return redirect(PAGE, classroom.pk)


def _move(request: SignedInRequest, classroom: Classroom, students: list[User], target: Classroom) -> None:
    there = set(students_of(target, request.user).values_list("pk", flat=True))
    for student in students:
        _leave(request, student, classroom)
        if student.pk not in there:
            people.enrol(student, target, request=request)
    messages.success(request, _("%(students)s moved to %(target)s.") % {"students": _names(students), "target": target})


def _remove(request: SignedInRequest, classroom: Classroom, students: list[User], target: Classroom) -> None:
    for student in students:
        _leave(request, student, classroom)
    messages.success(
        request,
        _("%(students)s left %(classroom)s. To undo it, add them by their names again.")
        % {"students": _names(students), "classroom": classroom},
    )


def _close(request: SignedInRequest, classroom: Classroom, students: list[User], target: Classroom) -> None:
    for student in students:
        people.close_account(student, request=request)
    messages.success(
        request,
        _("Closed: %(students)s. At the end of this page it can be undone until tomorrow.")
        % {"students": _names(students)},
    )


def _leave(request: SignedInRequest, student: User, classroom: Classroom) -> None:
    own = student.enrolments.filter(classroom=classroom, until__isnull=True)
    people.leave_classes(student, own, request=request)


def _names(students: Iterable[User]) -> str:
    """Up to three names, or how many."""
    names = [str(student) for student in students]
    return ", ".join(names) if len(names) <= 3 else _("%(count)s students") % {"count": len(names)}


_ACTIONS: dict[str, Callable[[SignedInRequest, Classroom, list[User], Classroom], None]] = {
    "move": _move,
    "remove": _remove,
    "close": _close,
}
