"""Delete what has been kept for its term."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from codeplatform.data_duties.asking import DRY_RUN_HELP
from codeplatform.data_duties.purge import purge


class Command(BaseCommand):
    help = (
        "Deletes what has been kept for as long as each school wants: leavers with their work, the bin, old versions, "
        "the audit trail; and old network addresses, sessions, join codes and log entries. To be run once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        purged = purge(timezone.now(), dry_run=dry_run)
        self.stdout.write("Would delete:" if dry_run else "Deleted:")
        self.stdout.write("\n".join(f"  {count:>8,}  {kind}" for kind, count in purged.counts.items()) or "  nothing")
        if purged.failures:
            raise CommandError(f"It failed in {len(purged.failures)}: {'; '.join(purged.failures)}. The log says why.")
