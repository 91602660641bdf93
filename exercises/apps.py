from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    name = "exercises"
    verbose_name = "Exercises"

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from exercises import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
