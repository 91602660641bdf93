"""Delete for good the projects that have been in the bin long enough."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.keeping import purge_bin
from projects.limits import BIN_DAYS


class Command(BaseCommand):
    help = f"Deletes for good the projects that have been in the bin for more than {BIN_DAYS} days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count them only")

    def handle(self, *args: Any, **options: Any) -> None:
        purged = purge_bin(timezone.now(), dry_run=options["dry_run"])
        verb = "Would delete" if options["dry_run"] else "Deleted"
        self.stdout.write(f"{verb} {purged.project_count} projects with {purged.file_count} files.")
