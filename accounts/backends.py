from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from accounts.prepared import RowByKey

_people = RowByKey(lambda: User.objects.select_related("school"))


class SchoolBackend(ModelBackend):
    """Django's own, which brings a signed-in person's school along: every page needs its time zone."""

    def get_user(self, user_id: Any) -> User | None:
        user = _people.get(user_id)
        return user if user and self.user_can_authenticate(user) else None
