"""What stands in the exported lists, column by column."""

from __future__ import annotations

from typing import Any

from import_export.fields import Field

from accounts.models import User
from schools.admin_export import ListResource, moment
from schools.audit_events import AuditEvent
from schools.models import Classroom, Enrolment


class PeopleList(ListResource):
    name = Field("display_name", "Name")
    login = Field("username", "Login name")
    role = Field("get_role_display", "Role")
    classes = Field(column_name="Class")
    account = Field(column_name="Account")
    last_seen = Field(column_name="Last seen")

    class Meta:
        model = User
        fields = export_order = ("name", "login", "role", "classes", "account", "last_seen")

    def dehydrate_classes(self, person: Any) -> str:
        return "; ".join(enrolment.classroom.name for enrolment in person.now_in)

    def dehydrate_account(self, person: User) -> str:
        return "Open" if person.is_active else "Closed"

    def dehydrate_last_seen(self, person: User) -> str:
        return moment(person.last_seen_at)


class ClassList(ListResource):
    name = Field("name", "Class")
    year = Field("year", "Year")
    teachers = Field(column_name="Teachers")
    students = Field("student_count", "Students")
    archived = Field(column_name="Archived")

    class Meta:
        model = Classroom
        fields = export_order = ("name", "year", "teachers", "students", "archived")

    def dehydrate_teachers(self, classroom: Any) -> str:
        return "; ".join(str(e.user) for e in classroom.now_in if e.role == Enrolment.Role.TEACHER)

    def dehydrate_archived(self, classroom: Classroom) -> str:
        return moment(classroom.archived_at)


class EnrolmentList(ListResource):
    name = Field("user__display_name", "Name")
    login = Field("user__username", "Login name")
    classroom = Field("classroom__name", "Class")
    role = Field("get_role_display", "Role")
    since = Field(column_name="Since")
    until = Field(column_name="Until")

    class Meta:
        model = Enrolment
        fields = export_order = ("name", "login", "classroom", "role", "since", "until")

    def dehydrate_since(self, enrolment: Enrolment) -> str:
        return moment(enrolment.since)

    def dehydrate_until(self, enrolment: Enrolment) -> str:
        return moment(enrolment.until)


class AuditList(ListResource):
    at = Field(column_name="When")
    what = Field("get_what_display", "What")
    by = Field("actor_name", "By")
    about = Field("about_name", "About")
    address = Field("address", "Address")
    details = Field(column_name="Details")

    class Meta:
        model = AuditEvent
        fields = export_order = ("at", "what", "by", "about", "address", "details")

    def dehydrate_at(self, event: AuditEvent) -> str:
        return moment(event.at)

    def dehydrate_details(self, event: AuditEvent) -> str:
        return ", ".join(f"{key}: {value}" for key, value in event.details.items())
