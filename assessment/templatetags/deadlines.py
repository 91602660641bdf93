"""Due times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        date_format(timezone.localtime(moment), _("j F Y, H:i e")),
        deadline_in_words(moment, timezone.now()),
    )


def deadline_in_words(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    clock = date_format(local, _("H:i"))
    days = (local.date() - timezone.localtime(now).date()).days
    if abs(moment - now) >= _NEAR:
        return date_format(local, _("j M Y, H:i"))
    if days in {-1, 0, 1}:
        near = {
            -1: _("yesterday %(time)s (%(distance)s)"),
            0: _("today %(time)s (%(distance)s)"),
            1: _("tomorrow %(time)s (%(distance)s)"),
        }
        return near[days] % {"time": clock, "distance": _distance(moment - now)}
    later = _("%(day)s, %(time)s (%(distance)s)")
    return later % {"day": date_format(local, _("D j M")), "time": clock, "distance": _distance(moment - now)}


def _distance(span: timedelta) -> str:
    length, is_ahead = abs(span), span >= timedelta()
    if length < _HOUR:
        count = length // timedelta(minutes=1)
        ahead = ngettext("in %(count)s minute", "in %(count)s minutes", count)
        behind = ngettext("%(count)s minute ago", "%(count)s minutes ago", count)
    elif length < _DAY:
        count = length // _HOUR
        ahead = ngettext("in %(count)s hour", "in %(count)s hours", count)
        behind = ngettext("%(count)s hour ago", "%(count)s hours ago", count)
    else:
        count = length // _DAY
        ahead = ngettext("in %(count)s day", "in %(count)s days", count)
        behind = ngettext("%(count)s day ago", "%(count)s days ago", count)
    return (ahead if is_ahead else behind) % {"count": count}
