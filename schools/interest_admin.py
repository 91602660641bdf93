"""Registrations of interest in the admin: for operators alone, who read, export and delete them."""

from __future__ import annotations

from django.contrib import admin
from import_export.fields import Field

from schools.admin_base import OPERATORS
from schools.admin_export import ExportingAdmin, ListResource, moment
from schools.interest_models import Interest


class InterestList(ListResource):
    registered = Field(column_name="Registered")
    name = Field("name", "Name")
    school = Field("school_name", "School")
    works_as = Field("get_works_as_display", "Works as")
    email = Field("email", "E-mail")
    message = Field("message", "Message")

    class Meta:
        model = Interest
        fields = export_order = ("registered", "name", "school", "works_as", "email", "message")

    def dehydrate_registered(self, interest: Interest) -> str:
        return moment(interest.created_at)


@admin.register(Interest)
class InterestAdmin(ExportingAdmin):
    resource = InterestList
    viewers = OPERATORS
    deleters = OPERATORS

    list_display = ["created_at", "name", "school_name", "works_as", "email", "confirmed_at"]
    search_fields = ["name", "school_name", "email"]
    fields = ["created_at", "name", "school_name", "works_as", "email", "message", "confirmed_at"]
