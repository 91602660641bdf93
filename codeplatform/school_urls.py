"""The addresses of classes, and where a school that is not here registers its interest.

A class's own page shows its people's work, so its view stands above schools.
"""

from django.urls import include, path

import assessment.classroom_views
import projects.classroom_views
from schools import classroom_views, interest_views, join_views, roster_views, student_views

app_name = "schools"
_classrooms = [
    path("", classroom_views.classroom_list, name="classroom-list"),
    path("<uuid:classroom_id>/", assessment.classroom_views.classroom_detail, name="classroom-detail"),
    path("new/", classroom_views.classroom_create, name="classroom-create"),
    path("<uuid:classroom_id>/settings/", classroom_views.classroom_settings, name="classroom-settings"),
    path("<uuid:classroom_id>/archive/", classroom_views.classroom_archive, name="classroom-archive"),
    path("<uuid:classroom_id>/unarchive/", classroom_views.classroom_unarchive, name="classroom-unarchive"),
    path("<uuid:classroom_id>/teachers/", classroom_views.classroom_teachers, name="classroom-teachers"),
    path("<uuid:classroom_id>/teachers/<uuid:user_id>/remove/", classroom_views.teacher_remove, name="teacher-remove"),
    path("<uuid:classroom_id>/join-code/", join_views.join_code, name="join-code"),
    path("<uuid:classroom_id>/join-code/revoke/", join_views.join_code_revoke, name="join-code-revoke"),
    path("<uuid:classroom_id>/students/change/", student_views.students_change, name="students-change"),
    path(
        "<uuid:classroom_id>/students/<uuid:user_id>/", projects.classroom_views.student_detail, name="student-detail"
    ),
    path("<uuid:classroom_id>/students/<uuid:user_id>/release/", student_views.student_release, name="student-release"),
    path("<uuid:classroom_id>/students/<uuid:user_id>/reopen/", student_views.student_reopen, name="student-reopen"),
    path("<uuid:classroom_id>/students/add/", roster_views.add_students, name="students-add"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/", roster_views.roster_batch, name="roster-batch"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/step/", roster_views.roster_step, name="roster-step"),
    path("<uuid:classroom_id>/lists/<uuid:batch_id>/cards/", roster_views.login_cards, name="login-cards"),
]
urlpatterns = [
    path("classes/", include(_classrooms)),
    path("interest/", interest_views.interest, name="interest"),
    path("interest/thanks/", interest_views.thanks, name="interest-thanks"),
]
