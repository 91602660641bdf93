from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from schools import audit_receivers, signals, triggers  # noqa: F401  (importing receivers connects them)

        sqlite_triggers.keep(self, triggers.TRIGGERS)
