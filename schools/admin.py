"""Schools, classes, codes and the audit trail in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from schools import people
from schools.admin_base import ADMINS, OPERATORS, Rows, SchoolFilter, ScopedAdmin, shown_time, viewer
from schools.admin_columns import AuditList, ClassList, EnrolmentList
from schools.admin_export import ExportingAdmin
from schools.admin_filters import (
    ArchivedFilter,
    ClassFilter,
    CodeFilter,
    MemberRoleFilter,
    MembershipFilter,
    WhatFilter,
    WhenFilter,
)
from schools.admin_people import PersonAdmin
from schools.audit_events import What
from schools.interest_admin import InterestAdmin
from schools.models import AuditEvent, Classroom, Enrolment, JoinCode, RetiredSlug, School

__all__ = ["InterestAdmin", "PersonAdmin"]


@admin.register(School)
class SchoolAdmin(ScopedAdmin):
    adders = OPERATORS
    changers = ADMINS
    created = What.SCHOOL_CREATED
    changed = What.SCHOOL_CHANGED
    school_path = "pk"

    list_display = ["name", "slug", "time_zone"]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "time_zone"]}),
        (gettext_lazy("Signing in"), {"fields": ["must_change_passwords", "has_join_codes", "has_self_registration"]}),
        (
            gettext_lazy("How long things are kept"),
            {"fields": ["leavers_days", "bin_days", "history_days", "audit_days"]},
        ),
    ]

    def school_of(self, obj: School) -> School:
        return obj

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj else fields


@admin.register(Classroom)
class ClassroomAdmin(ExportingAdmin):
    resource = ClassList
    adders = ADMINS
    changers = ADMINS
    deleters = ADMINS
    created = What.CLASSROOM_CREATED
    changed = What.CLASSROOM_CHANGED
    deleted = What.CLASSROOM_DELETED

    list_display = ["name", "year", "teachers", "student_count", "archived", "school"]
    list_filter = [SchoolFilter, ArchivedFilter]
    search_fields = ["name"]
    list_select_related = ["school"]
    readonly_fields = ["archived", "teachers", "students"]
    actions = ["archive", "use_again"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        now_in = Enrolment.objects.filter(until__isnull=True).select_related("user").order_by("user__display_name")
        counted = super().get_queryset(request).with_student_count()  # type: ignore[attr-defined]
        rows: Rows = counted.prefetch_related(Prefetch("enrolments", now_in, to_attr="now_in"))
        return rows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ["school", "name", "year", *(["archived", "teachers", "students"] if obj else [])]
        return [(None, {"fields": self._without_school(request, fields)})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A class that somebody is or was in is archived, not deleted."""
        is_used = obj is not None and obj.enrolments.exists()
        return not is_used and super().has_delete_permission(request, obj)

    def record(self, request: HttpRequest, what: What, obj: Any, **details: Any) -> None:
        super().record(request, what, obj, **details | {"classroom": str(obj.pk)})

    @admin.display(description=gettext_lazy("archived"), ordering="archived_at")
    def archived(self, classroom: Classroom) -> str:
        return shown_time(classroom.archived_at)

    @admin.display(description=gettext_lazy("students"), ordering="student_count")
    def student_count(self, classroom: Any) -> int:
        return int(classroom.student_count)

    @admin.display(description=gettext_lazy("teachers"))
    def teachers(self, classroom: Any) -> str:
        return self._members(classroom, Enrolment.Role.TEACHER)

    @admin.display(description=gettext_lazy("students"))
    def students(self, classroom: Any) -> str:
        return self._members(classroom, Enrolment.Role.STUDENT)

    @staticmethod
    def _members(classroom: Any, role: str) -> str:
        members = [enrolment.user for enrolment in classroom.now_in if enrolment.role == role]
        links = ((reverse("admin:accounts_user_change", args=[member.pk]), member) for member in members)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or _("Nobody")

    @admin.action(description=gettext_lazy("Archive: the year is over"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: Rows) -> None:
        for classroom in (chosen := self._chosen(request, queryset.filter(archived_at__isnull=True))):
            classroom.archived_at = timezone.now()
            classroom.save(update_fields=["archived_at"])
            self.record(request, What.CLASSROOM_ARCHIVED, classroom)
        messages.success(
            request,
            _("%(count)s archived. Their students and teachers no longer see them.") % {"count": len(chosen)},
        )

    @admin.action(description=gettext_lazy("Use again"), permissions=["change"])
    def use_again(self, request: HttpRequest, queryset: Rows) -> None:
        for classroom in (chosen := self._chosen(request, queryset.filter(archived_at__isnull=False))):
            classroom.archived_at = None
            classroom.save(update_fields=["archived_at"])
            self.record(request, What.CLASSROOM_CHANGED, classroom, fields=["archived_at"])
        messages.success(request, _("%(count)s in use again.") % {"count": len(chosen)})

    def _chosen(self, request: HttpRequest, queryset: Rows) -> list[Classroom]:
        return list(Classroom.objects.editable_by(viewer(request)).filter(pk__in=queryset.values("pk")))


@admin.register(Enrolment)
class EnrolmentAdmin(ExportingAdmin):
    """Who is or was in which class. People are put into classes on their own page."""

    resource = EnrolmentList

    changers = ADMINS

    list_display = ["user", "classroom", "role", "since", "until", "school"]
    list_filter = [SchoolFilter, ClassFilter, MemberRoleFilter, MembershipFilter]
    search_fields = ["user__display_name", "user__username"]
    search_help_text = gettext_lazy("Name or login name")
    list_select_related = ["user", "classroom", "school"]
    fields = ["user", "classroom", "role", "since", "until"]
    readonly_fields = ["user", "classroom", "role", "since", "until"]
    actions = ["take_out"]

    @admin.action(description=gettext_lazy("Take out of the class"), permissions=["change"])
    def take_out(self, request: HttpRequest, queryset: Rows) -> None:
        visible = self.editable_rows(viewer(request)).filter(pk__in=queryset.values("pk"), until__isnull=True)
        chosen = list(visible.select_related("user"))
        for enrolment in chosen:
            people.leave_classes(enrolment.user, [enrolment], request=request)
        messages.success(request, _("%(count)s taken out.") % {"count": len(chosen)})


@admin.register(JoinCode)
class JoinCodeAdmin(ScopedAdmin):
    """Codes are made on the page of a class; here they are looked at and revoked."""

    changers = ADMINS
    school_path = "classroom__school"

    list_display = ["code", "classroom", "created_at", "expires_at", "used", "revoked_at"]
    list_filter = [SchoolFilter, ClassFilter, CodeFilter]
    search_fields = ["code"]
    list_select_related = ["classroom"]
    fields = ["code", "classroom", "created_at", "expires_at", "revoked_at", "used"]
    readonly_fields = ["code", "classroom", "created_at", "expires_at", "revoked_at", "used"]
    actions = ["revoke"]

    @admin.display(description=gettext_lazy("used"))
    def used(self, code: JoinCode) -> str:
        return _("%(used)s of %(all)s") % {"used": code.use_count, "all": code.max_use_count}

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: Rows) -> None:
        visible = self.editable_rows(viewer(request)).filter(pk__in=queryset.values("pk"), revoked_at__isnull=True)
        chosen = list(visible.select_related("classroom__school"))
        for code in chosen:
            code.revoked_at = timezone.now()
            code.save(update_fields=["revoked_at"])
            self.record(request, What.JOIN_CODE_REVOKED, code, classroom=str(code.classroom_id))
        messages.success(request, _("%(count)s revoked.") % {"count": len(chosen)})


@admin.register(AuditEvent)
class AuditEventAdmin(ExportingAdmin):
    """The audit trail, to be read. Names come from the accounts, so they go with them."""

    resource = AuditList

    list_display = ["at", "what", "by", "whom", "address", "shown_details", "school"]
    list_filter = [SchoolFilter, WhatFilter, WhenFilter]
    list_select_related = ["school"]
    fields = ["at", "what", "by", "whom", "address", "shown_details"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        seen = User.objects.visible_to(viewer(request))
        rows: Rows = super().get_queryset(request)
        named: Rows = rows.annotate(
            actor_name=Subquery(seen.filter(pk=OuterRef("actor")).values("username")[:1]),
            about_name=Subquery(seen.filter(pk=OuterRef("about")).values("username")[:1]),
        )
        return named

    @admin.display(description=gettext_lazy("by"))
    def by(self, event: Any) -> str:
        return event.actor_name or (_("Not in this school now") if event.actor else "-")

    @admin.display(description=gettext_lazy("about"))
    def whom(self, event: Any) -> str:
        return event.about_name or (_("Not in this school now") if event.about else "-")

    @admin.display(description=gettext_lazy("details"))
    def shown_details(self, event: AuditEvent) -> str:
        return ", ".join(f"{key}: {value}" for key, value in event.details.items())


@admin.register(RetiredSlug)
class RetiredSlugAdmin(ScopedAdmin):
    viewers = OPERATORS

    list_display = ["slug", "retired_at"]
