"""Two schools full of things, each with names that stand nowhere else, and the people who ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from assessment import marking
from assessment.marks import add_mark
from assessment.models import Assignment, Comment, Extension, Mark, MarkingRun, Result, SavedComment, Submission
from assessment.testing import hand_in_for, set_work
from codeplatform.testing import CLASSES, Cast, SchoolCast, a_folder, make_cast
from exercises.models import Exercise
from exercises.specs import VISIBILITIES, IoSpec
from exercises.versions import create_exercise
from projects.keeping import move_to_bin
from projects.models import Project
from projects.saving import Change, create_project, save_revision
from schools import roster
from schools.audit import record
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, Interest, JoinCode, RetiredSlug, RosterBatch, RosterEntry

# Who asks. What they ask for is ada's of the school `home`: her projects, her class 10A, her teacher's lists.
ACTORS: dict[str, Callable[[Cast], User | None]] = {
    "visitor": lambda cast: None,
    "ada": lambda cast: cast.home["ada"],
    "ben (same class)": lambda cast: cast.home["ben"],
    "dan (other class)": lambda cast: cast.home["dan"],
    "teacher": lambda cast: cast.home["teacher"],
    "colleague": lambda cast: cast.home["colleague"],
    "head": lambda cast: cast.home["head"],
    "ada of away": lambda cast: cast.away["ada"],
    "teacher of away": lambda cast: cast.away["teacher"],
    "head of away": lambda cast: cast.away["head"],
    "operator": lambda cast: cast.operator,
}
Keys = Mapping[str, object]


@dataclass
class World:
    """`home`, `away`: what stands in the addresses of a school's things; `others`: of the class 10B of `home`."""

    cast: Cast
    home: Keys
    away: Keys
    others: Keys
    pass_phrase: str  # on ada's card, which only her teacher may look at
    sealed: str = ""  # a list of people to import, when it was looked at

    def missing(self) -> Keys:
        """What stands in the addresses of things that do not exist."""
        ids = {name: uuid7() for name in self.home}
        return {
            **ids,
            "example": "no-such-example",
            "guide": "no-such-guide",
            "slug": "nowhere",
            "revision": 999,
            "position": 99,
            "app": "schools",
            "admin:schools.RetiredSlug": "nowhere",
        }


def build() -> World:
    cast = make_cast()
    RetiredSlug.objects.create(slug="gone")
    interest = Interest.objects.create(
        key="0", name="Interest-Grace", school_name="Elm School", works_as="teacher", email="grace@example.org"
    )
    keys = {}
    for school in (cast.home, cast.away):
        for name, (teacher, students) in CLASSES.items():
            keys[school.school.slug, name] = {
                **_fill(school, name, teacher, students[0]),
                "admin:schools.Interest": interest,
            }
    for row in keys["home", "10A"].values():
        if isinstance(row, Model):
            LogEntry.objects.log_actions(cast.home["head"].pk, [row], CHANGE, "Log-of-home", single_object=True)
    batch = keys["home", "10A"]["list"]
    home, away, others = (_keys(keys[which]) for which in (("home", "10A"), ("away", "10A"), ("home", "10B")))
    return World(cast, home, away, others, batch.pass_phrase(batch.entries.get()))


def _keys(rows: Mapping[str, Any]) -> Keys:
    return {name: row.pk if isinstance(row, Model) else row for name, row in rows.items()}


def _fill(school: SchoolCast, class_name: str, teacher_name: str, student_name: str) -> dict[str, Any]:
    """Everything that hangs on one class, marked; what MARKERS calls it."""
    slug, teacher, student = school.school.slug, school[teacher_name], school[student_name]
    for name in (teacher_name, *CLASSES[class_name][1], "head"):
        User.objects.filter(pk=school[name].pk).update(display_name=f"Name-{name}-{slug}")
        school[name].refresh_from_db()
    classroom = school.classrooms[class_name]
    Classroom.objects.filter(pk=classroom.pk).update(name=f"Class-{class_name}-{slug}")
    classroom.refresh_from_db()
    code = JoinCode.objects.create(
        classroom=classroom, code=_code(slug, class_name), expires_at=timezone.now() + timedelta(days=1)
    )
    project = _project(student, slug)
    shared = _exercise(teacher, slug, is_shared=True)
    assignment = _assignment(classroom, shared, teacher, student)
    assigned = assignment.exercises.get()
    submission = hand_in_for(student, assigned, text=f"print('Handed-{student_name}-{slug}')\n")
    record(What.ACCOUNT_CHANGED, actor=teacher, about=student, details={"note": f"Audit-{student_name}-{slug}"})
    event = AuditEvent.objects.get(details__note=f"Audit-{student_name}-{slug}")
    marked = _marked(classroom, teacher, student, shared)
    Comment.objects.create(submission=submission, author=teacher, text=f"Unreleased-{student_name}-{slug}")
    return {
        "example": "greeting",
        "guide": "student",
        "slug": slug,
        "exercise": _exercise(teacher, slug, is_shared=False),
        "shared exercise": shared,
        "assignment": assignment,
        "assigned": assigned,
        "position": assigned.position,
        "extension": Extension.objects.get(assignment=assignment),
        "submission": submission,
        "work project": submission.work.project,
        "marked": marked,
        "comment": marked.comments.get(),
        "saved comment": SavedComment.objects.get(owner=teacher),
        "marking run": marking.start_run(classroom, teacher, marking.Scope()),
        "version": assigned.version,
        "project": project,
        "revision": 1,
        "binned": Project.objects.get(name=f"Bin-{student_name}-{slug}"),
        "person": student,
        "teacher": teacher,
        "classroom": classroom,
        "list": _issued_list(classroom, teacher, student),
        "new list": _new_list(classroom, teacher, f"Planned {student_name}-{slug}"),
        "app": "schools",
        "admin:accounts.User": student,
        "admin:schools.School": school.school,
        "admin:schools.Classroom": classroom,
        "admin:schools.Enrolment": student.enrolments.get(),
        "admin:schools.JoinCode": code,
        "admin:schools.AuditEvent": event,
        "admin:schools.RetiredSlug": "gone",
        "admin:projects.Project": project,
        "admin:assessment.Assignment": assignment,
        "admin:exercises.Exercise": Exercise.objects.get(title=f"Exercise-{teacher.short_name}-{slug}"),
    }


def _exercise(teacher: User, slug: str, *, is_shared: bool) -> Exercise:
    """One with a marked test of each visibility and a marked reference."""
    of = f"{teacher.short_name}-{slug}"
    kind = "Shared" if is_shared else "Exercise"
    tests = [
        IoSpec(name=f"{kind}-{sight}-{of}", input="1", expected=f"{kind}-{sight}-{of}", visibility=sight)
        for sight in VISIBILITIES
    ]
    folder = a_folder(
        slug=f"{kind.lower()}-{of}",
        title=f"{kind}-{of}",
        tests=tuple(tests),
        hints=(f"{kind}-hint-{of}",),
        reference={"main.py": f"print('{kind}-reference-{of}')\n".encode()},
    )
    return create_exercise(folder, author=teacher, school=teacher.school, is_shared=is_shared)


def _assignment(classroom: Classroom, exercise: Exercise, teacher: User, student: User) -> Assignment:
    """Open and due in two days, a day later for the student; results show on release."""
    of, now = f"{student.short_name}-{classroom.school.slug}", timezone.now()
    assignment = set_work(
        classroom,
        exercise,
        author=teacher,
        title=f"Assignment-{of}",
        instructions=f"Instructions-{of}",
        due_at=now + timedelta(days=2),
        shows_results=Assignment.Results.ON_RELEASE,
    )
    Extension.objects.create(assignment=assignment, student=student, due_at=now + timedelta(days=3), granted_by=teacher)
    return assignment


def _marked(classroom: Classroom, teacher: User, student: User, exercise: Exercise) -> Submission:
    """What the student handed in twice, marked with all tests, with a comment; its results show."""
    of = f"{student.short_name}-{classroom.school.slug}"
    assigned = set_work(classroom, exercise, author=teacher, title="Marked work").exercises.get()
    hand_in_for(student, assigned, text=f"print('First-{of}')\n")
    submission = hand_in_for(student, assigned, text=f"print('Second-{of}')\n")
    now = timezone.now()
    run = MarkingRun.objects.create(
        classroom=classroom, assignment=assigned.assignment, teacher=teacher, finished_at=now, published_at=now
    )
    for test in assigned.version.tests.all():
        detail = f"Saw-{test.visibility}-{of}"
        Result.objects.create(
            submission=submission, test=test, run=run, outcome=Result.Outcome.FAILED, share=0, detail=detail
        )
    add_mark(submission, Mark.Source.VERIFIED, Decimal(0), assigned.points, run=run)
    Comment.objects.create(submission=submission, author=teacher, path="main.py", line=1, text=f"Said-{of}")
    SavedComment.objects.create(owner=teacher, text=f"Saved-{teacher.short_name}-{classroom.school.slug}")
    return submission


def _code(slug: str, class_name: str) -> str:
    return f"{slug.upper().replace('O', 'Q')}{class_name.replace('10', 'XYZ')}"


def _project(student: User, slug: str) -> Project:
    """Two revisions, so that history holds what the project does not; and another one in the bin."""
    of = f"{student.short_name}-{slug}"
    project = create_project(student, f"Project-{of}", starter=f"print('Old-{of}')\n")
    files = [Change("main.py", f"print('Text-{of}')\n".encode()), Change(f"File-{of}.py", b"")]
    save_revision(project, student, 1, "revision-2", files)
    move_to_bin(create_project(student, f"Bin-{of}"))
    project.refresh_from_db()
    return project


def _issued_list(classroom: Classroom, teacher: User, student: User) -> RosterBatch:
    """A new pass-phrase for the student, whose card waits to be shown."""
    batch = roster.begin_resets([student], classroom, teacher)
    roster.confirm(batch)
    roster.advance(batch, seconds=5, by=teacher)
    student.refresh_from_db()
    return batch


def _new_list(classroom: Classroom, teacher: User, name: str) -> RosterBatch:
    """A list of one new student, not confirmed yet."""
    kind, short_name = RosterEntry.Kind.NEW, name.replace(" ", "-").lower()
    entry = RosterEntry(number=1, kind=kind, display_name=name, short_name=short_name, classroom=classroom)
    return roster.begin([entry], classroom, teacher)
