"""Registrations of interest: kept first, then told of by mail, which may fail."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.allowance import spend
from schools.interest_models import Interest
from schools.retention import INTEREST_DAYS

# A staff room behind one address; and all of the internet together, so that nobody fills the database from many.
AN_HOUR_FROM_ONE_ADDRESS = 12
AN_HOUR_FROM_ALL = 300
# Nobody's mailbox is filled by a stranger who types their address again and again.
ONE_CONFIRMATION_IN = timedelta(days=1)
logger = logging.getLogger(__name__)


class TooMany(Exception):
    """More forms came than are taken in an hour."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


def register(interest: Interest, address: str | None) -> None:
    """Keep it once, however often the same is sent, and tell of it by mail where there is a mail server.

    Raises TooMany when the network of the address, or everybody together, sent more than is taken in an hour.
    """
    if Interest.objects.filter(key=interest.key).exists():
        return
    wait_s = spend("interest", address, an_hour=AN_HOUR_FROM_ONE_ADDRESS)
    wait_s = wait_s or spend("interest of all", None, an_hour=AN_HOUR_FROM_ALL)
    if wait_s:
        raise TooMany(wait_s)
    # Of two that come at the same time, the database takes one.
    _row, is_new = Interest.objects.get_or_create(
        key=interest.key,
        defaults={name: getattr(interest, name) for name in ("name", "school_name", "works_as", "email", "message")},
    )
    if is_new and settings.SENDS_MAIL:
        _tell(interest)


def _tell(interest: Interest) -> None:
    """Send the confirmation and the operator's note. Whatever is wrong with the mail server is logged, and no more."""
    now = timezone.now()
    recent = Interest.objects.filter(email__iexact=interest.email, confirmed_at__gt=now - ONE_CONFIRMATION_IN)
    has_confirmation = recent.exists()
    messages = [] if has_confirmation else [_confirmation(interest)]
    messages += [_note()] if settings.INTEREST_EMAIL else []
    try:
        get_connection().send_messages(messages)
    except Exception:  # a mail library's errors have no common kind
        logger.exception("The mail about a registration of interest could not be sent; the registration is kept.")
        return
    if not has_confirmation:
        Interest.objects.filter(key=interest.key).update(confirmed_at=now)


def _confirmation(interest: Interest) -> EmailMessage:
    # Nothing of what was typed stands in it: whoever typed it may not be whom the address belongs to.
    body = render_to_string("schools/interest_mail.txt", {"days": INTEREST_DAYS, "contact": settings.INTEREST_EMAIL})
    reply_to = [settings.INTEREST_EMAIL] if settings.INTEREST_EMAIL else None
    return EmailMessage(_("Your interest in codeplatform"), body, to=[interest.email], reply_to=reply_to)


def _note() -> EmailMessage:
    # Without names: the mailbox would keep them longer than the site promises.
    body = _("Somebody registered their interest. Read it in the administration, under Registrations of interest.\n")
    return EmailMessage(_("A registration of interest"), body, to=[settings.INTEREST_EMAIL])
