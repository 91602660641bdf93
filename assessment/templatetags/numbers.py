from __future__ import annotations

from decimal import Decimal

from django import template

from assessment.gradebook import Line, Score
from assessment.numbers import plain

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """Without zeros that say nothing; nothing for None, where there is nothing to say."""
    return "" if value is None else plain(value)


@register.filter
def handed_in(score: Score | Line, words: str) -> str:
    """The counts of a score or a line put into words that are looked up once for all of a large gradebook."""
    return words % {"handed_in": score.handed_in_count, "exercises": score.exercise_count}
