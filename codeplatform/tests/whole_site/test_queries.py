"""As many queries for a class of 300 as for a class of one, on every page (promise 58)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from assessment.models import AssignedExercise, Assignment, Extension, Mark, Submission, Work
from assessment.testing import set_work
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import Visitor, address
from codeplatform.tests.whole_site.world import World
from exercises.models import Exercise
from projects.models import Project
from schools.models import AuditEvent, Classroom, Enrolment, JoinCode, RosterBatch, RosterEntry

pytestmark = pytest.mark.heavy

SIZES = (1, 30, 300)
MOST_ASSIGNMENTS = 30  # in one class
# What the pages of a list cost, whatever its length.
QUERIES = {
    ("ada", "assessment:assignment-list"): 7,
    ("ada", "assessment:assignment-detail"): 8,
    ("ada", "assessment:progress"): 9,
    ("teacher", "assessment:assignment-list"): 9,
    ("teacher", "assessment:assignment-new"): 4,
    ("teacher", "assessment:assignment-detail"): 11,
    ("teacher", "assessment:assignment-edit"): 8,
    ("teacher", "assessment:extension-list"): 5,
    ("ada", "projects:project-list"): 3,
    ("teacher", "schools:classroom-list"): 4,
    ("teacher", "schools:classroom-detail"): 17,
    ("teacher", "schools:student-detail"): 8,
    ("teacher", "assessment:grid"): 12,
    ("teacher", "assessment:gradebook"): 11,
    ("teacher", "assessment:gradebook-export"): 12,
    ("teacher", "assessment:gradebook-student"): 12,
    ("teacher", "schools:classroom-teachers"): 5,
    ("teacher", "schools:roster-batch (not confirmed)"): 8,
    ("head", "schools:classroom-list"): 4,
    ("head", "admin:accounts_user_changelist"): 6,
    ("head", "admin:schools_classroom_changelist"): 5,
    ("head", "admin:schools_enrolment_changelist"): 5,
    ("head", "admin:schools_joincode_changelist"): 5,
    ("head", "admin:schools_auditevent_changelist"): 4,
    ("head", "admin:projects_project_changelist"): 5,
    ("head", "admin:accounts_user_export"): 5,
}


def fill(world: World, count: int) -> None:
    """So many more students in the class, with projects and work handed in; as many classes, codes, events, lines."""
    school, batch = world.cast.home.school, RosterBatch.objects.get(pk=world.home["new list"])
    numbers = range(count)
    students = [
        User(
            username=f"s{number}-{count}@home", name_key=f"s{number}-{count}", display_name=f"S {number}", school=school
        )
        for number in numbers
    ]
    User.objects.bulk_create(students)
    Enrolment.objects.bulk_create(
        Enrolment(school=school, classroom_id=batch.classroom_id, user=student, role="student") for student in students
    )
    Project.objects.bulk_create(Project(owner=student, name=name) for student in students for name in ("One", "Two"))
    hand_in(Assignment.objects.get(pk=world.home["assignment"]).exercises.get(), students)
    fill_assignments(world, students, min(count, MOST_ASSIGNMENTS))
    Project.objects.bulk_create(Project(owner_id=world.home["person"], name=f"P{number}") for number in numbers)
    rooms = Classroom.objects.bulk_create(
        Classroom(school=school, name=f"c{number}", year=2000 + count % 100) for number in numbers
    )
    teacher = world.home["teacher"]
    Enrolment.objects.bulk_create(
        Enrolment(school=school, classroom=room, user_id=teacher, role="teacher") for room in rooms
    )
    soon = timezone.now() + timedelta(days=1)
    JoinCode.objects.bulk_create(JoinCode(classroom=room, code=uuid7().hex[-20:], expires_at=soon) for room in rooms)
    AuditEvent.objects.bulk_create(
        AuditEvent(school=school, what="signed in", actor=student.pk, about=student.pk) for student in students
    )
    RosterEntry.objects.bulk_create(
        RosterEntry(
            batch=batch, number=1000 * count + n, kind="new", display_name="S", short_name="s", classroom=rooms[n]
        )
        for n in numbers
    )


def count_anew() -> None:
    """What PostgreSQL does by itself after so many new rows; without it, it plans for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def fill_assignments(world: World, students: list[User], count: int) -> None:
    """More time for all students in the first assignment; so many more, which ada has handed in."""
    first = Assignment.objects.get(pk=world.home["assignment"])
    later = timezone.now() + timedelta(days=1)
    Extension.objects.bulk_create(Extension(assignment=first, student=student, due_at=later) for student in students)
    exercise, ada = Exercise.objects.get(pk=world.home["shared exercise"]), world.cast.home["ada"]
    for number in range(count):
        more = set_work(first.classrooms.get(), exercise, title=f"A{number}", due_at=later)
        hand_in(more.exercises.get(), [ada])


def hand_in(assigned: AssignedExercise, students: list[User]) -> None:
    """What each of them handed in of the exercise, with a mark that was verified."""
    projects = Project.objects.bulk_create(
        Project(owner=student, name="Work", is_exercise=True) for student in students
    )
    works = Work.objects.bulk_create(
        Work(student=project.owner, project=project, exercise=assigned.exercise, assigned=assigned)
        for project in projects
    )
    submissions = Submission.objects.bulk_create(
        Submission(work=work, student=work.student, version=assigned.version, attempt=1, revision=1, key="key-00001")
        for work in works
    )
    for source in ("claimed", "verified"):
        marks = Mark.objects.bulk_create(
            Mark(submission=submission, source=source, points=7, out_of=10) for submission in submissions
        )
    for submission, mark in zip(submissions, marks, strict=True):
        submission.mark = mark
    Submission.objects.bulk_update(submissions, ["mark"], batch_size=100)


def counted(world: World, actor: str) -> dict[tuple[str, str], int]:
    visitor, counts = Visitor(world, actor), {}
    for name, row in TABLE.items():
        if row.expected("get")[actor] == 200:
            with CaptureQueriesContext(connection) as captured:
                visitor.client.get(address(name, row.args, world.home))
            counts[actor, name] = len(captured)
    return counts


def test_no_page_asks_more_often_for_many(world: World) -> None:
    actors = ("ada", "teacher", "head", "operator")
    counts = []
    for size in (0, *SIZES):
        fill(world, size)
        count_anew()
        counts.append({page: count for actor in actors for page, count in counted(world, actor).items()})
    counts.pop(0)  # who looks for the first time leaves notes

    assert {page: [c[page] for c in counts] for page in counts[0] if len({c[page] for c in counts}) > 1} == {}
    assert {page: count for page, count in counts[0].items() if page in QUERIES} == QUERIES


def test_a_list_of_names_is_looked_at_with_as_many_queries(world: World) -> None:
    visitor, counts = Visitor(world, "teacher"), []
    visitor.client.get("/password/")
    url = address("schools:students-add", ("classroom",), world.home)
    for count in SIZES:
        names = "\n".join(f"Grace Hopper{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count))
        with CaptureQueriesContext(connection) as captured:
            listed = visitor.client.post(url, {"names": names})
        with CaptureQueriesContext(connection) as shown:
            visitor.client.get(listed.headers["Location"])
        counts.append((len(captured), len(shown)))

    assert max(counts) <= (20, 8)  # some more to keep many lines than to keep one: databases take hundreds at once
