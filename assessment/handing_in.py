"""Handing in: once for each key, bound to the student, the saved files and the server's time (decision 15)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from assessment.assignment_models import Assignment, Extension
from assessment.deadlines import Terms, terms_for
from assessment.hand_in_form import HandIn
from assessment.marking_models import Mark, Result
from assessment.marks import add_mark, points_of
from assessment.outcomes import TestOutcome
from assessment.work_models import Submission, SubmissionFile, Work
from assessment.working import Task, start_work
from exercises.models import TestCase
from projects.history import Version, contents, files_at

MAX_HAND_IN_BYTES = 10 * 1024 * 1024  # each attempt is a copy of all files
MAX_PRACTICE_ATTEMPTS = 100
_BUSY_WITHIN, _BUSY_COUNT = timedelta(minutes=10), 20


class Refused(Exception):
    """It cannot be handed in; the text says why and what to do. `status` is for the answer."""

    status = 403


class NotAsSaved(Refused):
    """What is to be handed in is not what is stored."""

    status = 409


class BadClaims(Refused):
    """The results are not of the tests of this version that the student has."""

    status = 400


class TooOften(Refused):
    """So soon that no person can have meant it."""

    status = 429


def code_hash(files: Mapping[str, bytes]) -> str:
    """The same for the same paths and bytes, in whatever order: saving/code-hash.js computes it in the browser."""
    parts = sorted(hashlib.sha256(path.encode() + b"\0" + content).hexdigest() for path, content in files.items())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def terms_of(person: User, assignment: Assignment) -> Terms:
    """The dates that hold for the person, with their extension."""
    return terms_for(assignment, Extension.objects.filter(assignment=assignment, student=person).first())


def why_not(person: User, task: Task, attempt_count: int, now: datetime) -> str:
    """Why the person cannot hand it in now, in sentences; empty where they can. The last word is `hand_in`'s."""
    if person.role != Role.STUDENT:
        return _("Only students hand in. You can try everything else.")
    if task.assigned is None:
        if attempt_count >= MAX_PRACTICE_ATTEMPTS:
            return _("You have handed this in %(attempt_count)s times, which is enough for practice.") % {
                "attempt_count": attempt_count
            }
        return ""
    assignment = task.assigned.assignment
    terms = terms_of(person, assignment)
    if not assignment.is_visible_to(person):
        return _("This assignment is not set to you any more, so nothing can be handed in. Your text is saved.")
    if now < terms.opens_at:
        sentence = _("This assignment opens on %(date)s. Your text is saved.")
        return sentence % {"date": _in_words(terms.opens_at)}
    if terms.closes_at is not None and now > terms.closes_at:
        sentence = _("This assignment closed on %(date)s. Your text is saved. Ask your teacher if you need more time.")
        return sentence % {"date": _in_words(terms.closes_at)}
    if not terms.accepts(now):
        if terms.due_at is None:
            return _(
                "It is late, and late work is not taken. Your text is saved. Ask your teacher if you need more time."
            )
        sentence = _(
            "It was due on %(date)s, and late work is not taken. Your text is saved. "
            "Ask your teacher if you need more time."
        )
        return sentence % {"date": _in_words(terms.due_at)}
    if assignment.max_attempts is not None and attempt_count >= assignment.max_attempts:
        sentence = ngettext(
            "You have handed this in once, which is as often as it may be. The last time counts.",
            "You have handed this in %(count)s times, which is as often as it may be. The last time counts.",
            attempt_count,
        )
        return sentence % {"count": attempt_count}
    return ""


def hand_in(person: User, task: Task, what: HandIn) -> Submission:
    """The person hands in the files of a saved revision; what was handed in with the same key is that again.

    Raises Refused, and then nothing is changed.
    """
    with transaction.atomic():
        begun = start_work(person, task)
        work = Work.objects.select_for_update(of=("self",)).select_related("project").get(pk=begun.pk)
        if before := work.submissions.filter(key=what.key).first():
            return before
        now = timezone.now()
        last = work.submissions.aggregate(attempt=Max("attempt"))["attempt"] or 0
        if reason := why_not(person, task, last, now):
            raise Refused(reason)
        if work.submissions.filter(received_at__gt=now - _BUSY_WITHIN).count() >= _BUSY_COUNT:
            raise TooOften(_("That is very often within a few minutes. Wait a little, then hand in again."))
        found = _files(work, what)
        tests = _tests_of(what.claims, task)
        submission = Submission(
            work=work,
            student=person,
            version=task.version,
            attempt=last + 1,
            revision=what.revision,
            code_hash=what.code_hash,
            key=what.key,
            received_at=now,
            client_at=what.client_at,
            runtime_version=what.runtime_version,
        )
        submission.save(force_insert=True)
        SubmissionFile.objects.bulk_create(
            SubmissionFile(submission=submission, path=version.path, content=content, is_text=version.is_text)
            for version, content in found
        )
        if what.claims:
            _claim(submission, task, what.claims, tests)
    return submission


def is_late(submission: Submission, task: Task) -> bool:
    """Whether it came in late, as the dates are now."""
    if task.assigned is None:
        return False
    return terms_of(submission.student, task.assigned.assignment).is_late(submission.received_at)


def _files(work: Work, what: HandIn) -> list[tuple[Version, bytes]]:
    versions = files_at(work.project_id, what.revision) if what.revision <= work.project.revision else {}
    if sum(version.size for version in versions.values()) > MAX_HAND_IN_BYTES:
        megabytes = MAX_HAND_IN_BYTES // 1024**2
        raise Refused(
            _("What you hand in may hold %(megabytes)s MB at most. Delete large files, then hand in again.")
            % {"megabytes": megabytes}
        )
    texts = contents(versions.values())
    found = [(version, texts[version.row]) for version in versions.values()]
    if code_hash({version.path: content for version, content in found}) != what.code_hash:
        raise NotAsSaved(_("What is saved is not what you hand in. Open the exercise again, then hand in."))
    return found


def _tests_of(claims: tuple[TestOutcome, ...] | None, task: Task) -> dict[object, TestCase]:
    tests: dict[object, TestCase] = {test.pk: test for test in task.version.tests.for_students()}
    claimed = [claim.test for claim in claims or ()]
    if claims is not None and (len(set(claimed)) != len(claimed) or set(claimed) != set(tests)):
        raise BadClaims(_("The results are not of the tests of this exercise. Open it again, then hand in."))
    return tests


def _claim(
    submission: Submission, task: Task, claims: tuple[TestOutcome, ...], tests: Mapping[object, TestCase]
) -> None:
    Result.objects.bulk_create(claim.result(submission.pk) for claim in claims)
    out_of = task.assigned.points if task.assigned else sum(test.points for test in tests.values())
    points = points_of([(tests[claim.test].points, claim.share) for claim in claims], Decimal(out_of))
    add_mark(submission, Mark.Source.CLAIMED, points, out_of)


def _in_words(moment: datetime) -> str:
    """In the time zone of the reader's school, which holds for the whole request."""
    return date_format(timezone.localtime(moment), _("j F Y, H:i"))
