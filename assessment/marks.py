"""Giving marks: the one way a Mark comes into being, and the arithmetic behind it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from assessment.marking_models import Mark, MarkingRun
from assessment.work_models import Submission

_CENT = Decimal("0.01")


def points_of(shares: Iterable[tuple[int, Decimal]], out_of: Decimal | int) -> Decimal:
    """The points for tests that are each worth so much and went so well (0 to 1), scaled to `out_of`.

    Where no test is worth anything, all points are had when all were passed.
    """
    pairs = list(shares)
    whole = sum(points for points, _ in pairs)
    if whole == 0:
        return Decimal(out_of) if pairs and all(share == 1 for _, share in pairs) else Decimal(0)
    earned = sum((points * share for points, share in pairs), Decimal(0))
    return (earned * out_of / whole).quantize(_CENT, ROUND_HALF_UP)


def add_mark(
    submission: Submission,
    source: Mark.Source,
    points: Decimal,
    out_of: Decimal | int,
    *,
    author: User | None = None,
    reason: str = "",
    run: MarkingRun | None = None,
) -> Mark:
    """A new mark, which counts from now on; but a mark that a teacher has set stands until a teacher sets another.

    Raises IntegrityError for a second mark of one run, and for an override without a reason.
    """
    with transaction.atomic():
        current = _locked(submission).mark
        mark = Mark(
            submission=submission, source=source, points=points, out_of=out_of, author=author, reason=reason, run=run
        )
        mark.save(force_insert=True)
        is_teachers = current is not None and current.source == Mark.Source.OVERRIDE
        if not is_teachers or source == Mark.Source.OVERRIDE:
            _let_count(submission, mark)
    return mark


def take_back_override(submission: Submission, author: User) -> Mark | None:
    """A new mark that repeats the newest one that tests gave, and counts from now on.

    None where no teacher's own mark counts, or where there is no other to repeat; then nothing is changed.
    """
    with transaction.atomic():
        current = _locked(submission).mark
        published = Q(run__isnull=True) | Q(run__published_at__isnull=False)
        of_tests = submission.marks.exclude(source=Mark.Source.OVERRIDE).filter(published).first()
        if current is None or current.source != Mark.Source.OVERRIDE or of_tests is None:
            return None
        mark = Mark(
            submission=submission,
            source=of_tests.source,
            points=of_tests.points,
            out_of=of_tests.out_of,
            author=author,
            reason=_("The mark set by hand was taken back."),
        )
        mark.save(force_insert=True)
        _let_count(submission, mark)
    return mark


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).select_related("mark").get(pk=submission.pk)


def _let_count(submission: Submission, mark: Mark) -> None:
    Submission.objects.filter(pk=submission.pk).update(mark=mark)
    submission.mark = mark
