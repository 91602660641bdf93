from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exercises.importing import LIBRARY, BadFolders, import_folders, read_folders
from exercises.versions import Outcome
from schools.models import School


class Command(BaseCommand):
    help = (
        "Reads exercises from FOLDER, or those that come with the site. What is there already gets a new version where "
        "something has changed. All of them, or none and what is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=LIBRARY, help="one exercise, or many at any depth")
        parser.add_argument("--school", help="the slug of the school that shares them; otherwise every school has them")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        school = None
        if options["school"]:
            school = School.objects.filter(slug=options["school"]).first()
            if school is None:
                raise CommandError(f"There is no school {options['school']}.")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        try:
            counts = import_folders(
                read_folders(folder.resolve()), author=None, school=school, is_shared=True, dry_run=dry_run
            )
        except BadFolders as error:
            raise CommandError("\n".join(["Nothing was imported:", *error.problems])) from error
        verb = "Would import" if dry_run else "Imported"
        self.stdout.write(
            f"{verb} {counts.total()} exercises: {counts[Outcome.NEW]} new, {counts[Outcome.CHANGED]} changed, "
            f"{counts[Outcome.UNCHANGED]} as they were."
        )
