"""The session engine: Django's own in the database, read as every request's rows are (settings.SESSION_ENGINE)."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.prepared import RowByKey

_sessions = RowByKey(Session.objects.all)


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        session = _sessions.get(self.session_key)
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session
