from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools")

    def ready(self) -> None:
        from accounts import sqlite_triggers
        from schools import audit_receivers, signals, triggers  # noqa: F401  (importing receivers connects them)

        sqlite_triggers.keep(self, triggers.TRIGGERS)
