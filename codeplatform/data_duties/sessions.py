"""Whose a session is stands inside it, signed and packed: all are read to find somebody's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from accounts.models import UserQuerySet
from codeplatform.data_duties.naming import Mentions


def sessions_of(people: UserQuerySet) -> QuerySet[Session]:
    """The sessions in which one of these people is signed in."""
    theirs = {str(pk) for pk in people.values_list("pk", flat=True)}
    keys = [session.session_key for session, data in _all() if data.get(SESSION_KEY) in theirs]
    return Session.objects.filter(session_key__in=keys)


def forget_mentions(mentions: Mentions) -> int:
    """Take out of everybody's sessions what names these people, such as a message that waits; counts the sessions."""
    count = 0
    for session, data in _all():
        kept = {key: value for key, value in data.items() if not mentions(json.dumps(value, default=str))}
        if len(kept) < len(data):
            session.session_data = SessionStore().encode(kept)
            session.save(update_fields=["session_data"])
            count += 1
    return count


def _all() -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.iterator():
        yield session, session.get_decoded()
