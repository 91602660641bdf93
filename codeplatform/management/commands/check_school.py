"""Find what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codeplatform.data_duties.asking import find_school, printable
from codeplatform.data_duties.consistency import Finding, check_school, check_site
from schools.models import School


class Command(BaseCommand):
    help = (
        "Looks for what does not fit together: accounts, classes, projects and their history, sessions. It changes "
        "nothing, says what to do about each finding, and fails when there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="a school's short name; all schools and operators if left out")

    def handle(self, *args: Any, slug: str | None, **options: Any) -> None:
        schools = [find_school(slug)] if slug else list(School.objects.order_by("slug"))
        count = 0
        for school in schools:
            count += self._report(school.slug, check_school(school))
        if not slug:
            count += self._report("of no school", check_site())
        if count:
            raise CommandError(f"{count} finding{'' if count == 1 else 's'}.")

    def _report(self, place: str, findings: Iterator[Finding]) -> int:
        lines = [printable(f"{place}: {found.where}: {found.what}. {found.advice}") for found in findings]
        self.stdout.write("\n".join(lines) or f"{place}: all fits.")
        return len(lines)
