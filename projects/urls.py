from django.urls import path

from projects import history_views, keeping_views, views

app_name = "projects"
urlpatterns = [
    path("", keeping_views.project_list, name="project-list"),
    path("upload/", keeping_views.project_upload, name="project-upload"),
    path("from-example/<slug:slug>/", keeping_views.project_from_example, name="project-from-example"),
    path("bin/", keeping_views.bin_list, name="bin"),
    path("<uuid:project_id>/", views.project_detail, name="project-detail"),
    path("<uuid:project_id>/files/", views.project_files, name="project-files"),
    path("<uuid:project_id>/save/", views.project_save, name="project-save"),
    path("<uuid:project_id>/history/", history_views.project_history, name="project-history"),
    path("<uuid:project_id>/history/<int:number>/", history_views.project_revision, name="project-revision"),
    path(
        "<uuid:project_id>/history/<int:number>/files/",
        history_views.project_revision_files,
        name="project-revision-files",
    ),
    path("<uuid:project_id>/history/<int:number>/restore/", history_views.project_restore, name="project-restore"),
    path("<uuid:project_id>/zip/", keeping_views.project_zip, name="project-zip"),
    path("<uuid:project_id>/rename/", keeping_views.project_rename, name="project-rename"),
    path("<uuid:project_id>/duplicate/", keeping_views.project_duplicate, name="project-duplicate"),
    path("<uuid:project_id>/bin/", keeping_views.project_bin, name="project-bin"),
    path("<uuid:project_id>/bin/restore/", keeping_views.bin_restore, name="bin-restore"),
    path("<uuid:project_id>/bin/delete/", keeping_views.bin_delete, name="bin-delete"),
]
