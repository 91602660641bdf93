from __future__ import annotations

from decimal import Decimal

from django import template

from assessment.numbers import plain

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> str:
    """Without zeros that say nothing; nothing for None, where there is nothing to say."""
    return "" if value is None else plain(value)
