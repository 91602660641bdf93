from django.urls import path

from projects import history_views, views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="project-list"),
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
]
