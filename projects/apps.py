from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projects"

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from projects import triggers

        sqlite_triggers.keep(self, triggers.TRIGGERS)
