from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessment.models import Assignment
from schools.admin_base import SchoolFilter, ScopedAdmin


@admin.register(Assignment)
class AssignmentAdmin(ScopedAdmin):
    """Which assignments there are; they are set, changed and put away on their own pages."""

    list_display = ["title", "school", "author", "opens_at", "due_at", "closes_at", "archived_at", "page"]
    list_filter = [SchoolFilter]
    search_fields = ["title", "author__display_name", "author__username"]
    search_help_text = _("Title, or name of the author")
    list_select_related = ["school", "author"]
    fields = [
        *("title", "school", "author", "opens_at", "due_at", "closes_at", "late_policy", "shows_results"),
        *("created_at", "released_at", "archived_at", "page"),
    ]

    @admin.display(description=_("page"))
    def page(self, assignment: Assignment) -> str:
        return format_html('<a href="{}">Open</a>', reverse("assessment:assignment-detail", args=[assignment.pk]))
