"""Who did what to whom."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from codeplatform.data_duties.asking import find_person, find_school, printable
from codeplatform.data_duties.audit_lines import described, events, line
from schools.audit_events import What


class Command(BaseCommand):
    help = (
        "Tells who did what to whom, the oldest first: sign-ins, new passwords, changed accounts, exports, deletions, "
        "staff who looked at a student's work. Times are in UTC."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--person",
            help="a login name, or the number of a deleted account: what they did, and what was done to them",
        )
        parser.add_argument("--school", help="a school's short name")
        parser.add_argument(
            "--what", action="append", default=[], help=f"a kind, more than once for several: {', '.join(What.values)}"
        )
        parser.add_argument("--since", help="a day such as 2026-11-22, or a moment such as 2026-11-22T08:00")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        found = events(
            person=_person(options["person"]) if options["person"] else None,
            school=find_school(options["school"]) if options["school"] else None,
            what=[_kind(word) for word in options["what"]],
            since=_moment(options["since"]) if options["since"] else None,
        )
        count = 0
        for event in described(found):
            self.stdout.write(json.dumps(event) if options["json"] else line(event))
            count += 1
        if not options["json"]:
            self.stdout.write(f"{count} event{'' if count == 1 else 's'}.")


def _person(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        return find_person(name).pk


def _kind(word: str) -> str:
    """The kind with this name; hyphens do for spaces."""
    kinds = {kind.replace("-", " "): kind for kind in What.values}
    try:
        return kinds[word.casefold().replace("-", " ")]
    except KeyError:
        raise CommandError(f"There is no kind {printable(word)}. There are: {', '.join(What.values)}.") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{printable(text)} is no day; write it like 2026-11-22.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
