from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_address
from schools.interest import TooMany, register
from schools.interest_forms import InterestForm
from schools.retention import INTEREST_DAYS


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def interest(request: HttpRequest) -> HttpResponse:
    """Somebody from a school that is not here registers their interest."""
    if request.method != "POST":
        return _page(request, InterestForm())
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        register(form.interest(), client_address(request))
    except TooMany as refusal:
        form.add_error(None, _wait(refusal.wait_s))
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(refusal.wait_s)
        return response
    return redirect("schools:interest-thanks")


@require_safe
@login_not_required
def thanks(request: HttpRequest) -> HttpResponse:
    """What comes after it: the same for everybody, so that it can be loaded again."""
    return render(request, "schools/interest_thanks.html", {"sends_mail": settings.SENDS_MAIL})


def _wait(wait_s: int) -> str:
    minutes = -(-wait_s // 60)
    return ngettext(
        "Many registrations came from your network. What you wrote is still here: send it again in %(count)d minute.",
        "Many registrations came from your network. What you wrote is still here: send it again in %(count)d minutes.",
        minutes,
    ) % {"count": minutes}


def _page(request: HttpRequest, form: InterestForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "days": INTEREST_DAYS, "contact": settings.INTEREST_EMAIL}
    return render(request, "schools/interest.html", context, status=status)
