from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class SchoolBackend(ModelBackend):
    """Django's own, which brings a signed-in person's school along: every page needs its time zone."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("school").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
