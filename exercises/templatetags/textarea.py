from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_textarea(text: str) -> str:
    """The text as it has to stand between the tags of a textarea: HTML drops one line end right after the first tag."""
    return f"\n{text}"
