from django.urls import path

from exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.exercise_list, name="exercise-list"),
    path("<uuid:exercise_id>/", views.exercise_detail, name="exercise-detail"),
]
