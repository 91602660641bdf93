"""The list filters of the admin, in a school's words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from schools.admin_base import Rows, ScopedFilter, viewer
from schools.audit_events import What
from schools.models import Classroom, Enrolment, JoinCode


class ClassFilter(ScopedFilter):
    """The classes of this year and those that are not archived; `path` leads from the row to the class."""

    title = _("class")
    parameter_name = "class"
    path = "classroom"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        classrooms = Classroom.objects.visible_to(viewer(request)).filter(archived_at__isnull=True)
        return [(pk, f"{name} ({year})") for pk, name, year in classrooms.values_list("pk", "name", "year")]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(**{self.path: value})


class MemberOfClassFilter(ClassFilter):
    """People who are in the class now."""

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(pk__in=Enrolment.objects.active().filter(classroom=UUID(value)).values("user"))


class OwnerInClassFilter(ClassFilter):
    """Work of those who are in the class now."""

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(owner__in=Enrolment.objects.active().filter(classroom=UUID(value)).values("user"))


class RoleFilter(ScopedFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        shown = [role for role in Role if viewer(request).school_id is None or role != Role.OPERATOR]
        return [(role.value, str(role.label)) for role in shown]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(role=value)


class ChoiceOfRows(ScopedFilter):
    """A filter of fixed choices, each with the condition it stands for."""

    conditions: dict[str, tuple[str | Promise, Q]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(key, str(condition[0])) for key, condition in self.conditions.items()]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(self.conditions[value][1])


class AccountFilter(ChoiceOfRows):
    title = _("account")
    parameter_name = "account"
    conditions = {
        "open": (_("Open"), Q(is_active=True)),
        "left": (_("Left the school"), Q(left_at__isnull=False)),
        "unused": (_("Never signed in"), Q(is_active=True, last_login__isnull=True)),
    }


class ArchivedFilter(ChoiceOfRows):
    title = _("state")
    parameter_name = "state"
    conditions = {
        "open": (_("In use"), Q(archived_at__isnull=True)),
        "archived": (_("Archived"), Q(archived_at__isnull=False)),
    }


class MembershipFilter(ChoiceOfRows):
    title = _("when")
    parameter_name = "when"
    conditions = {
        "now": (_("In the class now"), Q(until__isnull=True)),
        "past": (_("Was in the class"), Q(until__isnull=False)),
    }


class MemberRoleFilter(ChoiceOfRows):
    title = _("role")
    parameter_name = "role"
    conditions = {value: (title, Q(role=value)) for value, title in Enrolment.Role.choices}


class CodeFilter(ScopedFilter):
    title = _("code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [("open", gettext("Open")), ("closed", gettext("Closed"))]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        is_open = Q(pk__in=JoinCode.objects.open().values("pk"))
        return queryset.filter(is_open if value == "open" else ~is_open)


class WhatFilter(ScopedFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(value, str(label)) for value, label in What.choices]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(what=value)


class WhenFilter(ScopedFilter):
    title = _("when")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(1, gettext("Last 24 hours")), (7, gettext("Last 7 days")), (30, gettext("Last 30 days"))]

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(value)))
