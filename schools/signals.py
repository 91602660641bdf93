from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete
from django.dispatch import receiver

from schools.audit_events import is_erasing
from schools.models import RetiredSlug, School


@receiver(post_delete, sender=School)
def retire_slug(instance: School, **kwargs: Any) -> None:
    RetiredSlug.objects.get_or_create(slug=instance.slug)


@receiver(connection_created)
def let_triggers_ask(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("audit_is_erasing", 0, is_erasing)
