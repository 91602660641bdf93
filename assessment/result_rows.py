"""Each test's claimed and verified result, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q

from accounts.models import Viewer
from assessment.models import Result, Submission
from exercises.models import TestCase
from exercises.version_models import HIDDEN


@dataclass(frozen=True)
class ResultRow:
    """One test. A hidden one has no claim: the student's browser never had it."""

    test: TestCase
    claimed: Result | None
    verified: Result | None = None

    @property
    def is_hidden(self) -> bool:
        return self.test.visibility == HIDDEN

    @property
    def differs(self) -> bool:
        """Whether the teacher's browser saw something else than the student's."""
        return self.claimed is not None and self.verified is not None and self.claimed.share != self.verified.share


def for_student(submission: Submission) -> list[ResultRow]:
    """What the student's own browser said of the tests that students have; of hidden tests nothing. Two queries."""
    claimed = _claimed(submission.results.filter(run__isnull=True).exclude(test__visibility=HIDDEN))
    return [ResultRow(test, claimed.get(test.pk)) for test in submission.version.tests.for_students()]


def for_staff(submission: Submission, viewer: Viewer) -> list[ResultRow]:
    """All tests, with the results of the last marking that was published.

    That may have been done with another version of the tests: then those of the same name are side by side.
    """
    counting = Q(run__isnull=True) | Q(run__published_at__isnull=False)
    results = list(submission.results.visible_to(viewer).filter(counting).select_related("test", "run"))
    claimed = _claimed(result for result in results if result.run is None)
    published = [result for result in results if result.run is not None]
    newest = max((result.run for result in published if result.run), key=attrgetter("published_at"), default=None)
    verified = [result for result in published if result.run == newest]
    by_id = {result.test_id: result for result in verified}
    by_name = {result.test.name: result for result in verified}
    rows = []
    for test in submission.version.tests.all():
        rows.append(ResultRow(test, claimed.get(test.pk), by_id.get(test.pk) or by_name.get(test.name)))
    paired = {row.verified.pk for row in rows if row.verified is not None}
    return rows + [ResultRow(result.test, None, result) for result in verified if result.pk not in paired]


def _claimed(results: Iterable[Result]) -> dict[object, Result]:
    return {result.test_id: result for result in results}
