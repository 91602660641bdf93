"""Due times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_NEAR = timedelta(days=7)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@register.simple_tag
def deadline(moment: datetime) -> SafeString:
    """A time element: near times by the day and how far off, others by their date; the exact time is its title."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(timezone.localtime(moment), "j F Y, H:i e"),
        deadline_in_words(moment, timezone.now()),
    )


def deadline_in_words(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    clock = date_format(local, "H:i")
    days = (local.date() - timezone.localtime(now).date()).days
    if abs(moment - now) >= _NEAR:
        return date_format(local, "j M Y, H:i")
    if days in {-1, 0, 1}:
        day = {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
        return f"{day} {clock} ({_distance(moment - now)})"
    return f"{date_format(local, 'D j M')}, {clock} ({_distance(moment - now)})"


def _distance(span: timedelta) -> str:
    length = abs(span)
    if length < _HOUR:
        count, unit = length // timedelta(minutes=1), "minute"
    elif length < _DAY:
        count, unit = length // _HOUR, "hour"
    else:
        count, unit = length // _DAY, "day"
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if span >= timedelta() else f"{words} ago"
