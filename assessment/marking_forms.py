"""What a browser sends while it re-marks, and what a teacher chooses before."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.marking import MAX_TAKEN, TestOutcome
from assessment.models import Assignment, Result

MAX_DETAIL_CHARACTERS = 500
MAX_PROBLEM_CHARACTERS = 300
MAX_RESULTS = 20
_ODD = _("This is not how results are sent. Reload the page.")


class BadResults(Exception):
    """The body is not what a marking page sends; the text says so."""


class ScopeForm(forms.Form):
    """Which submissions, and with which versions."""

    assignment = forms.ModelChoiceField(
        Assignment.objects.none(), required=False, empty_label=_("All that is set to this class")
    )
    only_unverified = forms.BooleanField(label=_("Only what is not verified yet"), required=False)
    newest = forms.BooleanField(
        label=_("With the newest version of each exercise"),
        required=False,
        help_text=_("A dry run shows who gains and who loses. Once published, the assignment has that version."),
    )

    def __init__(self, *args: Any, assignments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = assignments  # type: ignore[attr-defined]


def read_count(body: dict[str, Any]) -> int:
    """How many submissions are asked for. Raises BadResults."""
    count = body.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_TAKEN:
        raise BadResults(_("Ask for 1 to %(max_taken)s submissions.") % {"max_taken": MAX_TAKEN})
    return count


def read_ids(body: dict[str, Any]) -> list[UUID]:
    """The items that are named. Raises BadResults."""
    named = body.get("items")
    if not isinstance(named, list) or len(named) > MAX_RESULTS:
        raise BadResults(_ODD)
    return [_uuid(one) for one in named]


def read_results(body: dict[str, Any]) -> list[tuple[UUID, list[TestOutcome], str]]:
    """Of each submission its item, how its tests went, and the problem, if it could not be run. Raises BadResults."""
    sent = body.get("results")
    if not isinstance(sent, list) or not 1 <= len(sent) <= MAX_RESULTS:
        raise BadResults(_ODD)
    found = []
    for one in sent:
        if not isinstance(one, dict) or not isinstance(one.get("tests"), list):
            raise BadResults(_ODD)
        problem = _text(one.get("problem", ""), MAX_PROBLEM_CHARACTERS)
        found.append((_uuid(one.get("item")), [_outcome(test) for test in one["tests"]], problem))
    return found


def _outcome(sent: Any) -> TestOutcome:
    if not isinstance(sent, dict) or sent.get("outcome") not in Result.Outcome.values:
        raise BadResults(_ODD)
    return TestOutcome(
        _uuid(sent.get("test")),
        sent["outcome"],
        _share(sent.get("share")),
        _text(sent.get("detail", ""), MAX_DETAIL_CHARACTERS),
    )


def _share(value: Any) -> Decimal:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadResults(_ODD)
    try:
        share = round(Decimal(str(value)), 3)
    except InvalidOperation as error:
        raise BadResults(_ODD) from error
    if not 0 <= share <= 1:
        raise BadResults(_ODD)
    return share


def _text(value: Any, limit: int) -> str:
    if not isinstance(value, str):
        raise BadResults(_ODD)
    # What a student's program printed is in it: what no database takes goes, and no more than fits is kept.
    return value.replace("\0", "").encode("utf-8", "replace").decode()[:limit]


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str):
        raise BadResults(_ODD)
    try:
        return UUID(value)
    except ValueError as error:
        raise BadResults(_ODD) from error
