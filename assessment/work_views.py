"""What the page of an exercise sends: the text, hints asked for, checks made, and what is handed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest, json_answer
from assessment.hand_in_form import CheckForm, HandInForm
from assessment.handing_in import Refused, TooOften, hand_in, is_late, why_not
from assessment.models import Work
from assessment.work_page import attempt_json
from assessment.working import Task, note_check, note_hint, start_work, task_of
from projects.views import refuse_other_person, save_into

_RETRY_AFTER_S = "60"
TaskView = Callable[..., HttpResponse]


def of_task(view: TaskView) -> TaskView:
    """For a POST about a task: finds it, and refuses text of whoever had signed in before."""

    @require_POST
    @wraps(view)
    def found(request: SignedInRequest, task_id: UUID, version: int, **rest: int) -> HttpResponse:
        if refusal := refuse_other_person(request):
            return refusal
        task = task_of(request.user, task_id, version)
        if task is None:
            return json_answer({"error": _("This exercise is not to be found. Ask your teacher.")}, 404)
        return view(request, task, **rest)

    return found


@require_safe
def work_detail(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Leads to where the person's own work with this project is done."""
    own = Work.objects.owned_by(request.user).select_related("assigned")
    work = get_object_or_404(own, project=project_id)
    if work.assigned is None:
        return redirect("exercises:exercise-detail", work.exercise_id)
    return redirect("assessment:assigned-exercise", work.assigned.assignment_id, work.assigned.position)


@of_task
def work_save(request: SignedInRequest, task: Task) -> HttpResponse:
    """A save as of any project; the first begins the work. It goes on whatever closes: only handing in does."""
    return save_into(lambda: start_work(request.user, task).project, request)


@of_task
def work_hint(request: SignedInRequest, task: Task, number: int) -> HttpResponse:
    """One hint, counted from 1: {"text"}. Recorded; each is given after the one before."""
    hints = task.version.hints
    if not 1 <= number <= len(hints):
        raise Http404
    work = start_work(request.user, task)
    if number > work.hint_count + 1:
        return json_answer({"error": _("Ask for the hints one by one.")}, 409)
    note_hint(work, number)
    return json_answer({"text": hints[number - 1]})


@of_task
def work_check(request: SignedInRequest, task: Task) -> HttpResponse:
    """How a check went, as the browser says."""
    if request.content_type != "application/json":
        return _wrong_type()
    form = CheckForm(request.body)
    if not form.is_valid():
        return json_answer({"error": form.error}, 400)
    note_check(start_work(request.user, task), form.percent)
    return json_answer({})


@of_task
def work_hand_in(request: SignedInRequest, task: Task) -> HttpResponse:
    if request.content_type != "application/json":
        return _wrong_type()
    form = HandInForm(request.body)
    if not form.is_valid():
        return json_answer({"error": form.error}, form.status)
    try:
        submission = hand_in(request.user, task, form.hand_in)
    except Refused as error:
        answer = json_answer({"error": str(error)}, error.status)
        if isinstance(error, TooOften):
            answer.headers["Retry-After"] = _RETRY_AFTER_S
        return answer
    reason = why_not(request.user, task, submission.attempt, timezone.now())
    return json_answer({**attempt_json(submission, is_late=is_late(submission, task)), "why_not": reason})


def _wrong_type() -> JsonResponse:
    return json_answer({"error": _("Send it as application/json.")}, 415)
