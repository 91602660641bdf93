"""The addresses below /exercises/. Its own page shows a person's work, so its view stands above exercises."""

from django.urls import path

import assessment.exercise_views
from exercises import edit_views, library_views, zip_views

app_name = "exercises"
urlpatterns = [
    path("", library_views.exercise_list, name="exercise-list"),
    path("new/", edit_views.exercise_new, name="exercise-new"),
    path("import/", zip_views.exercise_import, name="exercise-import"),
    path("zip/", zip_views.exercises_zip, name="exercises-zip"),
    path("<uuid:exercise_id>/", assessment.exercise_views.exercise_detail, name="exercise-detail"),
    path("<uuid:exercise_id>/edit/", edit_views.exercise_edit, name="exercise-edit"),
    path("<uuid:exercise_id>/copy/", library_views.exercise_copy, name="exercise-copy"),
    path("<uuid:exercise_id>/zip/", zip_views.exercise_zip, name="exercise-zip"),
    path("<uuid:exercise_id>/archive/", library_views.exercise_archive, name="exercise-archive"),
    path("<uuid:exercise_id>/unarchive/", library_views.exercise_unarchive, name="exercise-unarchive"),
]
