"""The addresses of assessment, from the root: assignments, progress, submissions, and some of a class."""

from __future__ import annotations

from django.urls import path

from assessment import (
    assignment_actions,
    assignment_edit_views,
    assignment_views,
    exercise_views,
    gradebook_views,
    grid_views,
    marking_views,
    submission_views,
    work_views,
)

app_name = "assessment"
_MARKING = "classes/<uuid:classroom_id>/marking/"
_RUN = f"{_MARKING}<uuid:run_id>/"
urlpatterns = [
    path("assignments/", assignment_views.assignment_list, name="assignment-list"),
    path("assignments/new/", assignment_edit_views.assignment_new, name="assignment-new"),
    path("assignments/<uuid:assignment_id>/", assignment_views.assignment_detail, name="assignment-detail"),
    path("assignments/<uuid:assignment_id>/edit/", assignment_edit_views.assignment_edit, name="assignment-edit"),
    path("assignments/<uuid:assignment_id>/archive/", assignment_actions.assignment_archive, name="assignment-archive"),
    path(
        "assignments/<uuid:assignment_id>/unarchive/",
        assignment_actions.assignment_unarchive,
        name="assignment-unarchive",
    ),
    path("assignments/<uuid:assignment_id>/release/", assignment_actions.assignment_release, name="assignment-release"),
    path(
        "assignments/<uuid:assignment_id>/withdraw/", assignment_actions.assignment_withdraw, name="assignment-withdraw"
    ),
    path(
        "assignments/<uuid:assignment_id>/exercises/<uuid:assigned_id>/update/",
        assignment_actions.exercise_update,
        name="exercise-update",
    ),
    path("assignments/<uuid:assignment_id>/extensions/", assignment_actions.extension_list, name="extension-list"),
    path(
        "assignments/<uuid:assignment_id>/extensions/<uuid:extension_id>/delete/",
        assignment_actions.extension_delete,
        name="extension-delete",
    ),
    path("progress/", assignment_views.progress, name="progress"),
    path("classes/<uuid:classroom_id>/grid/", grid_views.grid, name="grid"),
    path("classes/<uuid:classroom_id>/gradebook/", gradebook_views.gradebook, name="gradebook"),
    path("classes/<uuid:classroom_id>/gradebook/export/", gradebook_views.gradebook_export, name="gradebook-export"),
    path(
        "classes/<uuid:classroom_id>/gradebook/<uuid:student_id>/",
        gradebook_views.gradebook_student,
        name="gradebook-student",
    ),
    path(
        "assignments/<uuid:assignment_id>/<int:position>/", exercise_views.assigned_exercise, name="assigned-exercise"
    ),
    path("work/<uuid:project_id>/", work_views.work_detail, name="work-detail"),
    path("work/<uuid:task_id>/<int:version>/save/", work_views.work_save, name="work-save"),
    path("work/<uuid:task_id>/<int:version>/hints/<int:number>/", work_views.work_hint, name="work-hint"),
    path("work/<uuid:task_id>/<int:version>/check/", work_views.work_check, name="work-check"),
    path("work/<uuid:task_id>/<int:version>/hand-in/", work_views.work_hand_in, name="work-hand-in"),
    path("submissions/<uuid:submission_id>/", submission_views.submission_detail, name="submission-detail"),
    path("submissions/<uuid:submission_id>/editor/", submission_views.submission_editor, name="submission-editor"),
    path("submissions/<uuid:submission_id>/comments/", submission_views.comment_new, name="comment-new"),
    path(
        "submissions/<uuid:submission_id>/comments/<uuid:comment_id>/delete/",
        submission_views.comment_delete,
        name="comment-delete",
    ),
    path(
        "submissions/<uuid:submission_id>/saved/<uuid:saved_id>/remove/",
        submission_views.saved_comment_remove,
        name="saved-comment-remove",
    ),
    path("submissions/<uuid:submission_id>/mark/", submission_views.mark_set, name="mark-set"),
    path("submissions/<uuid:submission_id>/mark/take-back/", submission_views.mark_take_back, name="mark-take-back"),
    path(f"{_MARKING}new/", marking_views.marking_new, name="marking-new"),
    path(_RUN, marking_views.marking_run, name="marking-run"),
    path(f"{_RUN}claim/", marking_views.marking_claim, name="marking-claim"),
    path(f"{_RUN}tests/<uuid:version_id>/", marking_views.marking_tests, name="marking-tests"),
    path(f"{_RUN}give-back/", marking_views.marking_give_back, name="marking-give-back"),
    path(f"{_RUN}results/", marking_views.marking_results, name="marking-results"),
    path(f"{_RUN}publish/", marking_views.marking_publish, name="marking-publish"),
    path(f"{_RUN}discard/", marking_views.marking_discard, name="marking-discard"),
]
