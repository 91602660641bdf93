"""What the operators' commands share: finding whom they are told, asking before they delete, telling counts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import IO

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from schools.models import School

YES_HELP = "do not ask"
DRY_RUN_HELP = "only count; nothing is changed"


def add_deleting_arguments(parser: CommandParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN_HELP)
    parser.add_argument("--yes", action="store_true", help=YES_HELP)


def find_person(name: str) -> User:
    """The person with this login name. Raises CommandError."""
    try:
        return User.objects.get_by_natural_key(printable(name))
    except User.DoesNotExist:
        raise CommandError(
            f"There is nobody with the login name {printable(name)}. Login names look like ada@school."
        ) from None


def find_school(slug: str) -> School:
    """The school with this slug. Raises CommandError."""
    school = School.objects.filter(slug=printable(slug)).first()
    if school is None:
        slugs = ", ".join(School.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise CommandError(f"There is no school {printable(slug)}. There are: {slugs or 'none yet'}.")
    return school


def confirm(command: BaseCommand, question: str, *, yes: bool, answers: IO[str] | None = None) -> None:
    """Go on when the operator says so. Raises CommandError when not, and when there is nobody to ask."""
    if yes:
        return
    answers = answers or sys.stdin
    if not answers.isatty():
        raise CommandError("There is nobody to ask: add --yes if you mean it, or --dry-run to see what would go.")
    command.stdout.write(f"{question} Type yes to go on: ", ending="")
    command.stdout.flush()
    if answers.readline().strip().casefold() != "yes":
        raise CommandError("Nothing was deleted.")


def lines_of(counts: Mapping[str, int]) -> list[str]:
    """A line for each model of which rows were counted, in the words of the models."""
    rows = [(str(apps.get_model(name)._meta.verbose_name_plural), count) for name, count in counts.items() if count]
    return [f"  {count:>8,}  {name}" for name, count in rows]


def printable(text: str) -> str:
    """The text without what could write on a terminal what it likes."""
    return "".join(character if character.isprintable() else "�" for character in text)


def sentences(error: ValidationError) -> CommandError:
    """What the fields of a form would say, as one error of a command."""
    if not hasattr(error, "error_dict"):
        return CommandError(" ".join(error.messages))
    return CommandError(" ".join(f"{name}: {' '.join(found)}" for name, found in error.message_dict.items()))
