from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from assessment.models import Assignment
from projects.models import Project
from projects.saving import read_state
from schools.models import Classroom, Enrolment, School

PEOPLE = {
    "operator": "operator",
    "head@demo": "school_admin",
    "teacher@demo": "teacher",
    "other@demo": "teacher",
    "ada@demo": "student",
    "ben@demo": "student",
    "cleo@demo": "student",
    "dan@demo": "student",
    "head@elsewhere": "school_admin",
    "teacher@elsewhere": "teacher",
    "eve@elsewhere": "student",
}
CLASSES = {
    "10A": {"teacher@demo", "ada@demo", "ben@demo", "cleo@demo"},
    "10B": {"other@demo", "dan@demo"},
    "9Z": {"teacher@elsewhere", "eve@elsewhere"},
}


def seed(*args: str) -> str:
    out = io.StringIO()
    call_command("seed_demo", *args, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in (School, User, Classroom, Enrolment, Project, Assignment)]


@pytest.fixture(autouse=True)
def _debug(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    settings.DEBUG = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def test_makes_the_cast_of_the_contract() -> None:
    printed = seed("--password", "demo")

    assert dict(User.objects.values_list("username", "role")) == PEOPLE
    for name, members in CLASSES.items():
        assert set(Enrolment.objects.filter(classroom__name=name).values_list("user__username", flat=True)) == members
    assert User.objects.get(username="operator").is_superuser
    assert all(user.check_password("demo") for user in User.objects.all())
    assert all(name in printed for name in PEOPLE)


def test_each_student_has_hello() -> None:
    seed("--password", "demo")

    for student in User.objects.filter(role="student"):
        (file,) = read_state(student.projects.get(name="Hello").pk).files
        assert file.path == "main.py"
        assert b"input(" in file.content
        compile(file.content, "main.py", "exec")


def test_10a_has_work_to_do() -> None:
    seed("--password", "demo")

    (assignment,) = Assignment.objects.visible_to(User.objects.get(username="ada@demo"))
    assert assignment.author == User.objects.get(username="teacher@demo")
    assert [each.exercise.slug for each in assignment.exercises.all()] == ["greeting", "rectangle", "larger-number"]
    assert not Assignment.objects.visible_to(User.objects.get(username="dan@demo")).exists()


def test_a_second_time_changes_nothing_but_the_password() -> None:
    seed("--password", "demo")
    before = counts()
    seed("--password", "other")

    assert counts() == before
    assert User.objects.get(username="ada@demo").check_password("other")


def test_the_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "from-outside")
    seed()

    assert User.objects.get(username="ada@demo").check_password("from-outside")


def test_without_one_it_makes_one_up_and_prints_it() -> None:
    phrase = seed().split("password: ")[1].split(")")[0]

    assert len(phrase) >= 15
    assert User.objects.get(username="ada@demo").check_password(phrase)


def test_outside_debug_it_wants_force(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError):
        seed()
    assert not User.objects.exists()

    seed("--force")
    assert User.objects.exists()
