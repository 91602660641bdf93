"""Adding students to a class, giving them new pass-phrases, and the log-in cards that come of either."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from schools import roster
from schools.classroom_access import own_classroom
from schools.models import Classroom, RosterBatch, RosterEntry
from schools.roster_forms import AddStudentsForm, RosterChoicesForm
from schools.roster_plan import Problem, plan

STEP_S = 1.0  # how long one request works on a batch
FIRST_STEP_S = 3.0  # a class of thirty is done within it
MOST_EDITABLE = 500  # login names in one form; Django takes no more than 1,000 fields
MOST_QR_CODES = 500  # one takes 10 ms to draw
BATCH = "schools:roster-batch"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("names")
def add_students(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    classroom = own_classroom(request, classroom_id)
    if request.method != "POST":
        return _add_page(request, classroom, AddStudentsForm())
    form = AddStudentsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _add_page(request, classroom, form, status=400)
    same_year = Classroom.objects.editable_by(request.user).filter(
        school=classroom.school, year=classroom.year, archived_at=None
    )
    planned = plan(form.roster.rows, classroom.school, classroom, same_year)
    if planned.problems:
        return _add_page(request, classroom, form, planned.problems, status=400)
    if form.roster.ignored_columns:
        messages.info(
            request,
            _("These columns are left out: %(ignored_columns)s.")
            % {"ignored_columns": ", ".join(form.roster.ignored_columns[:10])},
        )
    return redirect(BATCH, classroom.pk, roster.begin(planned.entries, classroom, request.user).pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_batch(request: SignedInRequest, classroom_id: UUID, batch_id: UUID) -> HttpResponse:
    """What the list would do; then how far it is; then the way to the cards. POST confirms it."""
    classroom, batch = _own_batch(request, classroom_id, batch_id)
    if request.method != "POST" or batch.state != "listed":
        return _batch_page(request, classroom, batch)
    choices = RosterChoicesForm(request.POST)
    problems = roster.choose(batch, choices.logins, choices.new_people)
    if problems:
        return _batch_page(request, classroom, batch, problems, choices.logins, status=400)
    roster.confirm(batch)
    _advance(request, batch, FIRST_STEP_S)
    return redirect(BATCH, classroom.pk, batch.pk)


@require_POST
def roster_step(request: SignedInRequest, classroom_id: UUID, batch_id: UUID) -> HttpResponse:
    """Works on the batch for a second. A script gets `done`, `total` and `state`; a person the page again."""
    classroom, batch = _own_batch(request, classroom_id, batch_id)
    _advance(request, batch, STEP_S)
    if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
        return redirect(BATCH, classroom.pk, batch.pk)
    done, total = roster.progress(batch)
    body = {"done": done, "total": total, "state": batch.state}
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


@require_POST
@never_cache
def login_cards(request: SignedInRequest, classroom_id: UUID, batch_id: UUID) -> HttpResponse:
    """The cards, once."""
    classroom, batch = _own_batch(request, classroom_id, batch_id)
    cards = roster.take_cards(batch)
    if cards is None:
        batch.refresh_from_db()
        return _batch_page(request, classroom, batch, status=410)
    address = request.build_absolute_uri(resolve_url("accounts:school-sign-in", classroom.school.slug))
    everybodys_code = _qr_code(address) if len(cards) > MOST_QR_CODES else ""
    context = {
        "classroom": classroom,
        "address": address.partition("://")[2],
        "cards": [
            (card, everybodys_code or _qr_code(f"{address}?{urlencode({'name': card.short_name})}")) for card in cards
        ],
    }
    return render(request, "schools/login_cards.html", context)


def _qr_code(address: str) -> str:
    """An image as a data: address. A fixed mask is a little harder to scan, and eight times as fast to make."""
    return segno.make(address, error="m", mask=0, micro=False).svg_data_uri(border=2)


def _own_batch(request: SignedInRequest, classroom_id: UUID, batch_id: UUID) -> tuple[Classroom, RosterBatch]:
    classroom = own_classroom(request, classroom_id)
    own = RosterBatch.objects.visible_to(request.user).filter(classroom=classroom)
    return classroom, get_object_or_404(own.select_related("classroom__school"), pk=batch_id)


def _advance(request: SignedInRequest, batch: RosterBatch, seconds: float) -> None:
    try:
        roster.advance(batch, seconds=seconds, by=request.user, request=request)
    except roster.CannotIssue as error:
        batch.refresh_from_db()
        messages.error(request, str(error))


def _add_page(
    request: HttpRequest,
    classroom: Classroom,
    form: AddStudentsForm,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"classroom": classroom, "form": form, "problems": problems or []}
    return render(request, "schools/add_students.html", context, status=status)


def _batch_page(
    request: HttpRequest,
    classroom: Classroom,
    batch: RosterBatch,
    problems: dict[int, str] | None = None,
    logins: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    entries = list(batch.entries.select_related("classroom"))
    counts = {kind.value: sum(entry.kind == kind for entry in entries) for kind in RosterEntry.Kind}
    done, total = roster.progress(batch)
    context = {
        "classroom": classroom,
        "batch": batch,
        "counts": counts,
        "is_editable": counts["new"] <= MOST_EDITABLE,
        "has_classes": any(entry.classroom_id != classroom.pk for entry in entries),
        "rows": [
            (entry, (problems or {}).get(entry.number, ""), (logins or {}).get(entry.number, entry.short_name))
            for entry in (entries if batch.state == "listed" else [])
        ],
        "problem_count": len(problems or {}),
        "done": done,
        "total": total,
    }
    return render(request, f"schools/roster_{batch.state}.html", context, status=status)
