"""For every address that changes something: a request that does, by somebody who may."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from assessment.handing_in import code_hash
from assessment.marks import add_mark
from assessment.models import Assignment, Mark, MarkingItem, MarkingRun, Submission
from codeplatform.testing import PASSWORD, a_folder
from codeplatform.tests.whole_site.rows import snapshot
from codeplatform.tests.whole_site.table import TABLE, Row
from codeplatform.tests.whole_site.walking import Answer, Visitor, address, route_of
from codeplatform.tests.whole_site.world import World
from exercises.models import Exercise
from exercises.versions import as_folder, save_exercise
from exercises.zips import pack
from schools import people
from schools.models import Classroom, Enrolment, JoinCode, RosterBatch, School

NEW_PASSWORD = "quite-another-phrase"
# What somebody might choose who may not: these values, or all kinds of foreign ones, by their name in world.Keys.
Wrong = str | tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """`data` is the form, or with `is_json` the body. `choices` are the fields in which something is chosen."""

    by: str
    data: Callable[[World], dict[str, Any]] = lambda world: {}
    choices: Mapping[str, Wrong] = field(default_factory=dict)
    before: Callable[[World, Visitor], None] = lambda world, visitor: None
    is_json: bool = False
    has_effect: bool = True  # in the tables that `rows.snapshot` looks at

    def send(self, visitor: Visitor, row: str, data: dict[str, Any], method: str = "post", **options: Any) -> Answer:
        url = address(row, row_of(row).args, visitor.world.home)
        if self.is_json:
            return visitor.ask(method, url, json.dumps(data), content_type="application/json", **options)
        return visitor.ask(method, url, data, **options)


def row_of(name: str) -> Row:
    """The row of the table for a change: its own, or that of its route."""
    return TABLE.get(name) or TABLE[route_of(name)]


def given(**data: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: dict(data)


def zip_file() -> SimpleUploadedFile:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("main.py", "print()")
    return SimpleUploadedFile("work.zip", body.getvalue(), "application/zip")


def exercises_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("new.zip", pack([a_folder(slug="from-a-zip", title="From a zip")]), "application/zip")


def people_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", b"Name,Role\nGrace Hopper,Student\n", "text/csv")


def students(action: str, **more: Any) -> Change:
    """The teacher's ticks on the page of the class; `target` is by the head, who has another class."""

    def data(world: World) -> dict[str, Any]:
        target = {"target": world.others["classroom"]} if action == "move" else {}
        return {"action": action, "students": [world.home["person"]], "confirmed": "yes", **target}

    choices = {"students": "person", "action": ("", "delete", "__class__")}
    if action == "move":
        return Change("head", data, {**choices, "target": "away classroom"})
    return Change("teacher", data, choices, **more)


def act(by: str, action: str, label: str, **more: Any) -> Change:
    """Something done to ticked rows of a list in the admin."""

    def data(world: World) -> dict[str, Any]:
        return {"action": action, "index": "0", "select_across": "0", "_selected_action": [world.home[label]]}

    return Change(by, data, {"_selected_action": label, "action": ("delete_selected", "nonsense")}, **more)


def person(**data: Any) -> Callable[[World], dict[str, Any]]:
    def form(world: World) -> dict[str, Any]:
        return {"display_name": "Grace", "role": "student", "classrooms": [world.home["classroom"]], **data}

    return form


def open_registration(world: World, visitor: Visitor) -> None:
    School.objects.filter(pk=world.cast.home.school.pk).update(has_self_registration=True)
    visitor.client.post("/join/", {"code": "HQMEXYZA"})
    visitor.stay()


def close_ada(world: World, visitor: Visitor) -> None:
    people.close_account(User.objects.get(pk=world.home["person"]))


def archive(world: World, visitor: Visitor) -> None:
    Classroom.objects.filter(pk=world.home["classroom"]).update(archived_at=timezone.now())


def archive_exercise(world: World, visitor: Visitor) -> None:
    Exercise.objects.filter(pk=world.home["exercise"]).update(archived_at=timezone.now())


def set_mark(world: World, visitor: Visitor) -> None:
    submission = Submission.objects.get(pk=world.home["marked"])
    add_mark(submission, Mark.Source.OVERRIDE, Decimal(3), 10, author=world.cast.home["teacher"], reason="Good idea")


def empty_class(world: World, visitor: Visitor) -> None:
    """Only a class that nothing hangs on can be deleted in the admin."""
    for model in (RosterBatch, JoinCode, Enrolment):
        model.objects.filter(classroom=world.home["classroom"]).delete()


def unissue(world: World, visitor: Visitor) -> None:
    """ada's list as it was before the last step issued it."""
    RosterBatch.objects.filter(pk=world.home["list"]).update(issued_at=None)


def look_at_import(world: World, visitor: Visitor) -> None:
    page = visitor.client.post("/admin/accounts/user/import/", {"file": people_file()})
    world.sealed = page.context["sealed"]


def items_of_run(world: World) -> QuerySet[MarkingItem]:
    return MarkingItem.objects.filter(run=world.home["marking run"]).order_by("pk")


def item_of_run(world: World) -> dict[str, Any]:
    return {"items": [str(items_of_run(world)[0].pk)]}


def problem_of_run(world: World) -> dict[str, Any]:
    return {"results": [{"item": str(items_of_run(world)[0].pk), "tests": [], "problem": "It did not start."}]}


def lease(world: World, visitor: Visitor) -> None:
    items_of_run(world).update(leased_until=timezone.now() + timedelta(hours=1))


def finish_marking(world: World, visitor: Visitor) -> None:
    now = timezone.now()
    items_of_run(world).update(done_at=now, points=5, out_of=10)
    MarkingRun.objects.filter(pk=world.home["marking run"]).update(finished_at=now)


SCHOOL = {
    "name": "Home",
    "time_zone": "UTC",
    "leavers_days": 90,
    "bin_days": 60,
    "history_days": 400,
    "audit_days": 200,
}
MEMBERS = {"classrooms": "away classroom", "role": ("school_admin", "operator", "OPERATOR", "")}
NEW_SCHOOL = SCHOOL | {"slug": "linden"}
EXERCISE = {
    "title": "Sum",
    "topic": "loops",
    "difficulty": "1",
    "statement": "Add.",
    "files": ["0", "1"],
    "file-0-part": "starter",
    "file-0-path": "main.py",
    "file-1-part": "reference",
    "file-1-path": "main.py",
    "tests": ["0"],
    "test-0-kind": "io",
    "test-0-expected": "5",
    "test-0-visibility": "hidden",
}
CHOSEN_IN_EXERCISE: dict[str, Wrong] = {
    "topic": ("nonsense", ""),
    "difficulty": ("9", "0", "x", ""),
    "test-0-kind": ("nonsense", ""),
    "test-0-visibility": ("nonsense",),
    "file-0-part": ("nonsense", "../starter", ""),
    "file-0-path": ("../main.py", "/main.py", ""),
}


def set_work(**more: Any) -> Callable[[World], dict[str, Any]]:
    def form(world: World) -> dict[str, Any]:
        chosen = {"classrooms": [world.home["classroom"]], "exercises": [world.home["shared exercise"]]}
        return {**ASSIGNMENT, **chosen, f"points-{world.home['shared exercise']}": "7", **more}

    return form


def more_time(world: World) -> dict[str, Any]:
    return {"student": world.home["person"], "due_at": timezone.now() + timedelta(days=9)}


def on_assignment(**columns: Any) -> Callable[[World, Visitor], None]:
    def change(world: World, visitor: Visitor) -> None:
        Assignment.objects.filter(pk=world.home["assignment"]).update(**columns)

    return change


def newer_version(world: World, visitor: Visitor) -> None:
    exercise = Exercise.objects.select_related("current", "school").get(pk=world.home["shared exercise"])
    save_exercise(exercise, replace(as_folder(exercise.newest), statement="Newer."), author=None)


ASSIGNMENT = {
    "title": "Homework",
    "due_at": "2090-01-01T12:00",
    "grace_minutes": "5",
    "late_policy": "mark",
    "late_cap_percent": "50",
    "shows_results": "at once",
    "weight": "1",
}
DAYS = ("x", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T00:00", "2026-01-01T00:00+99:00")
CHOSEN_IN_ASSIGNMENT: dict[str, Wrong] = {
    "classrooms": "classroom",
    "exercises": "away shared exercise",
    "due_at": (*DAYS, "2001-01-01T00:00"),
    "grace_minutes": ("-1", "1441", "x", ""),
    "late_policy": ("nonsense", ""),
    "late_cap_percent": ("101", "-1", "x", ""),
    "shows_results": ("nonsense", ""),
    "weight": ("-1", "101", "x", ""),
}
CHANGES: dict[str, Change] = {
    "accounts:sign-in": Change("visitor", given(username="ben@home", password=PASSWORD), has_effect=False),
    "accounts:school-sign-in": Change("visitor", given(username="ben", password=PASSWORD), has_effect=False),
    "accounts:account": Change("ben (same class)", given(old_password=PASSWORD, new_password=NEW_PASSWORD)),
    "accounts:sign-out-others": Change("ada"),
    "accounts:sign-out": Change("ada", has_effect=False),
    "projects:project-list": Change("ada", given(name="New", template="empty"), {"template": ("nonsense", "../x")}),
    "projects:project-upload": Change("ada", lambda world: {"archive": zip_file()}),
    "projects:project-from-example": Change("ada"),
    "projects:project-save": Change(
        "ada",
        given(base=2, key="key-000001", files=[{"path": "a.py", "text": "1"}]),
        {"base": ("x", "2", "-1", "true"), "key": ("x", "", "key 0000001"), "files": ("x", "")},
        is_json=True,
    ),
    "projects:project-restore": Change("ada", given(path=""), {"path": ("File-dan-home.py", "../main.py", "/etc")}),
    "projects:project-rename": Change("ada", given(name="Renamed")),
    "projects:project-duplicate": Change("ada"),
    "projects:project-bin": Change("ada"),
    "projects:bin-restore": Change("ada"),
    "projects:bin-delete": Change("ada"),
    "exercises:exercise-new": Change("teacher", given(**EXERCISE), CHOSEN_IN_EXERCISE),
    "exercises:exercise-edit": Change(
        "teacher", given(**EXERCISE, based_on=1), {**CHOSEN_IN_EXERCISE, "based_on": ("x", "0", "2", "-1")}
    ),
    "exercises:exercise-copy (shared)": Change("colleague"),
    "exercises:exercise-import": Change("teacher", lambda world: {"archive": exercises_file()}),
    "exercises:exercise-archive": Change("teacher"),
    "exercises:exercise-unarchive": Change("teacher", before=archive_exercise),
    "assessment:assignment-new": Change("teacher", set_work(), CHOSEN_IN_ASSIGNMENT),
    "assessment:assignment-edit": Change("teacher", set_work(max_attempts="3"), CHOSEN_IN_ASSIGNMENT),
    "assessment:assignment-archive": Change("teacher"),
    "assessment:assignment-unarchive": Change("teacher", before=on_assignment(archived_at=timezone.now())),
    "assessment:assignment-release": Change("teacher"),
    "assessment:assignment-withdraw": Change("teacher", before=on_assignment(released_at=timezone.now())),
    "assessment:exercise-update": Change("teacher", before=newer_version),
    "assessment:extension-list": Change("teacher", more_time, {"student": "person", "due_at": (*DAYS, "")}),
    "assessment:extension-delete": Change("teacher"),
    "assessment:work-save": Change(
        "ben (same class)",
        given(base=1, key="key-000001", files=[{"path": "a.py", "text": "1"}]),
        {"base": ("x", "2", "-1", "true"), "key": ("x", "", "key 0000001"), "files": ("x", "")},
        is_json=True,
    ),
    "assessment:work-check": Change(
        "ben (same class)", given(percent=50), {"percent": ("x", "50", "101", "-1", "")}, is_json=True
    ),
    "assessment:work-hint": Change("ben (same class)"),
    "assessment:work-hand-in": Change(
        "ben (same class)",
        given(key="key-000001", revision=1, code_hash=code_hash({"main.py": b"# marker starter\n"}), results=None),
        {"key": ("x", "", "key 0000001"), "revision": ("x", "1", "-1"), "code_hash": ("x", "0" * 64, "")},
        is_json=True,
    ),
    "assessment:comment-new": Change(
        "teacher",
        lambda world: {
            "path": "main.py",
            "line": 1,
            "saved": world.home["saved comment"],
        },
        {
            "path": ("../main.py", "File-dan-home.py"),
            "line": ("x", "0", "2", "-1", "1e9"),
            "saved": "away saved comment",
        },
    ),
    "assessment:comment-new (reply)": Change(
        "ada",
        given(path="main.py", line=1, text="Why?"),
        {"path": ("", "../main.py"), "line": ("", "x", "0", "2"), "text": ("", "a\x00b", "x" * 5000)},
    ),
    "assessment:comment-delete": Change("teacher"),
    "assessment:saved-comment-remove": Change("teacher"),
    "assessment:mark-set": Change(
        "teacher",
        given(points="7.5", reason="Good idea"),
        {"points": ("-1", "10.01", "11", "NaN", "Infinity", "1e999", "0.001", "x", ""), "reason": ("", "a\x00b")},
    ),
    "assessment:mark-take-back": Change("teacher", before=set_mark),
    "assessment:marking-new": Change("teacher", given(only_unverified="on"), {"assignment": ("assignment", "x")}),
    "assessment:marking-claim": Change("teacher", given(count=1), {"count": ("x", "1", "")}, is_json=True),
    "assessment:marking-give-back": Change("teacher", item_of_run, before=lease, is_json=True),
    "assessment:marking-results": Change("teacher", problem_of_run, is_json=True),
    "assessment:marking-publish": Change("teacher", before=finish_marking),
    "assessment:marking-discard": Change("teacher"),
    "schools:classroom-create": Change("teacher", given(name="11C", year=2026), {"year": ("x", "1", "99999")}),
    "schools:classroom-settings": Change("teacher", given(name="10X", year=2026), {"year": ("x", "1", "99999")}),
    "schools:classroom-archive": Change("teacher"),
    "schools:classroom-unarchive": Change("teacher", before=archive),
    "schools:classroom-teachers": Change(
        "teacher",
        given(login="colleague"),
        {"login": ("teacher@away", "colleague@away", "ada", "head", "operator", "teacher", "nobody")},
    ),
    "schools:teacher-remove": Change("head"),
    "schools:join-code": Change(
        "teacher", given(days="7", max_use_count="40"), {"days": ("2", "9999"), "max_use_count": ("0", "100000", "x")}
    ),
    "schools:join-code-revoke": Change("teacher"),
    "join": Change("dan (other class)", given(code="HQMEXYZA"), {"code": ("AWAYXYZA", "HQMEXYZZ", "nonsense")}),
    "register": Change(
        "visitor",
        given(display_name="Grace Hopper", login="grace", password=NEW_PASSWORD),
        {"login": ("ada", "ada@home", "grace@away", "adа")},  # the last with a Cyrillic а
        before=open_registration,
    ),
    "schools:interest": Change(
        "visitor",
        given(name="Grace", school_name="Elm", works_as="teacher", email="g@example.org", message="", consent="on"),
        {"works_as": ("nonsense", ""), "email": ("x", "a@b", '"a b"@example.org', "a@example.org\nCc: b@example.org")},
    ),
    "schools:students-change (reset)": students("reset"),
    "schools:students-change (remove)": students("remove"),
    "schools:students-change (close)": students("close"),
    "schools:students-change (move)": students("move"),
    "schools:student-release": Change("teacher", has_effect=False),
    "schools:student-reopen": Change("teacher", before=close_ada),
    "schools:students-add": Change(
        "teacher",
        given(names="Name;Class\nGrace Hopper;Class-10A-home"),
        {
            "names": (
                "Name;Class\nGrace Hopper;Class-10B-home",
                "Name;Class\nGrace Hopper;Class-10A-away",
                "Name;Login name\nGrace Hopper;teacher",
                "Name;Login name\nGrace Hopper;dan",
            )
        },
    ),
    "schools:roster-batch (not confirmed)": Change(
        "teacher", given(**{"login-1": "grace"}), {"login-1": ("ada", "teacher", "head@home", "grace@away", "")}
    ),
    "schools:roster-step": Change("teacher", before=unissue),
    "schools:login-cards": Change("teacher"),
    "export-own": Change("ada", has_effect=False),
    "export-person": Change("head", has_effect=False),
    "admin:accounts_user_add": Change("head", person(short_name="grace"), {**MEMBERS, "short_name": ("ada", "x@away")}),
    "admin:accounts_user_change": Change("head", person(must_change_password="on"), MEMBERS),
    "admin:accounts_user_changelist (phrases)": act("head", "give_new_passphrases", "admin:accounts.User"),
    "admin:accounts_user_changelist (sign out)": act("head", "sign_out_everywhere", "admin:accounts.User"),
    "admin:accounts_user_changelist (close)": act("head", "close_accounts", "admin:accounts.User"),
    "admin:accounts_user_changelist (open)": act("head", "open_accounts", "admin:accounts.User", before=close_ada),
    "admin:accounts_user_import": Change("head", lambda world: {"file": people_file()}, has_effect=False),
    "admin:accounts_user_import (make)": Change(
        "head", lambda world: {"sealed": world.sealed}, {"sealed": ("x", "")}, before=look_at_import
    ),
    "admin:accounts_user_export": Change("head", given(format="csv"), {"format": ("exe",)}, has_effect=False),
    "admin:schools_school_add": Change("operator", given(**NEW_SCHOOL), {"slug": ("home", "gone", "AWAY", "a b")}),
    "admin:schools_school_change": Change("head", given(**SCHOOL), {"bin_days": ("0", "-1", "x"), "time_zone": ("x",)}),
    "admin:schools_classroom_add": Change("head", given(name="11C", year=2026), {"year": ("x", "-1", "99999")}),
    "admin:schools_classroom_change": Change("head", given(name="10X", year=2026), {"year": ("x", "-1", "99999")}),
    "admin:schools_classroom_delete": Change("head", given(post="yes"), before=empty_class),
    "admin:schools_classroom_changelist (archive)": act("head", "archive", "admin:schools.Classroom"),
    "admin:schools_classroom_changelist (use again)": act(
        "head", "use_again", "admin:schools.Classroom", before=archive
    ),
    "admin:schools_classroom_export": Change("head", given(format="xlsx"), {"format": ("exe",)}, has_effect=False),
    "admin:schools_enrolment_change": Change("head", has_effect=False),
    "admin:schools_enrolment_changelist": act("head", "take_out", "admin:schools.Enrolment"),
    "admin:schools_enrolment_export": Change("head", given(format="csv"), {"format": ("exe",)}, has_effect=False),
    "admin:schools_joincode_change": Change("head", has_effect=False),
    "admin:schools_joincode_changelist": act("head", "revoke", "admin:schools.JoinCode"),
    "admin:schools_auditevent_export": Change("head", given(format="csv"), {"format": ("exe",)}, has_effect=False),
    "admin:schools_interest_delete": Change("operator", given(post="yes")),
    "admin:schools_interest_export": Change("operator", given(format="csv"), {"format": ("exe",)}, has_effect=False),
    "admin:logout": Change("head", has_effect=False),
}


@contextmanager
def ready(
    world: World, change: Change, look: Callable[[], Any] = snapshot, *, enforces_token: bool = False
) -> Iterator[Visitor]:
    """Somebody who is about to make the change; what was made ready for it is undone at the end."""
    with transaction.atomic():
        visitor = Visitor(world, change.by, look, enforces_token=enforces_token)
        if not enforces_token:  # without it nothing gets so far
            change.before(world, visitor)
        visitor.settle()
        yield visitor
        transaction.set_rollback(True)
