"""Delete one person with everything that is theirs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codeplatform.data_duties.asking import add_deleting_arguments, confirm, find_person, lines_of
from codeplatform.data_duties.deletion import CannotDelete, delete_person


class Command(BaseCommand):
    help = (
        "Deletes a person for good: account, projects, history, sessions and what is written about them. "
        "The audit trail keeps a number that leads to nobody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the login name, such as ada@school")
        add_deleting_arguments(parser)

    def handle(self, *args: Any, name: str, dry_run: bool, yes: bool, **options: Any) -> None:
        person = find_person(name)
        if not dry_run:
            count = person.projects.count()
            confirm(self, f"Delete {person.username} ({person}) and {count} projects for good?", yes=yes)
        try:
            counts = delete_person(person, dry_run=dry_run)
        except CannotDelete as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{'Would delete' if dry_run else 'Deleted'} {person.username}:")
        self.stdout.write("\n".join(lines_of(counts)))
