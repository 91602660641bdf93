from django.contrib.admin.apps import AdminConfig


class SchoolsAdminConfig(AdminConfig):
    default_site = "schools.admin_site.SchoolAdminSite"
