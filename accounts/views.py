from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import devices
from accounts.destinations import destination, wanted
from accounts.forms import SignInForm
from accounts.models import User
from accounts.names import MAX_LOGIN_NAME
from accounts.waiting import ask_to_wait


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest, school_slug: str = "") -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(destination(request))
    name = request.GET.get("name", "")[:MAX_LOGIN_NAME].replace("\x00", "")
    form = SignInForm(request.POST or None, request=request, school_slug=school_slug, initial={"username": name})
    if form.is_valid() and form.user:
        login(request, form.user)
        response = HttpResponseRedirect(destination(request))
        devices.remember(request, response, form.user)
        return response
    context = {
        "form": form,
        "next": wanted(request),
        "school_name": User.objects.school_name(school_slug) if school_slug else "",
    }
    if form.refused:
        return ask_to_wait(request, "accounts/sign_in.html", context, form.refused)
    return render(request, "accounts/sign_in.html", context, status=400 if form.is_absurd else 200)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and shows the sign-in page of the person's own school."""
    school = request.user.school if request.user.is_authenticated else None
    logout(request)
    return redirect("accounts:school-sign-in", school.slug) if school else redirect(settings.LOGOUT_REDIRECT_URL)


@require_safe
@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends whom it does not let in: there is one sign-in page, and signing in again helps nobody."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(resolve_url("accounts:sign-in") + f"?{request.GET.urlencode()}")
