"""What a browser sends while it re-marks, and what a teacher chooses before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.marking import MAX_TAKEN
from assessment.models import Assignment
from assessment.outcomes import BadOutcome, TestOutcome, read_id, read_outcome, read_text

MAX_PROBLEM_CHARACTERS = 300
MAX_RESULTS = 20
_ODD = _("This is not how results are sent. Reload the page.")


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
    """How many submissions are asked for. Raises BadOutcome."""
    count = body.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_TAKEN:
        raise BadOutcome(_("Ask for 1 to %(max_taken)s submissions.") % {"max_taken": MAX_TAKEN})
    return count


def read_ids(body: dict[str, Any]) -> list[UUID]:
    """The items that are named. Raises BadOutcome."""
    named = body.get("items")
    if not isinstance(named, list) or len(named) > MAX_RESULTS:
        raise BadOutcome(_ODD)
    return [read_id(one) for one in named]


def read_results(body: dict[str, Any]) -> list[tuple[UUID, list[TestOutcome], str]]:
    """Of each submission its item, how its tests went, and the problem, if it could not be run. Raises BadOutcome."""
    sent = body.get("results")
    if not isinstance(sent, list) or not 1 <= len(sent) <= MAX_RESULTS:
        raise BadOutcome(_ODD)
    found = []
    for one in sent:
        if not isinstance(one, dict) or not isinstance(one.get("tests"), list):
            raise BadOutcome(_ODD)
        problem = read_text(one.get("problem", ""), MAX_PROBLEM_CHARACTERS)
        found.append((read_id(one.get("item")), [read_outcome(test) for test in one["tests"]], problem))
    return found
