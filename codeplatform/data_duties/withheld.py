"""What an export leaves out: what the person may not read yet, and what would tell of a hidden test.

Pages have the same rules (assessment: `visible_to`); an export must not be the way around them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from assessment.models import Assignment
from exercises.version_models import HIDDEN

_ASSIGNMENT = "submission__work__assigned__assignment"
_PRACTICE = Q(submission__work__assigned__isnull=True)
_SHOWN = (
    _PRACTICE
    | Q(**{f"{_ASSIGNMENT}__shows_results": Assignment.Results.AT_ONCE})
    | Q(**{f"{_ASSIGNMENT}__released_at__isnull": False})
)
_PUBLISHED = Q(run__published_at__isnull=False) & _SHOWN


def readable(name: str, rows: QuerySet[Any], person: User) -> QuerySet[Any]:
    """Those of the rows of a model, by its name in the data map, that may be in the export of this person."""
    if name == "assessment.Result":
        return rows.filter(Q(run__isnull=True) | _PUBLISHED).exclude(test__visibility=HIDDEN)
    if name == "assessment.MarkingItem":
        return rows.filter(_PUBLISHED)
    if name == "assessment.Mark":
        return rows.filter(Q(source="claimed") | _SHOWN)
    if name == "assessment.Comment":
        return rows.filter(Q(author=person) | _SHOWN)
    return rows
