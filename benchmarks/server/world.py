"""A class of any size, with what its people need for their requests. Runs in the Django of the site."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessment.models import Assignment, Mark, Submission, Work
from assessment.testing import set_work
from benchmarks.server.client import BROWSER_HEADERS, Request
from benchmarks.server.requests_of import PASSWORD
from exercises.models import Exercise
from projects.models import File, Project
from schools.models import Classroom, Enrolment

CLASS, EXERCISES = "Bench", 6
PEOPLE = 4  # who send requests, one each


def grow(count: int) -> None:
    """Make the class have `count` students, each with a project and with half of the exercises handed in."""
    teacher = User.objects.get(username="teacher@demo")
    classroom, _ = Classroom.objects.get_or_create(school=teacher.school, name=CLASS, year=2026)
    Enrolment.objects.get_or_create(classroom=classroom, user=teacher, until=None, defaults={"role": "teacher"})
    assignment = Assignment.objects.filter(classrooms=classroom).first() or set_work(
        classroom, *Exercise.objects.order_by("title")[:EXERCISES], author=teacher
    )
    there = classroom.enrolments.filter(role="student").count()
    password = make_password(PASSWORD)
    students = [
        User(
            username=f"s{n}@demo",
            name_key=f"s{n}",
            display_name=f"Student {n}",
            school=teacher.school,
            password=password,
        )
        for n in range(there, count)
    ]
    User.objects.bulk_create(students, batch_size=500)
    Enrolment.objects.bulk_create(
        [Enrolment(school=teacher.school, classroom=classroom, user=student, role="student") for student in students],
        batch_size=500,
    )
    projects = Project.objects.bulk_create([Project(owner=s, name="Hello") for s in students], batch_size=500)
    File.objects.bulk_create(
        [
            File(project=project, path="main.py", path_key="main.py", content=b"1\n", size=2, is_text=True)
            for project in projects
        ],
        batch_size=500,
    )
    _hand_in(assignment, students)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _hand_in(assignment: Assignment, students: list[User]) -> None:
    for assigned in list(assignment.exercises.select_related("exercise", "version"))[::2]:
        projects = Project.objects.bulk_create(
            [Project(owner=s, name=assigned.exercise.title, is_exercise=True) for s in students], batch_size=500
        )
        works = Work.objects.bulk_create(
            [Work(student=p.owner, project=p, exercise=assigned.exercise, assigned=assigned) for p in projects],
            batch_size=500,
        )
        submissions = Submission.objects.bulk_create(
            [
                Submission(
                    work=work, student=work.student, version=assigned.version, attempt=1, revision=1, key="key-00001"
                )
                for work in works
            ],
            batch_size=500,
        )
        marks = Mark.objects.bulk_create(
            [Mark(submission=submission, source="claimed", points=7, out_of=10) for submission in submissions],
            batch_size=500,
        )
        for submission, mark in zip(submissions, marks, strict=True):
            submission.mark = mark
        Submission.objects.bulk_update(submissions, ["mark"], batch_size=500)


def people() -> str:
    """As JSON: the class's address, the teacher's session, and of some students name, session, project and revision."""
    classroom = Classroom.objects.get(name=CLASS)
    students = User.objects.filter(enrolments__classroom=classroom, role="student").order_by("pk")[:PEOPLE]
    return json.dumps(
        {
            "grid": f"/classes/{classroom.pk}/grid/",
            "teacher": _session(User.objects.get(username="teacher@demo")),
            "students": [
                {"name": student.username, "session": _session(student), **_project(student)} for student in students
            ],
        }
    )


def _session(person: User) -> str:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    client.get("/projects/")  # the first page of a session notes when it began
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _project(student: User) -> dict[str, Any]:
    project = student.projects.get(name="Hello")
    return {"project": str(project.pk), "revision": project.revision}


def query_count(request: Request) -> int:
    """How many queries it makes, BEGIN and COMMIT not among them."""
    client = Client(SERVER_NAME="127.0.0.1", headers=BROWSER_HEADERS)
    if request.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = request.session
    with CaptureQueriesContext(connection) as captured:
        response = client.generic(request.method, request.path, request.body, content_type=request.content_type)
    if response.status_code >= 400:
        raise RuntimeError(f"{response.status_code} to {request}")
    return len(captured)


def database_processes() -> str:
    """As JSON: the process ids of PostgreSQL that serve connections to this database; none in SQLite."""
    if connection.vendor != "postgresql":
        return "[]"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        return json.dumps([pid for (pid,) in cursor.fetchall()])


def bare_documents(count: int) -> str:
    """As JSON: the ids of new documents of the bare view, whose tables are made where they are missing."""
    from benchmarks.server.bare.models import Document, DocumentRevision

    there = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Document, DocumentRevision):
            if model._meta.db_table not in there:
                editor.create_model(model)
    return json.dumps([Document.objects.create().pk for _ in range(count)])
