"""The map of the site. It is put together here, where every app may be named."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

import accounts.views
from codeplatform import health, privacy
from codeplatform.data_duties.views import export_data
from schools import join_views

urlpatterns = [
    path("", include("frontend.urls")),
    path("", include("accounts.urls")),
    path("projects/", include("projects.urls")),
    path("exercises/", include("codeplatform.exercise_urls")),
    path("", include("assessment.urls")),
    path("", include("codeplatform.school_urls")),
    path("join/", join_views.join, name="join"),
    path("join/account/", join_views.register, name="register"),
    path("account/export/", export_data, name="export-own"),
    path("account/export/<uuid:person_id>/", export_data, name="export-person"),
    path("privacy/", privacy.page, name="privacy"),
    path("admin/login/", accounts.views.admin_sign_in, name="admin-sign-in"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "codeplatform.error_pages.bad_request"
handler403 = "codeplatform.error_pages.denied"
handler404 = "codeplatform.error_pages.not_found"
handler500 = "codeplatform.error_pages.failed"
