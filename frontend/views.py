from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from frontend.compatibility import compatibility_tables
from frontend.compatibility_page import MAX_QUERY, count_by_status, shown_categories
from frontend.guides import GUIDES, all_guides, neighbours, read_guide
from frontend.home_program import home_program
from frontend.runtime.current import current_runtime
from frontend.start_times import start_times
from frontend.technology import parts

# Where each role's work begins
START_PAGES = {
    "student": "projects:project-list",
    "teacher": "schools:classroom-list",
    "school_admin": "schools:classroom-list",
    "operator": "admin:index",
}


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The front page for visitors; whoever is signed in goes on to their work."""
    if request.user.is_authenticated:
        return redirect(START_PAGES[request.user.role])
    return render(request, "frontend/home.html", {"program": home_program(), "times": start_times()})


@gzip_page
@require_safe
@login_not_required
def compatibility(request: HttpRequest) -> HttpResponse:
    """What works in this Python: the tables of `compatibility.toml`, with the versions of the runtime served now."""
    runtime, query = current_runtime(), request.GET.get("q", "").strip()[:MAX_QUERY]
    categories = shown_categories(compatibility_tables(), runtime, query)
    context = {
        "categories": categories,
        "statuses": count_by_status(categories),
        "runtime": runtime,
        "query": query,
        "found_count": sum(category.found_count for category in categories),
        "row_count": sum(len(category.rows) for category in categories),
    }
    return render(request, "frontend/compatibility.html", context)


@require_safe
@login_not_required
def technology(request: HttpRequest) -> HttpResponse:
    """How the site is built, what happens when a program runs, and what keeps students' work apart."""
    runtime = current_runtime()
    return render(request, "frontend/technology.html", {"runtime": runtime, "parts": parts(runtime)})


@require_safe
@login_not_required
def cors(request: HttpRequest) -> HttpResponse:
    """Which web addresses a student's program can read, and why not all; the visitor's own browser tries one."""
    allowed = settings.SANDBOX_CONNECT_SRC.split()
    context = {
        "allows_nothing": allowed == ["'none'"],
        "allowed": [] if {"https:", "*"} & set(allowed) else allowed,
    }
    return render(request, "frontend/cors.html", context)


@require_safe
@login_not_required
def help_index(request: HttpRequest) -> HttpResponse:
    """The list of guides."""
    return render(request, "frontend/help.html", {"guides": all_guides()})


@require_safe
@login_not_required
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in GUIDES:
        raise Http404
    before, after = neighbours(slug)
    return render(request, "frontend/guide.html", {"guide": read_guide(slug), "before": before, "after": after})


@require_safe
@cache_control(public=True, max_age=300)
@xframe_options_exempt
@login_not_required
def sandbox_frame(request: HttpRequest) -> HttpResponse:
    """The document in which students' programs run: an opaque origin with nobody's session (decision 4).

    'self' matches nothing in an opaque origin, so its policy names our address in full. The page asks for
    `?embedder=credentialless` where the browser knows that policy (decision 7).
    """
    origin = f"{request.scheme}://{request.get_host()}"
    # Without the request: nobody's session is read, and the answer is the same for all.
    response = HttpResponse(render_to_string("sandbox/frame.html"))
    response["Content-Security-Policy"] = "; ".join(
        [
            "sandbox allow-scripts",
            "default-src 'none'",
            # blob: is how the worker imports Pyodide's own modules. A program may make scripts anyway: 'unsafe-eval'
            # adds nothing to what it can do, and Pyodide's run_js needs it.
            f"script-src {origin}{settings.STATIC_URL}sandbox/ 'wasm-unsafe-eval' 'unsafe-eval' blob:",
            "worker-src data:",
            f"connect-src {settings.SANDBOX_CONNECT_SRC}",
            f"frame-ancestors {origin}",
            "form-action 'none'",
            "base-uri 'none'",
        ]
    )
    wants_credentialless = request.GET.get("embedder") == "credentialless"
    response["Cross-Origin-Embedder-Policy"] = "credentialless" if wants_credentialless else "require-corp"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
