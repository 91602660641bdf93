from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from schools import signals, triggers  # noqa: F401  (signals: importing it connects them)

        sqlite_triggers.keep(self, triggers.TRIGGERS)
