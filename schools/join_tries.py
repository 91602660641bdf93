from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JoinTry(models.Model):
    """Somebody typed a join code that lets nobody in; kept for a minute, to count them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural = _("join tries")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%H:%M:%S}"
