from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from exercises.models import Exercise
from schools.admin_base import SchoolFilter, ScopedAdmin


@admin.register(Exercise)
class ExerciseAdmin(ScopedAdmin):
    """Which exercises there are; they are written and put away on their own pages."""

    list_display = ["title", "school", "author", "topic", "is_shared", "archived_at", "page"]
    list_filter = [SchoolFilter]
    search_fields = ["title", "slug", "author__display_name", "author__username"]
    search_help_text = _("Title, or name of the author")
    list_select_related = ["school", "author"]
    fields = ["title", "slug", "school", "author", "topic", "is_shared", "created_at", "archived_at", "page"]

    @admin.display(description=_("page"))
    def page(self, exercise: Exercise) -> str:
        return format_html('<a href="{}">Open</a>', reverse("exercises:exercise-detail", args=[exercise.pk]))
