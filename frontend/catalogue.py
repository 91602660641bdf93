"""The texts of the browser side in another language than English, as a script that pages load before their modules."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

# What the texts in the source are written in. Its pages need no catalogue.
SOURCE_LANGUAGE = "en-gb"
_YEAR_S = 365 * 24 * 60 * 60
_SHORT_S = 5 * 60


class Catalogue(NamedTuple):
    """The script for one language, and the name of just this content."""

    script: bytes
    version: str


def catalogue_address() -> str | None:
    """Where the catalogue of the active language is; None in English. The address changes with the content."""
    language = translation.get_language() or SOURCE_LANGUAGE
    if language == SOURCE_LANGUAGE:
        return None
    query = urlencode({"language": language, "version": catalogue(language).version})
    return f"{reverse('frontend:catalogue')}?{query}"


@require_safe
@login_not_required
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of `?language=`, alike for everybody. 404 for a language that is not set up."""
    language = request.GET.get("language", SOURCE_LANGUAGE)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = catalogue(language)
    response = HttpResponse(found.script, content_type="text/javascript; charset=utf-8")
    if request.GET.get("version") == found.version:
        response["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
    else:
        response["Cache-Control"] = f"public, max-age={_SHORT_S}"
    return response


@cache
def catalogue(language: str) -> Catalogue:
    """Made once in a process: Django keeps the texts as they were at the start, too."""
    with translation.override(language):
        script = _OwnTexts().get(HttpRequest()).content
    return Catalogue(script, hashlib.sha256(script).hexdigest()[:12])


class _OwnTexts(JavaScriptCatalog):
    packages = ["frontend"]

    def get_paths(self, packages: object) -> list[str]:
        return [str(path) for path in settings.LOCALE_PATHS]
