"""Schools for the benchmarks: `python -m benchmarks.host.school SCHOOL STUDENTS`, run with the host's settings."""

from __future__ import annotations

import os
import sys

import django

PASSWORD = "amber basil cedar delta"  # noqa: S105 - of made-up students
CLASS_SIZE = 30


def student_name(school: str, number: int) -> str:
    return f"s{number:04}@{school}"


def teacher_name(school: str, number: int) -> str:
    return f"t{number:02}@{school}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codeplatform.settings")
    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.db import transaction

    from accounts.models import User
    from accounts.roles import Role
    from assessment.testing import set_work
    from exercises.importing import LIBRARY, import_folders, read_folders
    from exercises.models import Exercise
    from projects.saving import create_project
    from schools.models import Classroom, Enrolment, School

    slug, count = sys.argv[1], int(sys.argv[2])
    # Checked as slowly as any, but made once.
    password = make_password(PASSWORD)

    def person(name: str, role: Role) -> User:
        user = User(username=name, display_name=name.partition("@")[0], school=school, role=role, password=password)
        user.save()
        return user

    with transaction.atomic():
        school = School.objects.create(slug=slug, name=f"School {slug}")
        if not Exercise.objects.exists():
            import_folders(read_folders(LIBRARY), author=None, school=None, is_shared=True)
        exercises = list(Exercise.objects.filter(school=None).order_by("slug")[:5])
        for first in range(0, count, CLASS_SIZE):
            number = first // CLASS_SIZE
            room = Classroom.objects.create(school=school, name=f"Class {number:02}", year=2026)
            teacher = person(teacher_name(slug, number), Role.TEACHER)
            Enrolment.objects.create(school=school, classroom=room, user=teacher, role="teacher")
            set_work(room, *exercises, author=teacher, title="Lesson")
            for pupil in range(first, min(first + CLASS_SIZE, count)):
                student = person(student_name(slug, pupil), Role.STUDENT)
                Enrolment.objects.create(school=school, classroom=room, user=student, role="student")
                create_project(student, "Lesson")


if __name__ == "__main__":
    main()
