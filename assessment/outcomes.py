"""How one test went in a browser: read from what the browser sends, written down as a Result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessment.marking_models import Result

MAX_DETAIL_CHARACTERS = 500
_THOUSANDTH = Decimal("0.001")


class BadOutcome(Exception):
    """This is not what our pages send; the text says what it lacks."""


@dataclass(frozen=True)
class TestOutcome:
    """How one test went, as a browser says. `share` is of the test's points, 0 to 1; it is 1 where it passed."""

    __test__ = False  # nothing for pytest to collect

    test: UUID
    outcome: str
    share: Decimal
    detail: str = ""

    def result(self, submission: UUID, run: UUID | None = None) -> Result:
        """The row for it, not stored yet: verified in `run`, without one a claim."""
        return Result(
            submission_id=submission,
            test_id=self.test,
            run_id=run,
            outcome=self.outcome,
            share=self.share,
            detail=self.detail,
        )


def read_outcome(sent: Any) -> TestOutcome:
    """{"test", "outcome", "share", "detail"}, where the detail may be left out. Raises BadOutcome."""
    if not isinstance(sent, dict):
        raise BadOutcome(_("Each result must be an object."))
    outcome, share = sent.get("outcome"), sent.get("share")
    if outcome not in Result.Outcome.values:
        raise BadOutcome(_("Each result needs an outcome."))
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise BadOutcome(_("share must be a number from 0 to 1."))
    if (outcome == Result.Outcome.PASSED) != (share == 1):
        raise BadOutcome(_("A test has passed when its share is 1."))
    detail = read_text(sent.get("detail", ""), MAX_DETAIL_CHARACTERS)
    return TestOutcome(read_id(sent.get("test")), outcome, Decimal(share).quantize(_THOUSANDTH), detail)


def read_id(value: Any) -> UUID:
    """Raises BadOutcome."""
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadOutcome(_("Each result must name what it is of by its id.")) from error


def read_text(value: Any, limit: int) -> str:
    """Raises BadOutcome where it is no text.

    What a student's program printed is in it: what no database takes goes, and no more than fits is kept.
    """
    if not isinstance(value, str):
        raise BadOutcome(_("What a result says must be text."))
    return value.replace("\0", "").encode("utf-8", "replace").decode()[:limit]
