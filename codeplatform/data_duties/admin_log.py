"""The admin's log, which writes down what things were called when somebody changed them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from accounts.models import User, UserQuerySet
from codeplatform.data_duties.naming import Mentions


def log_entries_of(people: UserQuerySet) -> QuerySet[LogEntry]:
    """What these people changed, and what was changed about their accounts."""
    accounts = [str(pk) for pk in people.values_list("pk", flat=True)]
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id__in=accounts)
    return LogEntry.objects.filter(Q(user__in=people) | about)


def forget_what_is_gone() -> int:
    """Delete the entries about things that are no more, whose names they still have; counts them."""
    count = 0
    for content_type in ContentType.objects.filter(logentry__isnull=False).distinct():
        entries = LogEntry.objects.filter(content_type=content_type)
        model = content_type.model_class()
        named = {entry for entry in entries.values_list("object_id", flat=True).distinct() if entry is not None}
        gone = named - _existing(model, named) if model is not None else named
        count += entries.filter(object_id__in=gone).delete()[0]
    return count


def forget_mentions(mentions: Mentions) -> int:
    """Blank the entries about other things that name these people; counts them."""
    count = 0
    for entry in LogEntry.objects.iterator():
        if mentions(entry.object_repr) or mentions(entry.change_message):
            LogEntry.objects.filter(pk=entry.pk).update(object_repr="", change_message="")
            count += 1
    return count


def _existing(model: type[Model], object_ids: Iterable[str]) -> set[str]:
    keys: dict[object, str] = {}
    for object_id in object_ids:
        try:
            keys[model._meta.pk.to_python(object_id)] = object_id
        except ValidationError:
            continue
    there = model._base_manager.filter(pk__in=list(keys)).values_list("pk", flat=True)
    return {keys[pk] for pk in there}
