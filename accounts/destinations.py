from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """Where the person was going, as the form or the address says; not to be trusted."""
    return request.POST.get("next") or request.GET.get("next", "")


def destination(request: HttpRequest) -> str:
    """Where the person was going, as long as it is a page of ours."""
    address = wanted(request)
    is_safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    if is_safe and urlsplit(address).path.startswith("/"):
        return address
    return resolve_url(settings.LOGIN_REDIRECT_URL)
