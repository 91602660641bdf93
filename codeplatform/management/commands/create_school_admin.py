"""Make an account for somebody who runs a school."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.names import normalise
from accounts.roles import Role
from codeplatform.data_duties.asking import find_school, printable, sentences
from schools.founding import create_school_admin


class Command(BaseCommand):
    help = (
        "Makes a school admin and prints a pass-phrase, this once; it is changed at the first sign-in. "
        "Done a second time, it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("school", help="the school's short name")
        parser.add_argument("name", help="the login name, such as head or head@school")
        parser.add_argument("--display-name", default="", help="what people see; the login name if it is left out")

    def handle(self, *args: Any, school: str, name: str, display_name: str, **options: Any) -> None:
        place = find_school(school)
        wanted = normalise(printable(name)).partition("@")[0]
        there = User.objects.filter(username=f"{wanted}@{place.slug}").first()
        if there is not None and there.role != Role.SCHOOL_ADMIN:
            raise CommandError(
                f"{there.username} is a {there.get_role_display().lower()} already; choose another name."
            )
        if there is not None:
            self.stdout.write(f"{there.username} is a school admin already; nothing was changed.")
            return
        try:
            person, phrase = create_school_admin(place, printable(name), printable(display_name))
        except ValidationError as error:
            raise sentences(error) from error
        self.stdout.write(f"Made {person.username}, school admin of {place}.")
        self.stdout.write(f"Pass-phrase, shown this once: {phrase}")
