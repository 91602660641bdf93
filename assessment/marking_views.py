"""The pages on which a teacher re-marks, and what their script asks for: for those who look after the class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest, json_answer
from assessment import marking
from assessment.marking_forms import ScopeForm, read_count, read_ids, read_results
from assessment.models import Assignment, Mark, MarkingItem, MarkingRun
from assessment.outcomes import BadOutcome
from exercises.exercise_page import file_json
from exercises.models import ExerciseFile, ExerciseVersion
from exercises.representation import as_json
from exercises.versions import as_spec
from projects.json_body import BadJson, read_object
from schools.audit import record
from schools.audit_events import What
from schools.classroom_access import own_classroom
from schools.models import Classroom


@require_http_methods(["GET", "HEAD", "POST"])
def marking_new(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """What would be marked, and the button that begins."""
    classroom = own_classroom(request, classroom_id)
    assignments = Assignment.objects.visible_to(request.user).in_use().filter(classrooms=classroom)
    form = ScopeForm(request.POST if request.method == "POST" else request.GET, assignments=assignments)
    if not form.is_valid():
        status = 400 if request.method == "POST" else 404
        return render(request, "assessment/marking_new.html", {"classroom": classroom, "form": form}, status=status)
    chosen = form.cleaned_data
    scope = marking.Scope(chosen["assignment"], chosen["only_unverified"], chosen["newest"])
    if request.method == "POST":
        run = marking.start_run(classroom, request.user, scope)
        return redirect("assessment:marking-run", classroom.pk, run.pk)
    rows = marking.preview(classroom, request.user, scope)
    context = {
        "classroom": classroom,
        "form": form,
        "rows": rows,
        "total": sum(row.submitted for row in rows),
        "has_newer": any(row.assigned.exercise.newest.number > row.assigned.version.number for row in rows),
        "runs": _runs(request, classroom).filter(published_at__isnull=True),
    }
    return render(request, "assessment/marking_new.html", context)


@require_safe
def marking_run(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> HttpResponse:
    classroom = own_classroom(request, classroom_id, change=False)
    run = _run(request, classroom, run_id)
    names = ("claim", "give-back", "results", "tests")
    at = reverse("assessment:marking-run", args=[classroom.pk, run.pk])
    items = _items(run)
    context = {
        "classroom": classroom,
        "run": run,
        "handed_in_since": marking.handed_in_since(run),
        "page_config": {
            "total": len(items),
            "done": [_row(item) for item in items if item.done_at is not None],
            "is_finished": run.finished_at is not None,
            "urls": {name.replace("-", "_"): f"{at}{name}/" for name in names},
        },
    }
    return render(request, "assessment/marking_run.html", context)


@require_POST
def marking_claim(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> JsonResponse:
    """{"count"} → {"items": [{id, name, exercise, version, entry, files}]}: the next submissions, for this browser."""
    run = _open_run(request, classroom_id, run_id)
    try:
        count = read_count(read_object(request.body))
    except (BadJson, BadOutcome) as error:
        return json_answer({"error": str(error)}, 400)
    return json_answer({"items": [_to_run(item) for item in marking.take(run, request.user, count)]})


@require_safe
def marking_tests(request: SignedInRequest, classroom_id: UUID, run_id: UUID, version_id: UUID) -> JsonResponse:
    """All tests of a version that the run uses, the hidden ones too: {"tests": exercises.representation}."""
    run = _run(request, own_classroom(request, classroom_id, change=False), run_id)
    version = get_object_or_404(ExerciseVersion, pk=version_id, pk__in=run.items.values("version"))
    files = {f.path: bytes(f.content) for f in version.files.filter(part=ExerciseFile.Part.TESTS)}
    tests = [{"id": str(test.pk), **as_json(as_spec(test), files)} for test in version.tests.all()]
    return json_answer({"tests": tests})


@require_POST
def marking_give_back(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> JsonResponse:
    """{"items": ids}: this browser stops before these are done."""
    run = _open_run(request, classroom_id, run_id)
    try:
        marking.give_back(run, read_ids(read_object(request.body)))
    except (BadJson, BadOutcome) as error:
        return json_answer({"error": str(error)}, 400)
    return json_answer({})


@require_POST
def marking_results(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> JsonResponse:
    """{"results": [{item, tests: [{test, outcome, share, detail}], problem}]} → {"done": rows, "is_finished"}.

    A submission that was answered for before stays as it is; its row is in the answer all the same.
    """
    run = _open_run(request, classroom_id, run_id)
    try:
        results = read_results(read_object(request.body))
        items = {item.pk: item for item in _items(run, [item for item, _, _ in results])}
        if len(items) != len(results):
            raise BadOutcome(_("These submissions are not in this run. Reload the page."))
        for key, outcomes, problem in results:
            marking.record_results(items[key], outcomes, problem)
    except (BadJson, BadOutcome, ValueError) as error:
        return json_answer({"error": str(error)}, 400)
    is_finished = marking.finish_if_done(run)
    return json_answer({"done": [_row(item) for item in _items(run, items)], "is_finished": is_finished})


@require_POST
def marking_publish(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> HttpResponse:
    run = _open_run(request, classroom_id, run_id)
    try:
        count = marking.publish(run, request.user)
    except marking.StillRunning:
        messages.error(request, _("Not all of it is marked yet. Go on, and publish when it is."))
    except marking.AlreadyPublished:
        messages.info(request, _("This was published already."))
    else:
        record(What.MARKS_PUBLISHED, request=request, details={"classroom": str(run.classroom_id), "count": count})
        messages.success(
            request,
            ngettext("%(count)s mark is verified now.", "%(count)s marks are verified now.", count) % {"count": count},
        )
    return redirect("assessment:marking-run", run.classroom_id, run.pk)


@require_POST
def marking_discard(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> HttpResponse:
    run = _open_run(request, classroom_id, run_id)
    try:
        marking.discard(run)
    except marking.AlreadyPublished:
        messages.error(request, _("This was published and stays. Mark anew to change it."))
        return redirect("assessment:marking-run", run.classroom_id, run.pk)
    messages.success(request, _("Thrown away. No mark was changed."))
    return redirect("assessment:marking-new", run.classroom_id)


def _runs(request: SignedInRequest, classroom: Classroom) -> QuerySet[MarkingRun]:
    return (
        MarkingRun.objects.visible_to(request.user).filter(classroom=classroom).select_related("assignment", "teacher")
    )


def _run(request: SignedInRequest, classroom: Classroom, run_id: UUID) -> MarkingRun:
    return get_object_or_404(_runs(request, classroom), pk=run_id)


def _open_run(request: SignedInRequest, classroom_id: UUID, run_id: UUID) -> MarkingRun:
    return _run(request, own_classroom(request, classroom_id), run_id)


def _items(run: MarkingRun, keys: Iterable[UUID] | None = None) -> list[MarkingItem]:
    items = run.items.select_related(
        "run", "submission__student", "submission__mark", "submission__work__assigned", "version__exercise"
    ).prefetch_related("submission__marks")
    if keys is not None:
        items = items.filter(pk__in=list(keys))
    return list(items.order_by("done_at", "pk"))


def _to_run(item: MarkingItem) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "name": str(item.submission.student),
        "exercise": item.version.exercise.title,
        "version": str(item.version_id),
        "entry": item.version.entry,
        "files": [file_json(file.path, bytes(file.content)) for file in item.submission.files.all()],
    }


def _row(item: MarkingItem) -> dict[str, Any]:
    """A submission that was run: what it had before, and what it has by this run."""
    mark = _mark_before(item)
    return {
        "id": str(item.pk),
        "name": str(item.submission.student),
        "exercise": item.version.exercise.title,
        "url": reverse("assessment:submission-detail", args=[item.submission_id]),
        "old": None if mark is None else float(mark.points),
        "source": "" if mark is None else mark.source,
        "new": None if item.points is None else float(item.points),
        "out_of": None if item.out_of is None else float(item.out_of),
        "problem": item.problem,
    }


def _mark_before(item: MarkingItem) -> Mark | None:
    if item.run.published_at is None:
        return item.submission.mark
    earlier = (m for m in item.submission.marks.all() if m.run_id != item.run_id)
    return next((mark for mark in earlier if mark.created_at <= item.run.published_at), None)
