"""Delete a class, and its students where that is wanted."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codeplatform.data_duties.asking import add_deleting_arguments, confirm, find_school, lines_of, printable
from codeplatform.data_duties.deletion import delete_classroom, only_here
from schools.models import Classroom, School


class Command(BaseCommand):
    help = "Deletes a class for good. Its people stay, with their work, unless --with-students is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the school's short name")
        parser.add_argument("name", help="the name of the class, such as 10A")
        parser.add_argument("--year", type=int, help="the year in which its school year begins")
        parser.add_argument(
            "--with-students", action="store_true", help="delete its students, too, but those who are in another class"
        )
        add_deleting_arguments(parser)

    def handle(
        self,
        *args: Any,
        slug: str,
        name: str,
        year: int | None,
        with_students: bool,
        dry_run: bool,
        yes: bool,
        **options: Any,
    ) -> None:
        classroom = _find(find_school(slug), name, year)
        if not dry_run:
            people = f" and {only_here(classroom).count()} students" if with_students else ""
            confirm(self, f"Delete the class {classroom} of {classroom.year}{people} for good?", yes=yes)
        counts = delete_classroom(classroom, with_students=with_students, dry_run=dry_run)
        self.stdout.write(f"{'Would delete' if dry_run else 'Deleted'} the class {classroom} of {slug}:")
        self.stdout.write("\n".join(lines_of(counts)))


def _find(school: School, name: str, year: int | None) -> Classroom:
    found = list(Classroom.objects.filter(school=school, name=printable(name)))
    fitting = [classroom for classroom in found if year in (None, classroom.year)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        years = ", ".join(str(classroom.year) for classroom in fitting)
        raise CommandError(f"There are several classes {printable(name)}: say which by --year ({years}).")
    raise CommandError(f"{school} has no class {printable(name)}{f' of {year}' if year else ''}.")
