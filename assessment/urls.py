"""The addresses of assessment, from the root: assignments, progress, submissions, and some of a class."""

from __future__ import annotations

from django.urls import path

from assessment import gradebook_views, grid_views

app_name = "assessment"
urlpatterns = [
    path("classes/<uuid:classroom_id>/grid/", grid_views.grid, name="grid"),
    path("classes/<uuid:classroom_id>/gradebook/", gradebook_views.gradebook, name="gradebook"),
    path("classes/<uuid:classroom_id>/gradebook/export/", gradebook_views.gradebook_export, name="gradebook-export"),
    path(
        "classes/<uuid:classroom_id>/gradebook/<uuid:student_id>/",
        gradebook_views.gradebook_student,
        name="gradebook-student",
    ),
]
