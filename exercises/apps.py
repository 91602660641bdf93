from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    name = "exercises"
    verbose_name = _("Exercises")

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from exercises import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
