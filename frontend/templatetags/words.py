"""Times and sizes as people say them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_MINUTE_S, _HOUR_S, _DAY_S = 60, 60 * 60, 24 * 60 * 60
_NEAR_DAYS = 7


@register.simple_tag
def when(moment: datetime) -> SafeString:
    """A time element: how long ago within a week, the date before that; the exact time is its title."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(timezone.localtime(moment), "j F Y, H:i e"),
        moment_in_words(moment, timezone.now()),
    )


def moment_in_words(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE_S:
        return "just now"
    if seconds < _HOUR_S:
        return _ago(seconds // _MINUTE_S, "minute")
    if seconds < _DAY_S:
        return _ago(seconds // _HOUR_S, "hour")
    if seconds < _NEAR_DAYS * _DAY_S:
        return _ago(seconds // _DAY_S, "day")
    return date_format(timezone.localtime(moment), "j M Y")


@register.filter
def size_in_words(size: int) -> str:
    """Bytes, kB or MB, as the file panel has them."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _ago(count: float, unit: str) -> str:
    return f"{count:.0f} {unit}{'' if count == 1 else 's'} ago"
