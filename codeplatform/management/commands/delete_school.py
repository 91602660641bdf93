"""Delete a school with everybody and everything in it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from codeplatform.data_duties.asking import add_deleting_arguments, confirm, find_school, lines_of
from codeplatform.data_duties.deletion import delete_school


class Command(BaseCommand):
    help = (
        "Deletes a school for good: its people and all their work, its classes, its part of the audit trail. "
        "Its short name is never given to another school."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the school's short name, which ends its login names")
        add_deleting_arguments(parser)

    def handle(self, *args: Any, slug: str, dry_run: bool, yes: bool, **options: Any) -> None:
        school = find_school(slug)
        if not dry_run:
            count = school.people.count()
            confirm(self, f"Delete the school {school} ({school.slug}) and its {count} people for good?", yes=yes)
        counts = delete_school(school, dry_run=dry_run)
        self.stdout.write(f"{'Would delete' if dry_run else 'Deleted'} the school {slug}:")
        self.stdout.write("\n".join(lines_of(counts)))
