"""Markers in every place that a person's words can get to."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.db.models import Model
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.brake import admit
from accounts.devices import Device
from accounts.models import User
from assessment.models import (
    AssignedExercise,
    Assignment,
    Comment,
    Extension,
    Mark,
    MarkingItem,
    MarkingRun,
    Result,
    SavedComment,
    Submission,
    SubmissionFile,
    Work,
)
from codeplatform.testing import a_folder, signed_in
from exercises.models import Exercise
from exercises.versions import create_exercise
from projects.keeping import move_to_bin
from projects.saving import Change, create_project, save_revision
from schools.audit import record
from schools.audit_events import What
from schools.models import Enrolment, RosterBatch, RosterEntry

ADDRESSES = {"ada": "203.0.113.77", "ben": "203.0.113.88"}


@dataclass
class Planted:
    """The words that are this person's alone, by where they are."""

    markers: dict[str, str]
    client: Client


def plant(person: User, staff: User) -> Planted:
    """Give the person a name, work, history, sessions and entries in logs that can be told from everybody else's.

    `staff` is somebody with an admin log and a session in which the person is named.
    """
    word = person.short_name
    markers = {
        kind: f"{kind}-of-{word}-Zoë"
        for kind in (
            "display",
            "project",
            "content",
            "path",
            "old-content",
            "old-path",
            "binned",
            "binary",
            "email",
            "said",
            "reason",
        )
    }
    markers["email"] = f"mail.of.{word}@example.org"
    markers["address"] = ADDRESSES[word]
    markers["username"] = person.username
    person.display_name, person.email = markers["display"], markers["email"]
    person.save()
    _plant_projects(person, markers)
    # Without markers: what somebody wrote for the school stays the school's.
    exercise = create_exercise(a_folder(slug=f"of-{word}"), author=person, school=person.school)
    _plant_assessment(person, staff, exercise, markers)
    client = signed_in(person, REMOTE_ADDR=markers["address"])
    client.get("/projects/")
    request = RequestFactory().get("/", REMOTE_ADDR=markers["address"])
    admit(person.username, device=Device(), address=markers["address"])
    record(What.SIGN_IN_FAILED, about=person, request=request)
    record(What.SIGNED_IN, actor=person, about=person, request=request)
    _log(staff, person, str(person))
    enrolment = Enrolment.objects.filter(user=person).get()
    _log(staff, enrolment, str(enrolment))
    _log(staff, enrolment.classroom, "10A", f'[{{"changed": {{"object": "{enrolment}"}}}}]')
    batch = RosterBatch.objects.create(classroom=enrolment.classroom, made_by=staff)
    RosterEntry.objects.create(
        batch=batch,
        number=1,
        kind=RosterEntry.Kind.RESET,
        display_name=str(person),
        short_name=person.short_name,
        user=person,
        classroom=enrolment.classroom,
    )
    _message(signed_in(staff), f"{person} has a new password.")
    return Planted(markers, client)


def _plant_projects(person: User, markers: dict[str, str]) -> None:
    old = [Change(markers["old-path"], markers["old-content"].encode())]
    project = create_project(person, markers["project"], starter=old)
    now = [
        Change(markers["old-path"], None),
        Change(f"{markers['path']}/{markers['path']}.py", markers["content"].encode()),
        Change("data.bin", b"\xff\x00" + markers["binary"].encode(), is_text=False),
    ]
    save_revision(project, person, 1, "key-00001", now)
    move_to_bin(create_project(person, markers["binned"]))


def _plant_assessment(person: User, staff: User, exercise: Exercise, markers: dict[str, str]) -> None:
    classroom = Enrolment.objects.filter(user=person).get().classroom
    assignment = Assignment.objects.create(school=classroom.school, author=person, title="Loops")
    assignment.classrooms.add(classroom)
    version = exercise.newest
    assigned = AssignedExercise.objects.create(
        assignment=assignment, exercise=exercise, version=version, position=1, points=4
    )
    Extension.objects.create(assignment=assignment, student=person, due_at=timezone.now(), granted_by=staff)
    project = create_project(person, markers["project"])
    work = Work.objects.create(student=person, exercise=exercise, assigned=assigned, project=project)
    handed_in = Submission.objects.create(
        work=work, student=person, version=version, attempt=1, revision=1, code_hash="0" * 64, key="key-00001"
    )
    SubmissionFile.objects.create(submission=handed_in, path=markers["path"], content=markers["content"].encode())
    now = timezone.now()
    run = MarkingRun.objects.create(
        classroom=classroom, assignment=assignment, teacher=person, finished_at=now, published_at=now
    )
    MarkingItem.objects.create(run=run, submission=handed_in, version=version)
    test = version.tests.first()
    Result.objects.create(
        submission=handed_in, test=test, outcome=Result.Outcome.FAILED, share=0, detail=markers["said"]
    )
    mark = Mark.objects.create(
        submission=handed_in, source=Mark.Source.OVERRIDE, points=1, out_of=4, reason=markers["reason"], author=staff
    )
    Submission.objects.filter(pk=handed_in.pk).update(mark=mark)
    Comment.objects.create(submission=handed_in, author=staff, text=markers["said"])
    SavedComment.objects.create(owner=person, text=markers["said"])


def _log(staff: User, about: Model, name: str, message: str = "") -> None:
    LogEntry.objects.create(
        user_id=staff.pk,
        content_type=ContentType.objects.get_for_model(about),
        object_id=str(about.pk),
        object_repr=name,
        action_flag=CHANGE,
        change_message=message,
    )


def _message(client: Client, text: str) -> None:
    """A message that waits in the session, as a long one does that does not fit a cookie."""
    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    session[SessionStorage.session_key] = SessionStorage(request).serialize_messages([Message(constants.INFO, text)])
    session.save()
