from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exercises.importing import export_folders
from exercises.models import Exercise
from exercises.versions import folders_of
from schools.models import School


class Command(BaseCommand):
    help = "Writes exercises as folders of text: those that come with the site, or with --school those of a school."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="each exercise becomes FOLDER/topic/name")
        parser.add_argument("--school", help="the slug of a school")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        exercises = Exercise.objects.in_use().order_by("slug")
        if options["school"]:
            school = School.objects.filter(slug=options["school"]).first()
            if school is None:
                raise CommandError(f"There is no school {options['school']}.")
            exercises = exercises.filter(school=school)
        else:
            exercises = exercises.filter(school__isnull=True)
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file; name a folder.")
        count = export_folders(folders_of(exercises), folder)
        self.stdout.write(f"Wrote {count} exercise{'' if count == 1 else 's'}.")
