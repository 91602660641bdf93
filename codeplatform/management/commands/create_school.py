"""Bring a school to the site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from codeplatform.data_duties.asking import printable, sentences
from schools.founding import create_school
from schools.models import School


class Command(BaseCommand):
    help = "Makes a school. Its admin comes next: create_school_admin. Done a second time, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the school's name, as people know it")
        parser.add_argument("slug", help="a short name of small letters, digits and hyphens that ends its login names")
        parser.add_argument("--time-zone", default="UTC", help="where its days begin and end, such as Europe/Berlin")

    def handle(self, *args: Any, name: str, slug: str, time_zone: str, **options: Any) -> None:
        if School.objects.filter(slug=printable(slug), name=printable(name)).exists():
            self.stdout.write(f"There is {name} ({slug}) already; nothing was changed.")
            return
        try:
            school = create_school(printable(name), printable(slug), printable(time_zone))
        except ValidationError as error:
            raise sentences(error) from error
        self.stdout.write(f"Made {school.name}. Its people sign in at /login/{school.slug}/.")
