"""What was handed in and how it was marked never changes; the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from assessment.marks import add_mark
from assessment.models import Mark, Result, Submission, SubmissionFile, Work
from codeplatform.testing import Cast
from projects.saving import create_project

Source = Mark.Source


@pytest.fixture
def handed_in(cast: Cast) -> Submission:
    ada, exercise = cast.home["ada"], cast.home.exercises["shared"]
    work = Work.objects.create(student=ada, exercise=exercise, project=create_project(ada, "Loops"))
    submission = Submission.objects.create(
        work=work, student=ada, version=exercise.newest, attempt=1, revision=1, code_hash="0" * 64, key="key-00001"
    )
    SubmissionFile.objects.create(submission=submission, path="main.py", content=b"1")
    test = exercise.newest.tests.first()
    Result.objects.create(submission=submission, test=test, outcome=Result.Outcome.PASSED, share=1)
    add_mark(submission, Source.CLAIMED, Decimal(4), 4)
    return submission


CHANGES: dict[str, Callable[[Submission], object]] = {
    "when it came": lambda it: Submission.objects.filter(pk=it.pk).update(received_at="2020-01-01T00:00Z"),
    "what was claimed of it": lambda it: Submission.objects.filter(pk=it.pk).update(code_hash="1" * 64),
    "a file": lambda it: SubmissionFile.objects.filter(submission=it).update(content=b"2"),
    "a result": lambda it: Result.objects.filter(submission=it).update(share=0),
    "a mark": lambda it: Mark.objects.filter(submission=it).update(points=0),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_database_refuses_a_change(handed_in: Submission, what: str) -> None:
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        CHANGES[what](handed_in)


def test_the_newest_mark_counts(handed_in: Submission) -> None:
    verified = add_mark(handed_in, Source.VERIFIED, Decimal(2), 4)
    handed_in.refresh_from_db()

    assert handed_in.mark == verified
    assert [mark.points for mark in handed_in.marks.all()] == [2, 4]


def test_a_teachers_mark_stands_until_a_teacher_sets_another(handed_in: Submission, cast: Cast) -> None:
    teacher = cast.home["teacher"]
    set_by_hand = add_mark(handed_in, Source.OVERRIDE, Decimal(3), 4, author=teacher, reason="Good idea")
    add_mark(handed_in, Source.VERIFIED, Decimal(0), 4)
    handed_in.refresh_from_db()
    assert handed_in.mark == set_by_hand

    again = add_mark(handed_in, Source.OVERRIDE, Decimal(1), 4, author=teacher, reason="Seen again")
    handed_in.refresh_from_db()
    assert handed_in.mark == again


def test_an_override_says_why(handed_in: Submission) -> None:
    with pytest.raises(IntegrityError):
        add_mark(handed_in, Source.OVERRIDE, Decimal(3), 4)


def test_the_account_of_a_marker_may_go(handed_in: Submission, cast: Cast) -> None:
    head = cast.home["colleague"]
    mark = add_mark(handed_in, Source.OVERRIDE, Decimal(3), 4, author=head, reason="Good idea")
    User.objects.filter(pk=head.pk).delete()
    mark.refresh_from_db()

    assert mark.author is None


def test_work_goes_with_its_files(handed_in: Submission) -> None:
    handed_in.work.project.delete()

    assert not Submission.objects.exists()
