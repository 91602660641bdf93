"""The page on which a person sees their account and changes the password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import devices
from accounts.destinations import destination, wanted
from accounts.forms import PasswordForm
from accounts.http import SignedInRequest, temporary_password_is_enough
from accounts.passwords import set_new_password
from accounts.signals import sessions_ended
from accounts.waiting import ask_to_wait


@temporary_password_is_enough
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("old_password", "new_password")
@never_cache
def account(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, request=request, user=request.user)
    is_valid, is_first = form.is_valid(), request.user.must_change_password
    classrooms = [enrolment.classroom for enrolment in request.user.enrolments.active().select_related("classroom")]
    context = {"form": form, "is_first": is_first, "next": wanted(request), "classrooms": classrooms}
    if form.refused:
        return ask_to_wait(request, "accounts/account.html", context, form.refused)
    if not is_valid:
        return render(request, "accounts/account.html", context, status=400 if form.is_absurd else 200)
    set_new_password(request.user, form.cleaned_data["new_password"], by=request.user, request=request)
    messages.success(request, _("Your password is changed. On all other devices you are signed out."))
    return _stay(request, redirect(destination(request) if is_first else "accounts:account"))


@require_POST
def sign_out_others(request: SignedInRequest) -> HttpResponse:
    """Ends all sessions of the person but this one."""
    request.user.end_sessions()
    sessions_ended.send(type(request.user), user=request.user, request=request)
    messages.success(request, _("On all other devices you are signed out."))
    return _stay(request, redirect("accounts:account"))


def _stay(request: SignedInRequest, response: HttpResponse) -> HttpResponse:
    update_session_auth_hash(request, request.user)
    devices.remember(request, response, request.user)
    return response
