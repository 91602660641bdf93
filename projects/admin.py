from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.models import Project
from schools.admin_base import SchoolFilter, ScopedAdmin
from schools.admin_filters import OwnerInClassFilter


@admin.register(Project)
class ProjectAdmin(ScopedAdmin):
    """Where to find somebody's work; it is looked at on its own page."""

    school_path = "owner__school"

    list_display = ["name", "owner", "saved_at", "page"]
    list_filter = [SchoolFilter, OwnerInClassFilter]
    search_fields = ["name", "owner__display_name", "owner__username"]
    search_help_text = _("Project, name or login name")
    list_select_related = ["owner"]
    fields = ["name", "owner", "created_at", "saved_at", "page"]

    @admin.display(description=_("page"))
    def page(self, project: Project) -> str:
        return format_html('<a href="{}">Open</a>', reverse("projects:project-detail", args=[project.pk]))
