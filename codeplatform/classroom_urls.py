"""The addresses below /classes/. A class's own page shows its people's work, so its view stands above schools."""

from django.urls import path

import projects.views
import schools.views
from schools import roster_views

app_name = "schools"
urlpatterns = [
    path("", schools.views.classroom_list, name="classroom-list"),
    path("<uuid:classroom_id>/", projects.views.classroom_detail, name="classroom-detail"),
    path("<uuid:classroom_id>/students/add/", roster_views.add_students, name="students-add"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/", roster_views.roster_batch, name="roster-batch"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/step/", roster_views.roster_step, name="roster-step"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/cards/", roster_views.login_cards, name="login-cards"),
]
