from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = _("Assessment")

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from assessment import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
