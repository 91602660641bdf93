"""What browsers and crawlers ask for by a name that is the same on every site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /classes/\nDisallow: /login/\nDisallow: /projects/\n"
# --paper and --accent of base.css, in the light theme.
BACKGROUND_COLOUR, THEME_COLOUR = "#ffffff", "#1f6f5c"
# Name, sizes and purpose as https://www.w3.org/TR/appmanifest/#icons-member has them; made by tools/pictures/draw.py.
ICONS = (
    ("icon.svg", "any", "any"),
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-192.png", "192x192", "maskable"),
    ("maskable-512.png", "512x512", "maskable"),
)


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86_400)
@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """To the icon under the name that changes with its content."""
    return redirect(static("icons/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=3600)
@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    """The web manifest: how the site looks when it is put on a home screen."""
    body = {
        "id": "/",
        "name": "codeplatform",
        "short_name": "codeplatform",
        "description": _("Python for schools: programs run in the student’s own browser, with nothing to install."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND_COLOUR,
        "theme_color": THEME_COLOUR,
        "categories": ["education"],
        "icons": [
            {"src": static(f"icons/{name}"), "sizes": sizes, "purpose": purpose} for name, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")
