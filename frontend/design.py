"""The page that shows the design system: the colours of css/base.css by name, and what each is for."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

COLOURS = {
    "paper": _("The ground of a page"),
    "raised": _("What stands on it: bars, code, notices"),
    "hover": _("What is pointed at in a list"),
    "line": _("Rules between parts; never the only sign of a field"),
    "ink": _("Text"),
    "muted": _("Text of less weight, and the frames of fields"),
    "accent": _("The main button, and what is chosen"),
    "accent-strong": _("Links, and the main button when pointed at"),
    "on-accent": _("Words on the accent"),
    "danger": _("Errors, and what cannot be taken back"),
    "warn": _("What wants a look"),
    "mark": _("The ground of what waits for somebody"),
    "error-paper": _("The ground of an error"),
    "focus": _("The ring around what the keyboard is at"),
    "code-keyword": _("Code: words of the language"),
    "code-string": _("Code: text"),
    "code-number": _("Code: numbers"),
    "code-comment": _("Code: comments"),
    "code-name": _("Code: names that are defined"),
    "selection": _("Code: what is selected"),
    "active-line": _("Code: a veil over the line the cursor is in"),
}


@require_safe
@login_not_required
def show_design(request: HttpRequest) -> HttpResponse:
    """Every component of the pages in every state."""
    return render(request, "design/index.html", {"colours": list(COLOURS.items())})
