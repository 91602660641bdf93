from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from schools.models import RetiredSlug, School


@receiver(post_delete, sender=School)
def retire_slug(instance: School, **kwargs: Any) -> None:
    RetiredSlug.objects.get_or_create(slug=instance.slug)
