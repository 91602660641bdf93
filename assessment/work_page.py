"""The page on which somebody works on an exercise: what its script and its template begin with."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessment.handing_in import terms_of, why_not
from assessment.work_models import Submission, Work
from assessment.working import Task, project_to_be, work_on
from exercises import exercise_page
from projects import representation
from projects.limits import MAX_INLINE_BYTES
from projects.saving import read_state

_SHOWN_ATTEMPTS = 20


def page_config(person: User, task: Task) -> dict[str, Any]:
    """What the page's script starts from: that of an exercise, and that of the project in which the work is done.

    Before there is any work, the project is the one that the first save will make. Further:

    - `work`: `hints`, those given before; `handed_in`, the last attempts, newest first, as `attempt_json`; `why_not`,
      why nothing can be handed in now; `is_begun`
    - `urls`: `save`, `hint` (its number goes after it), `check`, `hand_in`, `history`
    """
    work = work_on(person, task)
    exercise = exercise_page.page_config(task.exercise, task.version)
    project = _project(person, task, work)
    return {
        **project,
        **exercise,
        "urls": {**project["urls"], **_urls(task)},
        "work": _work(person, task, work),
    }


def attempt_json(submission: Submission, *, is_late: bool) -> dict[str, Any]:
    """An attempt as the student's page shows it: both times, as ISO 8601, in UTC, and the address of its own page."""
    return {
        "id": str(submission.pk),
        "attempt": submission.attempt,
        "received_at": representation.moment(submission.received_at),
        "client_at": representation.moment(submission.client_at) if submission.client_at else None,
        "is_late": is_late,
        "url": reverse("assessment:submission-detail", args=[submission.pk]),
    }


def _project(person: User, task: Task, work: Work | None) -> dict[str, Any]:
    if work is None:
        project, state = project_to_be(person, task)
        config = representation.page_config(project, person, editable=True, state=state)
        config["project"]["saved_at"] = None
        return config
    kept = read_state(work.project_id) if work.project.total_bytes() <= MAX_INLINE_BYTES else None
    return representation.page_config(work.project, person, editable=True, state=kept)


def _urls(task: Task) -> dict[str, str]:
    args = [task.pk, task.version.number]
    return {
        "save": reverse("assessment:work-save", args=args),
        "hint": reverse("assessment:work-hint", args=[*args, 1]).removesuffix("1/"),
        "check": reverse("assessment:work-check", args=args),
        "hand_in": reverse("assessment:work-hand-in", args=args),
    }


def _work(person: User, task: Task, work: Work | None) -> dict[str, Any]:
    terms = terms_of(person, task.assigned.assignment) if task.assigned else None
    attempts = list(work.submissions.order_by("-attempt")[:_SHOWN_ATTEMPTS]) if work else []
    last = attempts[0].attempt if attempts else 0
    return {
        "is_begun": work is not None,
        "hints": task.version.hints[: work.hint_count] if work else [],
        "handed_in": [
            attempt_json(attempt, is_late=terms is not None and terms.is_late(attempt.received_at))
            for attempt in attempts
        ],
        "why_not": why_not(person, task, last, timezone.now()),
    }
