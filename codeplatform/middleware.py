"""What holds for every request: isolation headers, our own origin only, bodies of a bounded size."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from codeplatform.error_pages import refuse

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

# 'self' is enough for our own scripts; the nonce is for the style element that the code editor makes.
PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'nonce-{nonce}'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
# cross-origin-isolated is not among them: the sandbox frame is given it by its `allow` attribute.
DENIED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)


class IsolationMiddleware:
    """Every answer, errors and files too, keeps other sites out and its own page in.

    An answer that sets one of these headers itself keeps what it set (the sandbox frame, the files it loads).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        directives = [f"{name} {sources}" for name, sources in PAGE_POLICY.items()]
        self.policy = "; ".join(directives + (["upgrade-insecure-requests"] if settings.HTTPS else []))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", self.policy.replace("{nonce}", request.csp_nonce))  # type: ignore[attr-defined]
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        if not getattr(response, "xframe_options_exempt", False):
            headers.setdefault("X-Frame-Options", "DENY")
        return response


class OwnOriginMiddleware:
    """Only our own pages may change anything, and no foreign page may read anything, whatever cookies come along.

    Some browsers send SameSite cookies from the sandbox frame, so the cookie's own protection is not leaned on
    (decision 4). Browsers without Sec-Fetch-Site, and plain http, leave the Origin and the CSRF token as guards.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.open_prefixes = (urlsplit(settings.STATIC_URL).path, "/runtime/", "/sandbox/")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (self._may_read(request) if request.method in SAFE_METHODS else self._may_change(request)):
            return refuse(request, _("This request came from another site."))
        return self.get_response(request)

    def _may_change(self, request: HttpRequest) -> bool:
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site is not None and site != "same-origin":
            return False
        return origin is None or origin == f"{request.scheme}://{request.get_host()}"

    def _may_read(self, request: HttpRequest) -> bool:
        if request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}:
            return True
        # A link from elsewhere may open a page of ours in a tab; nothing else may load it.
        if request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document":
            return True
        return request.path_info.startswith(self.open_prefixes)


class BodySizeMiddleware:
    """What is larger than anything the site takes is refused before it is read: Django counts all but files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without a length Django reads nothing.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return refuse(request, _("This came without a length that makes sense. Send it again."), 400)
        if int(length[:20]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
            return refuse(
                request,
                _("This is larger than %(megabytes)s MB, the most that can be sent at once.")
                % {"megabytes": megabytes},
                413,
            )
        return self.get_response(request)
