from django.urls import path

from projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="project-list"),
    path("<uuid:project_id>/", views.project_detail, name="project-detail"),
    path("<uuid:project_id>/files/", views.project_files, name="project-files"),
    path("<uuid:project_id>/save/", views.project_save, name="project-save"),
]
