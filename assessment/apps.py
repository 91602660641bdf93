from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = "Assessment"

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from assessment import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
