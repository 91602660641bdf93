"""Times and sizes as people say them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

_MINUTE_S, _HOUR_S, _DAY_S = 60, 60 * 60, 24 * 60 * 60
_NEAR_DAYS = 7


@register.simple_tag
def when(moment: datetime) -> SafeString:
    """A time element: how long ago within a week, the date before that; the exact time is its title."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(timezone.localtime(moment), _("j F Y, H:i e")),
        moment_in_words(moment, timezone.now()),
    )


def moment_in_words(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE_S:
        return _("just now")
    if seconds < _HOUR_S:
        count = int(seconds // _MINUTE_S)
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", count) % {"count": count}
    if seconds < _DAY_S:
        count = int(seconds // _HOUR_S)
        return ngettext("%(count)s hour ago", "%(count)s hours ago", count) % {"count": count}
    if seconds < _NEAR_DAYS * _DAY_S:
        count = int(seconds // _DAY_S)
        return ngettext("%(count)s day ago", "%(count)s days ago", count) % {"count": count}
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


@register.filter
def size_in_words(size: int) -> str:
    """Bytes, kB or MB, as the file panel has them."""
    if size < 1000:
        return ngettext("%(count)s byte", "%(count)s bytes", size) % {"count": size}
    if size < 1_000_000:
        return _("%(size)s kB") % {"size": number_format(size / 1000, 1)}
    return _("%(size)s MB") % {"size": number_format(size / 1_000_000, 1)}
