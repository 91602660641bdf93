"""Demo schools, people and projects, the same each time."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessment.models import AssignedExercise, Assignment
from exercises.importing import LIBRARY, import_folders, read_folders
from exercises.models import Exercise
from projects.saving import create_project
from schools.models import Classroom, Enrolment, School

YEAR = 2026
# school slug, school name, admin, and for each class its name, teacher and students (short names)
SCHOOLS: list[tuple[str, str, str, list[tuple[str, str, list[str]]]]] = [
    ("demo", "Demo School", "head", [("10A", "teacher", ["ada", "ben", "cleo"]), ("10B", "other", ["dan"])]),
    ("elsewhere", "School Elsewhere", "head", [("9Z", "teacher", ["eve"])]),
]
OPERATOR = "operator"
# Set to the first class, in this order: slugs of the library
ASSIGNMENT, EXERCISES = "First steps", ["greeting", "rectangle", "larger-number"]
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvz", "aeiou"
HELLO = """\
name = input("What is your name? ")
print(f"Hello {name}, this is Python!")
for number in range(1, 4):
    print(number, "times", number, "is", number * number)
"""


class Command(BaseCommand):
    help = "Adds demo schools, their people and the exercises of the site; what is there stays, but gets the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", help="for every demo account (or DEMO_PASSWORD; else one is made up)")
        parser.add_argument("--force", action="store_true", help="outside DEBUG too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError("These accounts share one password. Set DEBUG=on, or add --force if you mean it.")
        password = options["password"] or os.environ.get("DEMO_PASSWORD") or _pass_phrase()
        with transaction.atomic():
            people = [self._person(OPERATOR, None, Role.OPERATOR, password)]
            for slug, name, admin, classes in SCHOOLS:
                school, _ = School.objects.get_or_create(slug=slug, defaults={"name": name})
                people.append(self._person(admin, school, Role.SCHOOL_ADMIN, password))
                for class_name, teacher, students in classes:
                    people += self._classroom(school, class_name, teacher, students, password)
            import_folders(read_folders(LIBRARY), author=None, school=None, is_shared=True)
            _set_work()
        self.stdout.write(f"Accounts (password: {password})")
        for person in people:
            self.stdout.write(f"  {person.username:<20} {person.get_role_display()}")

    def _classroom(self, school: School, name: str, teacher: str, students: list[str], password: str) -> list[User]:
        classroom, _ = Classroom.objects.get_or_create(school=school, year=YEAR, name=name)
        members = [self._person(teacher, school, Role.TEACHER, password)]
        members += [self._person(student, school, Role.STUDENT, password) for student in students]
        for member in members:
            Enrolment.objects.get_or_create(
                classroom=classroom, user=member, until=None, defaults={"role": member.role}
            )
            if member.role == Role.STUDENT and not member.projects.filter(name="Hello").exists():
                create_project(member, "Hello", template="hello", starter=HELLO)
        return members

    def _person(self, name: str, school: School | None, role: Role, password: str) -> User:
        username = f"{name}@{school.slug}" if school else name
        user = User.objects.filter(username=username).first()
        if user is None:
            is_superuser = role == Role.OPERATOR
            return User.objects.create_user(
                username, password, role=role, school=school, display_name=name.capitalize(), is_superuser=is_superuser
            )
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        return user


def _set_work() -> None:
    """An assignment for the first class, due in a week; one that is there stays as it is."""
    slug, _, _, ((class_name, teacher, _), *_) = SCHOOLS[0]
    classroom = Classroom.objects.get(school__slug=slug, year=YEAR, name=class_name)
    now = timezone.now()
    assignment, is_new = Assignment.objects.get_or_create(
        school=classroom.school,
        title=ASSIGNMENT,
        defaults={
            "author": User.objects.get(username=f"{teacher}@{slug}"),
            "instructions": "Read each task to its end before you begin. **Check** tells you how far you are.",
            "opens_at": now,
            "due_at": now + timedelta(days=7),
        },
    )
    if not is_new:
        return
    assignment.classrooms.add(classroom)
    library = Exercise.objects.filter(school=None, slug__in=EXERCISES).select_related("current")
    by_slug = {exercise.slug: exercise for exercise in library}
    for position, name in enumerate(EXERCISES, 1):
        exercise = by_slug[name]
        AssignedExercise.objects.create(
            assignment=assignment, exercise=exercise, version=exercise.newest, position=position, points=10
        )


def _pass_phrase() -> str:
    """Four made-up words of two syllables, easy to type: 51 bits."""
    return "-".join("".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in "12") for _ in "1234")
