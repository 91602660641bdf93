"""Classes: made, named, archived and opened again, and who teaches them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.roles import Role
from schools import people
from schools.audit import Detail, record
from schools.audit_events import What
from schools.classroom_access import own_classroom, teachers_of
from schools.classroom_forms import ClassroomForm, CoTeacherForm
from schools.models import Classroom

LIST = "schools:classroom-list"
PAGE = "schools:classroom-detail"


@require_safe
def classroom_list(request: SignedInRequest) -> HttpResponse:
    if request.user.role == Role.STUDENT:
        raise PermissionDenied
    visible = Classroom.objects.visible_to(request.user).select_related("school").with_student_count()
    context = {
        "classrooms": visible.filter(archived_at=None),
        "archived": Classroom.objects.restorable_by(request.user).select_related("school").with_student_count(),
        "can_create": request.user.school_id is not None,
    }
    return render(request, "schools/classroom_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def classroom_create(request: SignedInRequest) -> HttpResponse:
    """A new class; the teacher who makes it teaches it."""
    school = request.user.school
    if request.user.role == Role.STUDENT or school is None:
        raise PermissionDenied
    form = ClassroomForm(request.POST if request.method == "POST" else None, school=school)
    if request.method != "POST" or not form.is_valid():
        return render(request, "schools/classroom_create.html", {"form": form}, status=400 if form.is_bound else 200)
    with transaction.atomic():
        classroom = form.save()
        details = {"classroom": str(classroom.pk)}
        record(What.CLASSROOM_CREATED, school=school, request=request, details=details)
        if request.user.role == Role.TEACHER:
            people.enrol(request.user, classroom, request=request)
    return redirect(PAGE, classroom.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def classroom_settings(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    classroom = own_classroom(request, classroom_id, change=request.method == "POST")
    data = request.POST if request.method == "POST" else None
    form = ClassroomForm(data, instance=own_classroom(request, classroom_id, change=False), school=classroom.school)
    if request.method != "POST" or not form.is_valid():
        context = {"classroom": classroom, "form": form}
        return render(request, "schools/classroom_settings.html", context, status=400 if form.is_bound else 200)
    form.save()
    if form.changed_data:
        details: dict[str, Detail] = {"classroom": str(classroom.pk), "fields": form.changed_data}
        record(What.CLASSROOM_CHANGED, school=classroom.school, request=request, details=details)
    return redirect(PAGE, classroom.pk)


@require_POST
def classroom_archive(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """Puts the class away. Its teacher can take that back for a day, an admin at any time."""
    classroom = own_classroom(request, classroom_id)
    classroom.archived_at = timezone.now()
    classroom.save(update_fields=["archived_at"])
    details = {"classroom": str(classroom.pk)}
    record(What.CLASSROOM_ARCHIVED, school=classroom.school, request=request, details=details)
    messages.success(
        request, _("Class %(classroom)s is archived. You find it at the end of this page.") % {"classroom": classroom}
    )
    return redirect(LIST)


@require_POST
def classroom_unarchive(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    classroom = Classroom.objects.restorable_by(request.user).filter(pk=classroom_id).first()
    if classroom is None:
        own_classroom(request, classroom_id)
        return redirect(PAGE, classroom_id)
    classroom.archived_at = None
    classroom.save(update_fields=["archived_at"])
    details: dict[str, Detail] = {"classroom": str(classroom.pk), "fields": ["archived_at"]}
    record(What.CLASSROOM_CHANGED, school=classroom.school, request=request, details=details)
    return redirect(PAGE, classroom.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def classroom_teachers(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """Who teaches the class; POST adds a teacher of the school."""
    classroom = own_classroom(request, classroom_id)
    form = CoTeacherForm(request.POST if request.method == "POST" else None, classroom=classroom)
    if request.method == "POST" and form.is_valid():
        people.enrol(form.teacher, classroom, request=request)
        messages.success(
            request,
            _("%(teacher)s teaches %(classroom)s now, too.") % {"teacher": form.teacher, "classroom": classroom},
        )
        return redirect("schools:classroom-teachers", classroom.pk)
    context = {"classroom": classroom, "form": form, "teachers": teachers_of(classroom)}
    return render(request, "schools/classroom_teachers.html", context, status=400 if form.is_bound else 200)


@require_POST
def teacher_remove(request: SignedInRequest, classroom_id: UUID, user_id: UUID) -> HttpResponse:
    """Takes a teacher, who may be oneself, out of the class; the last one only an admin can."""
    classroom = own_classroom(request, classroom_id)
    with transaction.atomic():
        # Whoever comes second waits here, and then finds one teacher fewer.
        Classroom.objects.select_for_update().get(pk=classroom.pk)
        teachers = teachers_of(classroom)
        teacher = get_object_or_404(teachers, pk=user_id)
        if request.user.role == Role.TEACHER and teachers.count() < 2:
            messages.error(request, _("A class needs a teacher. Add another one first, or ask your school admin."))
            return redirect("schools:classroom-teachers", classroom.pk)
        own = teacher.enrolments.filter(classroom=classroom, until__isnull=True)
        people.leave_classes(teacher, own, request=request)
    messages.success(
        request, _("%(teacher)s does not teach %(classroom)s any more.") % {"teacher": teacher, "classroom": classroom}
    )
    return redirect(LIST) if teacher == request.user else redirect("schools:classroom-teachers", classroom.pk)
