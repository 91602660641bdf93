"""Back up the database, or look whether a backup is good."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from codeplatform.backup.making import make_backup
from codeplatform.backup.refusal import Refused
from codeplatform.backup.restoring import check, check_sum

IDENTITY_HELP = "the file with the private key of age or GPG that reads an encrypted backup"


class Command(BaseCommand):
    help = (
        "Writes a backup of the database to BACKUP_DIR while the site goes on, encrypted for BACKUP_RECIPIENTS, and "
        "deletes those that are over their term. Ends with 1 and a sentence when it fails; then no older one is gone."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", metavar="FILE", help="make none; look whether this one is whole and unharmed")
        parser.add_argument("--identity", metavar="KEYFILE", help=f"with --check: {IDENTITY_HELP}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(Path(options["check"]), Path(options["identity"]) if options["identity"] else None)
            else:
                self._make()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}") from error

    def _make(self) -> None:
        began = time.monotonic()
        made = make_backup(
            settings.BACKUP_DIR,
            timezone.now(),
            recipients=settings.BACKUP_RECIPIENTS,
            keep_days=settings.BACKUP_KEEP_DAYS,
        )
        size, seconds = made.path.stat().st_size / 1_000_000, time.monotonic() - began
        rows = f"{len(made.manifest.tables)} tables, {made.manifest.row_count:,} rows"
        self.stdout.write(f"Backed up {rows} to {made.path} ({size:,.1f} MB, {seconds:.1f} s).")
        if not settings.BACKUP_RECIPIENTS:
            self.stdout.write("It is not encrypted: BACKUP_RECIPIENTS names no key.")
        if made.deleted_count:
            self.stdout.write(f"Deleted {made.deleted_count} older ones.")

    def _check(self, path: Path, identity: Path | None) -> None:
        has_sum = check_sum(path)
        if identity is None and path.suffix in {".age", ".gpg"}:
            if not has_sum:
                raise CommandError(
                    "Without its .sha256 file an encrypted backup is checked with --identity KEYFILE only."
                )
            self.stdout.write("Unharmed, as its .sha256 file says. To look inside, add --identity KEYFILE.")
            return
        manifest = check(path, identity)
        self.stdout.write(
            f"Good: made {manifest.made_at:%Y-%m-%d %H:%M} UTC of {manifest.engine} {manifest.engine_version}, "
            f"{len(manifest.tables)} tables, {manifest.row_count:,} rows."
        )
