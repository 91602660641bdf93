# factory-boy annotates its classes, not its functions.
# mypy: disable-error-code="no-untyped-call"
"""The fixed cast of the tests, as pytest fixtures: two schools with the same people in each, and an operator.

Names say the role. In each school: `head`, the teachers `teacher` (class 10A) and `colleague` (class 10B), and in each
class three students: `ada`, `ben`, `cleo` in 10A, `dan`, `eve`, `finn` in 10B. All of 10A have a project `Work`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from exercises.models import Exercise
from exercises.specs import ExerciseFolder, IoSpec
from exercises.versions import create_exercise
from projects.models import Project
from projects.saving import create_project
from schools.models import Classroom, Enrolment, School

PASSWORD = "correct-horse-battery"
CLASSES = {"10A": ("teacher", ("ada", "ben", "cleo")), "10B": ("colleague", ("dan", "eve", "finn"))}


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    name = LazyAttribute(lambda school: f"School {school.slug}")
    slug = Sequence(lambda n: f"school-{n}")


class ClassroomFactory(DjangoModelFactory[Classroom]):
    class Meta:
        model = Classroom

    school = SubFactory(SchoolFactory)
    name = Sequence(lambda n: f"class {n}")
    year = 2026


class UserFactory(DjangoModelFactory[User]):
    """`UserFactory(username="ada", school=school)`; without a name, a numbered one."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"person-{n}")
    password = PASSWORD
    role = Role.STUDENT
    school = SubFactory(SchoolFactory)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(*args, **kwargs)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    class Meta:
        model = Enrolment

    role = LazyAttribute(lambda enrolment: enrolment.user.role)


@dataclass
class SchoolCast:
    """One school: its people by short name, its classes by name, the projects of 10A by their owner.

    `exercises`: `own` and `shared` are the teacher's.
    """

    school: School
    people: dict[str, User] = field(default_factory=dict)
    classrooms: dict[str, Classroom] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]


@dataclass
class Cast:
    """Everybody: `home` and `away` are the two schools."""

    home: SchoolCast
    away: SchoolCast
    operator: User


def make_school(slug: str) -> SchoolCast:
    # Few statements: most tests begin with it.
    school = SchoolFactory.create(slug=slug)
    classrooms = {name: ClassroomFactory.create(school=school, name=name) for name in CLASSES}
    roles = {"head": Role.SCHOOL_ADMIN}
    for teacher, students in CLASSES.values():
        roles |= {teacher: Role.TEACHER} | dict.fromkeys(students, Role.STUDENT)
    people = {name: _person(school, name, role) for name, role in roles.items()}
    User.objects.bulk_create(people.values())
    Enrolment.objects.bulk_create(
        Enrolment(school=school, classroom=classrooms[name], user=people[member], role=people[member].role)
        for name, (teacher, students) in CLASSES.items()
        for member in (teacher, *students)
    )
    cast = SchoolCast(school, people, classrooms)
    for student in CLASSES["10A"][1]:
        marker = f"print('marker {student} of {slug}')\n"
        cast.projects[student] = create_project(cast.people[student], f"Work of {student} of {slug}", starter=marker)
    for kind in ("own", "shared"):
        cast.exercises[kind] = create_exercise(
            a_folder(slug=kind, title=f"Exercise {kind} of {slug}"),
            author=cast.people["teacher"],
            school=cast.school,
            is_shared=kind == "shared",
        )
    return cast


def make_cast() -> Cast:
    return Cast(make_school("home"), make_school("away"), User.objects.create_superuser("operator", PASSWORD))


def _person(school: School, name: str, role: Role) -> User:
    username = f"{name}@{school.slug}"
    person = User(username=username, name_key=name, display_name=name, role=role, school=school)
    person.set_password(PASSWORD)
    return person


def a_folder(**changes: Any) -> ExerciseFolder:
    """A small exercise with a test of each visibility; each part holds a marker of its own."""
    parts: dict[str, Any] = {
        "slug": "double",
        "title": "Double",
        "topic": "variables",
        "difficulty": 1,
        "statement": "Print the double of a number.\n",
        "starter": {"main.py": b"# marker starter\n"},
        "reference": {"main.py": b"print(2 * int(input()))  # marker reference\n"},
        "hints": ("Think of *. marker hint",),
        "tests": (
            IoSpec(name="Two", input="2\n", expected="4 marker visible\n"),
            IoSpec(name="Three", input="3\n", expected="6 marker after-pass\n", visibility="after-pass"),
            IoSpec(name="Four", input="4\n", expected="8 marker hidden\n", visibility="hidden"),
        ),
    }
    return ExerciseFolder(**(parts | changes))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create(slug="home")


@pytest.fixture
def student(school: School) -> User:
    return UserFactory.create(username="ada", school=school)


@pytest.fixture
def project(student: User) -> Project:
    return create_project(student, "Hello")


def signed_in(user: User | None, **options: Any) -> Client:
    """A client with the person's session; nobody's for None."""
    client = Client(**options)
    if user is not None:
        client.force_login(user)
    return client
