"""The map of the site. It is put together here, where every app may be named."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

import accounts.views
import projects.views
import schools.views
from codeplatform import health
from codeplatform.data_duties.views import export_data

# The page of a class shows its people's work, so its view stands above schools.
classroom_urls = [
    path("", schools.views.classroom_list, name="classroom-list"),
    path("<uuid:classroom_id>/", projects.views.classroom_detail, name="classroom-detail"),
]

urlpatterns = [
    path("", include("frontend.urls")),
    path("", include("accounts.urls")),
    path("projects/", include("projects.urls")),
    path("classes/", include((classroom_urls, "schools"))),
    path("account/export/", export_data, name="export-own"),
    path("account/export/<uuid:person_id>/", export_data, name="export-person"),
    path("admin/login/", accounts.views.admin_sign_in, name="admin-sign-in"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
