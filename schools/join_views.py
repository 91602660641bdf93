"""Join codes: the teacher's page of a class, and the page where students type them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.roles import Role
from schools import joining
from schools.classroom_access import own_classroom
from schools.join_forms import REFUSAL, JoinForm, NewCodeForm, RegisterForm
from schools.models import Classroom, JoinCode

CODE = "schools:join-code"
_HELD = "join_code"  # in a visitor's session
_WAIT = gettext_lazy("You typed many wrong codes. Wait a minute, then type it again.")


@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """The code of the class, large enough for the projector; POST makes a new one."""
    classroom = _classroom(request, classroom_id)
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        joining.new_code(classroom, **form.cleaned_data, request=request)
        return redirect(CODE, classroom.pk)
    code = JoinCode.objects.open().filter(classroom=classroom).first()
    context = {
        "classroom": classroom,
        "code": code,
        "shown_code": f"{code.code[:4]}-{code.code[4:]}" if code else "",
        "form": form,
        "address": request.get_host(),
    }
    return render(request, "schools/join_code.html", context, status=400 if form.is_bound else 200)


@require_POST
def join_code_revoke(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    classroom = _classroom(request, classroom_id)
    joining.revoke_codes(classroom, request=request)
    return redirect(CODE, classroom.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def join(request: HttpRequest) -> HttpResponse:
    """A student types a code and is in the class; a visitor, where the school allows it, makes an account first."""
    if request.user.is_authenticated and request.user.role != Role.STUDENT:
        raise PermissionDenied(_("Join codes are for students. Open the page of a class to make one."))
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _join_page(request, form)
    if not form.is_valid():
        return _join_page(request, form, status=400)
    if isinstance(request.user, User):
        return _join_as_student(request, request.user, form)
    if joining.code_for_visitors(form.cleaned_data["code"]) is None:
        form.add_error("code", REFUSAL)
        return _join_page(request, form, status=400)
    request.session[_HELD] = joining.tidy(form.cleaned_data["code"])
    return redirect("register")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@login_not_required
def register(request: HttpRequest) -> HttpResponse:
    """A visitor who typed a code makes an account in its class, and is signed in."""
    code = None if request.user.is_authenticated else joining.code_for_visitors(request.session.get(_HELD, ""))
    if code is None:
        return redirect("join")
    form = RegisterForm(request.POST if request.method == "POST" else None, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            user = form.save(request)
        except joining.CannotJoin:
            return redirect("join")
        if user is not None:
            login(request, user, backend="accounts.backends.SchoolBackend")
            return redirect("projects:project-list")
    context = {"form": form, "classroom": code.classroom}
    return render(request, "schools/register.html", context, status=400 if form.is_bound else 200)


def _join_as_student(request: HttpRequest, student: User, form: JoinForm) -> HttpResponse:
    try:
        classroom = joining.join(student, form.cleaned_data["code"], request=request)
    except joining.TooManyTries:
        form.add_error("code", _WAIT)
        return _join_page(request, form, status=429)
    except joining.CannotJoin:
        form.add_error("code", REFUSAL)
        return _join_page(request, form, status=400)
    messages.success(request, _("You are in %(classroom)s now.") % {"classroom": classroom})
    return redirect("projects:project-list")


def _classroom(request: SignedInRequest, classroom_id: UUID) -> Classroom:
    classroom = own_classroom(request, classroom_id)
    if not classroom.school.has_join_codes:
        raise PermissionDenied(_("Your school has switched join codes off."))
    return classroom


def _join_page(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    return render(request, "schools/join.html", {"form": form}, status=status)
