"""A school after a term: 300 students, ten classes, what they wrote, handed in and got for it. In few statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assessment.models import AssignedExercise, Assignment, Mark, Result, Submission, SubmissionFile, Work
from codeplatform.testing import PASSWORD, a_folder
from exercises.models import Exercise
from exercises.versions import create_exercise
from projects.models import File, Project, Revision, RevisionFile
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, Enrolment, School

CLASS_COUNT = 10
BINARY = bytes(range(256)) * 4
# Composed and decomposed, right to left, beyond the first plane, with a joiner, and what looks like a dump's own signs
ODD_PATH = "Zoë/e\u0301tude \u05e9\u05dc 🐍\u200d.txt"
ODD_TEXT = "tab\there\\N\\.\r\n\u2028 \ufeff 𝒳 «Ж» '; DROP TABLE x; -- \\x00 $$".encode()


def make_term(*, students: int = 300, files: int = 3, revisions: int = 3) -> School:
    """A school with so many students, each with a project of so many files and revisions, and one thing handed in."""
    school = School.objects.create(name="Hill", slug="hill")
    roles = {"head": Role.SCHOOL_ADMIN, "teacher": Role.TEACHER}
    roles |= {f"student-{number}": Role.STUDENT for number in range(students)}
    password = make_password(PASSWORD)
    people = [_person(school, name, role, password) for name, role in roles.items()]
    User.objects.bulk_create(people, batch_size=500)
    _head, teacher, *pupils = people
    rooms = Classroom.objects.bulk_create(
        Classroom(school=school, name=f"class {number}", year=2026) for number in range(CLASS_COUNT)
    )
    taught = [(teacher, room) for room in rooms]
    members = [*taught, *((pupil, rooms[number % CLASS_COUNT]) for number, pupil in enumerate(pupils))]
    Enrolment.objects.bulk_create(
        (Enrolment(school=school, classroom=room, user=who, role=who.role) for who, room in members), batch_size=500
    )
    exercise = create_exercise(a_folder(), author=teacher, school=school)
    _write(pupils, files, revisions)
    _hand_in(school, teacher, pupils, rooms, exercise)
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(what=What.SIGNED_IN, actor=pupil.pk, about=pupil.pk, school=school, address="203.0.113.7")
            for pupil in pupils
        ),
        batch_size=500,
    )
    return school


def _person(school: School, name: str, role: Role, password: str) -> User:
    username, shown = f"{name}@{school.slug}", f"Zoë {name} 🐍"
    return User(username=username, name_key=name, display_name=shown, role=role, school=school, password=password)


def _contents(pupil: User, files: int) -> Iterator[tuple[str, bytes, bool]]:
    yield "main.py", f"print('marker of {pupil.username}')\n".encode(), True
    yield "data.bin", BINARY, False
    yield ODD_PATH, ODD_TEXT, True
    for number in range(files - 3):
        yield f"notes/{number}.py", f"# {pupil.username} {number}\n".encode() * 20, True


def _write(pupils: list[User], files: int, revisions: int) -> None:
    for pupil in pupils:
        project = Project.objects.create(owner=pupil, name=f"Work of {pupil.short_name}", revision=revisions)
        numbers = range(1, revisions + 1)
        saves = Revision.objects.bulk_create(
            Revision(project=project, number=number, author=pupil, idempotency_key=f"key-{number:05}")
            for number in numbers
        )
        now = list(_contents(pupil, files))
        File.objects.bulk_create(
            File(
                project=project,
                path=path,
                path_key=path.casefold(),
                content=content,
                is_text=is_text,
                **_sized(content),
            )
            for path, content, is_text in now
        )
        first = [
            RevisionFile(revision=saves[0], path=path, content=content, **_sized(content))
            for path, content, _ in now[:3]
        ]
        later = [RevisionFile(revision=save, path="main.py", content=b"x", **_sized(b"x")) for save in saves[1:]]
        RevisionFile.objects.bulk_create([*first, *later])


def _sized(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _hand_in(school: School, teacher: User, pupils: list[User], rooms: list[Classroom], exercise: Exercise) -> None:
    assignment = Assignment.objects.create(school=school, author=teacher, title="Loops")
    assignment.classrooms.set(rooms)
    version = exercise.newest
    assigned = AssignedExercise.objects.create(
        assignment=assignment, exercise=exercise, version=version, position=1, points=4
    )
    projects = Project.objects.bulk_create(
        (Project(owner=pupil, name="Loops", is_exercise=True) for pupil in pupils), batch_size=500
    )
    works = Work.objects.bulk_create(
        (
            Work(student=pupil, exercise=exercise, assigned=assigned, project=project)
            for pupil, project in zip(pupils, projects, strict=True)
        ),
        batch_size=500,
    )
    handed_in = Submission.objects.bulk_create(
        (
            Submission(
                work=work,
                student=work.student,
                version=version,
                attempt=1,
                revision=1,
                code_hash="0" * 64,
                key="key-00001",
            )
            for work in works
        ),
        batch_size=500,
    )
    test = version.tests.first()
    SubmissionFile.objects.bulk_create(
        (SubmissionFile(submission=one, path=ODD_PATH, content=BINARY) for one in handed_in), batch_size=500
    )
    Result.objects.bulk_create(
        (Result(submission=one, test=test, outcome=Result.Outcome.PASSED, share=1, detail="✓") for one in handed_in),
        batch_size=500,
    )
    Mark.objects.bulk_create(
        (
            Mark(
                submission=one,
                source=Mark.Source.OVERRIDE,
                reason="✓ well argued",
                points="3.50",
                out_of=4,
                author=teacher,
                created_at=timezone.now(),
            )
            for one in handed_in
        ),
        batch_size=500,
    )
