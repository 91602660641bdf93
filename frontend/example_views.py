from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from frontend.examples import examples, groups


@gzip_page
@require_safe
@login_not_required
def example_list(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/examples.html", {"groups": groups()})


@gzip_page
@require_safe
@login_not_required
def example_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An example to read, run, change and, for who is signed in, to copy."""
    example = examples().get(slug)
    if example is None:
        raise Http404
    listed = list(examples().values())
    following = listed[(listed.index(example) + 1) % len(listed)]
    return render(request, "frontend/example.html", {"example": example, "next": following})
