"""Django's flush, which empties every table: the audit trail's too."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as FlushCommand

from schools.audit_events import erasing


class Command(FlushCommand):
    def handle(self, **options: Any) -> None:
        with erasing():
            super().handle(**options)
