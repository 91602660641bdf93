"""What a row says in an export: the fields that the data map lets out, and of other people only what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Model, QuerySet

from accounts.models import User
from accounts.roles import Role
from codeplatform.data_duties.data_map import Export, FieldDuties, data_map
from schools.models import Classroom, School

YOU = "you"
_OTHERS = {
    Role.STUDENT: "another student",
    Role.TEACHER: "a teacher",
    Role.SCHOOL_ADMIN: "a school admin",
    Role.OPERATOR: "an operator",
}
_GONE = "somebody whose account is deleted"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAMED: dict[type[Model], Callable[[Any], str]] = {
    School: lambda school: school.name,
    Classroom: lambda classroom: f"{classroom.name} ({classroom.year})",
    ContentType: lambda content_type: content_type.name,
}
Row = dict[str, Any]


class Values:
    """Reads rows for the export of one person."""

    def __init__(self, person: User) -> None:
        self.person = person
        self._others: dict[UUID, str] = {}

    def rows(self, name: str, rows: QuerySet[Any]) -> Iterator[Row]:
        """What the rows of this model say, in order of their keys, which grow with time."""
        named = [field.name for field in rows.model._meta.fields if field.related_model in _NAMED]
        for row in rows.order_by("pk").select_related(*named).iterator(chunk_size=500):
            yield self.row(name, row)

    def row(self, name: str, row: Model) -> Row:
        duties = data_map()[name].fields.values()
        return {
            field.name: self._reduced(row, field.name)
            if field.export == Export.REDUCED
            else self._value(row, field.name)
            for field in duties
            if field.export in {Export.YES, Export.REDUCED}
        }

    def _value(self, row: Model, name: str) -> Any:
        field = row._meta.get_field(name)
        if field.many_to_many:
            return [str(related) for related in getattr(row, name).all()]
        if isinstance(field, ForeignKey):
            if field.related_model in _NAMED:
                related = getattr(row, name)
                return None if related is None else _NAMED[field.related_model](related)
            return _plain(field.value_from_object(row))
        is_choice = isinstance(field, Field) and field.choices
        return _plain(getattr(row, f"get_{name}_display")() if is_choice else getattr(row, name))

    def _reduced(self, row: Any, name: str) -> Any:
        """Who, as far as it is not the person: what they are. Texts and addresses: only where they are the person's."""
        field = row._meta.get_field(name)
        if field.related_model is User or name in {"actor", "about"}:
            return self._who(field.value_from_object(row))
        return _plain(getattr(row, name)) if self._is_theirs(row, name) else None

    def _is_theirs(self, row: Any, name: str) -> bool:
        if row._meta.label == "admin.LogEntry":
            return bool(row.object_id == str(self.person.pk))
        if name == "address":
            return row.actor == self.person.pk or (row.actor is None and row.about == self.person.pk)
        return row.about in {None, self.person.pk}

    def _who(self, pk: UUID | None) -> str | None:
        if pk is None:
            return None
        if pk == self.person.pk:
            return YOU
        if pk not in self._others:
            role = User.objects.filter(pk=pk).values_list("role", flat=True).first()
            self._others[pk] = _OTHERS[Role(role)] if role else _GONE
        return self._others[pk]


def headings(name: str, fields: Iterable[FieldDuties]) -> list[str]:
    """The names of the fields as people read them."""
    model = apps.get_model(name)
    names = (str(getattr(model._meta.get_field(field.name), "verbose_name", field.name)) for field in fields)
    return [name[:1].upper() + name[1:] for name in names]


def in_words(value: Any) -> str:
    """A value of a row as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value[:16].replace("T", " ")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {in_words(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(in_words(part) for part in value)
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if value is None or isinstance(value, (bool, int, dict, list)):
        return value
    return str(value)
