"""Bring a backup back."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from codeplatform.backup.refusal import Refused
from codeplatform.backup.restoring import restore
from codeplatform.management.commands.backup import IDENTITY_HELP


class Command(BaseCommand):
    help = (
        "Restores a backup into the database that DATABASE_URL names, which must be empty, compares every table with "
        "what the backup says of it, and runs the migrations that came later. Everybody must sign in again."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--identity", metavar="KEYFILE", help=IDENTITY_HELP)
        parser.add_argument(
            "--replace-existing-data", action="store_true", help="the database holds data, and all of it may go"
        )
        parser.add_argument(
            "--bring-back-deleted",
            action="store_true",
            help="keep whom the backup holds and somebody deleted since; otherwise they are deleted again",
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        began = time.monotonic()
        try:
            done = restore(
                Path(file),
                Path(options["identity"]) if options["identity"] else None,
                replacing=options["replace_existing_data"],
                brings_back_deleted=options["bring_back_deleted"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}") from error
        manifest = done.manifest
        self.stdout.write(
            f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC in {time.monotonic() - began:.1f} s: "
            f"{len(manifest.tables)} tables, {manifest.row_count:,} rows, all counts and checksums as they were."
        )
        if done.is_migrated:
            self.stdout.write("It was of an older release: its migrations have been run.")
        for kind, count in done.repeated.items():
            self.stdout.write(f"Deleted again, as after the backup: {count} × {kind}.")
        self.stdout.write(
            "Whoever was deleted after the last backup, and is on no list, is back: delete them again "
            "(manage.py delete_person NAME), then run manage.py purge.\n"
            "Everybody must sign in again. Settings of then, but for secrets:"
        )
        self.stdout.write(done.settings)
