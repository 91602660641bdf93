"""Who must be signed in, how long a session lasts, and when somebody was last here."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.http import json_answer
from accounts.models import User
from accounts.roles import Role
from codeplatform.error_pages import wants_json
from codeplatform.middleware import SAFE_METHODS

View = Callable[..., HttpResponseBase]

# Shared devices: who walks away is signed out, a student sooner; anybody is after half a day.
STUDENT_IDLE_S = 60 * 60
STAFF_IDLE_S = 2 * 60 * 60
SESSION_S = 12 * 60 * 60
IDLE_STEP_S = 5 * 60  # how exactly idleness is known: one write of session and person in so much time


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Views are for signed-in people unless they opt out, and a session that lay idle or grew old has ended.

    Signed out: a page leads to the sign-in page, a script gets 401 with its address as JSON. Whoever has to choose a
    password first is led to do so, and a script gets 403. What a signed-in person saw stays out of every cache. Times
    are those of the person's school.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[object, ...], view_kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        timezone.deactivate()
        # Django asks who is there before it asks whether that matters: two queries for each public answer.
        if not getattr(view_func, "login_required", True):
            return None
        if isinstance(request.user, User):
            _end_stale_session(request, request.user)
            _keep_time_of_the_school(request.user)
        # Asked again: the session may just have ended.
        is_temporary = isinstance(request.user, User) and request.user.must_change_password
        if is_temporary and not getattr(view_func, "temporary_password_is_enough", False):
            return _ask_for_own_password(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        if wants_json(request):
            body = {"error": _("You are signed out. Sign in again."), "sign_in": resolve_url(settings.LOGIN_URL)}
            return json_answer(body, status=401)
        return super().handle_no_permission(request, view_func)


def _end_stale_session(request: HttpRequest, user: User) -> None:
    now = int(time.time())
    is_new = "seen_at" not in request.session
    began_at = request.session.setdefault("began_at", now)
    seen_at = request.session.setdefault("seen_at", now)
    idle_s = STUDENT_IDLE_S if user.role == Role.STUDENT else STAFF_IDLE_S
    if now - seen_at > idle_s or now - began_at > SESSION_S:
        logout(request)
    elif is_new or now - seen_at > IDLE_STEP_S:
        request.session["seen_at"] = now
        User.objects.filter(pk=user.pk).update(last_seen_at=timezone.now())


def _ask_for_own_password(request: HttpRequest) -> HttpResponse:
    address = resolve_url("accounts:account")
    if wants_json(request):
        return json_answer({"error": _("Choose a password of your own first."), "address": address}, status=403)
    if request.method in SAFE_METHODS:
        address += f"?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(address)


def _keep_time_of_the_school(person: User | AnonymousUser) -> None:
    if person.is_authenticated and person.school:
        timezone.activate(person.school.time_zone)
