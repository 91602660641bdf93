from __future__ import annotations

import math

from django import template

register = template.Library()


@register.filter
def as_wait(seconds: int) -> str:
    """`5 seconds`, `1 minute`, `25 minutes`: how long to wait, in words, never less than it is."""
    count, unit = (seconds, "second") if seconds < 60 else (math.ceil(seconds / 60), "minute")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
