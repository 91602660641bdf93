from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from projects import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
