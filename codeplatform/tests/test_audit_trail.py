"""Each kind of event in the audit trail comes of something that people really do, and says who did it to whom.

A kind that is added gets its row in CAUSES: what to do, through the pages and commands that do it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessment import marking
from assessment.models import Assignment, Extension
from assessment.testing import hand_in_for, set_work
from codeplatform.testing import PASSWORD, Cast, signed_in
from schools.audit_events import AuditEvent, What
from schools.models import JoinCode, School

PEOPLE, CLASSES, CODES = "/admin/accounts/user/", "/admin/schools/classroom/", "/admin/schools/joincode/"
HOMEWORK = {
    "title": "Homework",
    "grace_minutes": "5",
    "late_policy": "mark",
    "late_cap_percent": "50",
    "shows_results": "at once",
    "weight": "1",
}
SECRET = "wrong-and-secret-phrase"


@dataclass(frozen=True)
class Cause:
    """What somebody does; `by` and `about` are people of `home` by short name, "" for nobody."""

    do: Callable[[Cast, Path], object]
    by: str = ""
    about: str = ""


def sign_in(password: str, times: int = 1) -> Callable[[Cast, Path], object]:
    def do(cast: Cast, folder: Path) -> None:
        for _ in range(times):
            Client().post("/login/", {"username": "ada@home", "password": password})

    return do


def sign_in_and_out(cast: Cast, folder: Path) -> None:
    client = Client()
    client.post("/login/", {"username": "ada@home", "password": PASSWORD})
    client.post("/logout/")


def run(*words: str) -> Callable[[Cast, Path], object]:
    def do(cast: Cast, folder: Path) -> None:
        names = {"{folder}": str(folder)}
        call_command(*(names.get(word, word) for word in words), stdout=io.StringIO())

    return do


def head(cast: Cast) -> Client:
    return signed_in(cast.home["head"])


def act(url: str, action: str, row: Callable[[Cast], Any]) -> Callable[[Cast, Path], object]:
    """Choose the row on a page of the admin, and do something with it."""

    def do(cast: Cast, folder: Path) -> None:
        data = {"action": action, "index": "0", "_selected_action": [row(cast).pk]}
        assert head(cast).post(url, data).status_code in {200, 302}

    return do


def change_ada(**changes: Any) -> Callable[[Cast, Path], object]:
    def do(cast: Cast, folder: Path) -> None:
        ada = cast.home["ada"]
        rooms = [enrolment.classroom_id for enrolment in ada.enrolments.active()]
        form = {"display_name": ada.display_name, "role": ada.role, "classrooms": rooms}
        assert head(cast).post(f"{PEOPLE}{ada.pk}/change/", form | changes).status_code == 302

    return do


def post(url: str, data: Mapping[str, Any]) -> Callable[[Cast, Path], object]:
    def do(cast: Cast, folder: Path) -> None:
        assert head(cast).post(url, data).status_code in {200, 302}

    return do


def ada(cast: Cast) -> User:
    return cast.home["ada"]


def ten_a(cast: Cast) -> Any:
    return cast.home.classrooms["10A"]


def join_code(cast: Cast) -> JoinCode:
    later = timezone.now() + timedelta(days=1)
    return JoinCode.objects.create(classroom=ten_a(cast), code="open-sesame", expires_at=later)


def open_again(cast: Cast, folder: Path) -> None:
    User.objects.filter(pk=ada(cast).pk).update(is_active=False, left_at=timezone.now())
    act(PEOPLE, "open_accounts", ada)(cast, folder)


def change_school(cast: Cast, folder: Path) -> None:
    url = f"/admin/schools/school/{cast.home.school.pk}/change/"
    page = head(cast).get(url)
    initial = page.context["adminform"].form.initial
    head(cast).post(
        url, {key: value for key, value in initial.items() if value not in (None, False)} | {"bin_days": 60}
    )


def import_students(cast: Cast, folder: Path) -> None:
    (folder / "names.csv").write_text("Name\nZoe Zuse\n")
    words = (
        "home",
        str(folder / "names.csv"),
        "--class",
        "10A",
        "--year",
        "2026",
        "--cards",
        str(folder / "cards.csv"),
    )
    call_command("import_students", *words, stdout=io.StringIO())


def purge(cast: Cast, folder: Path) -> None:
    User.objects.filter(pk=ada(cast).pk).update(is_active=False, left_at=timezone.now() - timedelta(days=999))
    call_command("purge", stdout=io.StringIO())


def change_own_password(cast: Cast, folder: Path) -> None:
    words = {"old_password": PASSWORD, "new_password": SECRET}
    assert signed_in(ada(cast)).post("/password/", words).status_code == 302


def take_own_data(cast: Cast, folder: Path) -> None:
    signed_in(ada(cast)).post("/account/export/")


def release(cast: Cast, folder: Path) -> None:
    sign_in(SECRET, times=6)(cast, folder)
    head(cast).post(f"/classes/{ten_a(cast).pk}/students/{ada(cast).pk}/release/")


def look_at_work(cast: Cast, folder: Path) -> None:
    """Once an hour is enough: files and history of the same project are one look."""
    project, client = cast.home.projects["ada"], head(cast)
    for page in ("", "files/", "history/", "zip/"):
        assert client.get(f"/projects/{project.pk}/{page}").status_code == 200


def assignment_of(cast: Cast) -> Assignment:
    """One that the head has not set, and so no event."""
    return set_work(ten_a(cast), cast.home.exercises["shared"])


def on_assignment(*verbs: str, data: Mapping[str, Any] | None = None) -> Callable[[Cast, Path], object]:
    """Press buttons of an assignment, one after the other; the head does."""

    def do(cast: Cast, folder: Path) -> None:
        assignment = assignment_of(cast)
        for verb in verbs:
            url = f"/assignments/{assignment.pk}/{verb}/"
            assert head(cast).post(url, data or {}).status_code == 302

    return do


def set_homework(cast: Cast, folder: Path) -> None:
    exercise = cast.home.exercises["shared"].pk
    form = HOMEWORK | {"classrooms": [ten_a(cast).pk], "exercises": [exercise], f"points-{exercise}": "5"}
    assert head(cast).post("/assignments/new/", form).status_code == 302


def give_time(cast: Cast, folder: Path) -> None:
    on_assignment("extensions", data={"student": ada(cast).pk, "due_at": "2090-01-01T12:00"})(cast, folder)


def take_time_back(cast: Cast, folder: Path) -> None:
    give_time(cast, folder)
    extension = Extension.objects.get()
    url = f"/assignments/{extension.assignment_id}/extensions/{extension.pk}/delete/"
    assert head(cast).post(url).status_code == 302


def set_mark(cast: Cast, folder: Path) -> None:
    assigned = set_work(ten_a(cast), cast.home.exercises["shared"]).exercises.get()
    submission = hand_in_for(ada(cast), assigned)
    data = {"points": "7.5", "reason": SECRET}
    assert head(cast).post(f"/submissions/{submission.pk}/mark/", data).status_code == 302


def publish_marks(cast: Cast, folder: Path) -> None:
    assignment = set_work(ten_a(cast), cast.home.exercises["shared"])
    hand_in_for(cast.home["ada"], assignment.exercises.get())
    run = marking.start_run(ten_a(cast), cast.home["teacher"], marking.Scope())
    marking.record_results(run.items.get(), [], "Python did not start.")
    marking.finish_if_done(run)
    signed_in(cast.home["teacher"]).post(f"/classes/{ten_a(cast).pk}/marking/{run.pk}/publish/")


CAUSES: dict[What, Cause] = {
    What.SIGNED_IN: Cause(sign_in(PASSWORD), by="ada", about="ada"),
    What.SIGN_IN_FAILED: Cause(sign_in(SECRET), about="ada"),
    What.SIGN_IN_DELAYED: Cause(sign_in(SECRET, times=6), about="ada"),
    What.SIGN_IN_RELEASED: Cause(release, by="head", about="ada"),
    What.SIGNED_OUT: Cause(sign_in_and_out, by="ada", about="ada"),
    What.SESSIONS_ENDED: Cause(act(PEOPLE, "sign_out_everywhere", ada), by="head", about="ada"),
    What.PASSWORD_CHANGED: Cause(change_own_password, by="ada", about="ada"),
    What.PASSWORD_RESET: Cause(act(PEOPLE, "give_new_passphrases", ada), by="head", about="ada"),
    What.ACCOUNT_CREATED: Cause(run("create_school_admin", "home", "chief"), about="chief"),
    What.ACCOUNT_CHANGED: Cause(change_ada(display_name="Ada L."), by="head", about="ada"),
    What.ROLE_CHANGED: Cause(change_ada(role="teacher", classrooms=[]), by="head", about="ada"),
    What.ACCOUNT_CLOSED: Cause(act(PEOPLE, "close_accounts", ada), by="head", about="ada"),
    What.ACCOUNT_OPENED: Cause(open_again, by="head", about="ada"),
    What.ACCOUNT_DELETED: Cause(run("delete_person", "ada@home", "--yes"), about="ada"),
    What.ENROLLED: Cause(import_students, about="zoe.zuse"),
    What.UNENROLLED: Cause(change_ada(classrooms=[]), by="head", about="ada"),
    What.CLASSROOM_CREATED: Cause(post(f"{CLASSES}add/", {"name": "11C", "year": 2026}), by="head"),
    What.CLASSROOM_CHANGED: Cause(
        lambda cast, folder: post(f"{CLASSES}{ten_a(cast).pk}/change/", {"name": "10X", "year": 2026})(cast, folder),
        by="head",
    ),
    What.CLASSROOM_ARCHIVED: Cause(act(CLASSES, "archive", ten_a), by="head"),
    What.CLASSROOM_DELETED: Cause(run("delete_class", "home", "10A", "--yes")),
    What.JOIN_CODE_CREATED: Cause(
        lambda cast, folder: post(f"/classes/{ten_a(cast).pk}/join-code/", {"days": 7, "max_use_count": 40})(
            cast, folder
        ),
        by="head",
    ),
    What.JOIN_CODE_REVOKED: Cause(act(CODES, "revoke", join_code), by="head"),
    What.IMPORTED: Cause(import_students),
    What.WORK_SEEN: Cause(look_at_work, by="head", about="ada"),
    What.MARK_SET: Cause(set_mark, by="head", about="ada"),
    What.EXPORTED: Cause(take_own_data, by="ada", about="ada"),
    What.ASSIGNMENT_SET: Cause(set_homework, by="head"),
    What.ASSIGNMENT_CHANGED: Cause(on_assignment("archive"), by="head"),
    What.RESULTS_RELEASED: Cause(on_assignment("release"), by="head"),
    What.RESULTS_WITHDRAWN: Cause(on_assignment("release", "withdraw"), by="head"),
    What.EXTENSION_GIVEN: Cause(give_time, by="head", about="ada"),
    What.EXTENSION_TAKEN_BACK: Cause(take_time_back, by="head", about="ada"),
    What.MARKS_PUBLISHED: Cause(publish_marks, by="teacher"),
    What.SCHOOL_CREATED: Cause(run("create_school", "Lindenschule", "linden")),
    What.SCHOOL_CHANGED: Cause(change_school, by="head"),
    What.SCHOOL_DELETED: Cause(run("delete_school", "home", "--yes")),
    What.PURGED: Cause(purge),
}


def test_every_kind_has_its_cause() -> None:
    assert set(CAUSES) == set(What)


@pytest.mark.parametrize("what", CAUSES)
def test_each_is_recorded_once_with_who_and_whom_and_where(cast: Cast, tmp_path: Path, what: What) -> None:
    cause, numbers = CAUSES[what], {name: person.pk for name, person in cast.home.people.items()}
    before = timezone.now()
    cause.do(cast, tmp_path)
    events = list(AuditEvent.objects.filter(what=what))
    numbers |= {person.short_name: person.pk for person in User.objects.filter(school=cast.home.school)}

    found = [(event.actor, event.about) for event in events]
    assert found == [(numbers.get(cause.by), numbers.get(cause.about))]
    is_outside = what in {What.SCHOOL_CREATED, What.SCHOOL_DELETED}
    assert is_outside or events[0].school_id == cast.home.school.pk
    assert before <= events[0].at <= timezone.now()


@pytest.mark.parametrize("what", CAUSES)
def test_none_holds_a_name_or_what_was_typed(cast: Cast, tmp_path: Path, what: What) -> None:
    CAUSES[what].do(cast, tmp_path)
    people = User.objects.exclude(pk=cast.operator.pk)
    secrets = {PASSWORD, SECRET, "Ada L.", "Zoe Zuse", "chief", *people.values_list("username", flat=True)}

    details = [str(event.details) for event in AuditEvent.objects.all()]
    assert [(secret, text) for text in details for secret in secrets if secret in text] == []


def test_a_school_that_is_gone_keeps_no_trail(cast: Cast, tmp_path: Path) -> None:
    CAUSES[What.SIGNED_IN].do(cast, tmp_path)
    CAUSES[What.SCHOOL_DELETED].do(cast, tmp_path)

    assert list(AuditEvent.objects.values_list("what", flat=True)) == [What.SCHOOL_DELETED]
    assert not School.objects.filter(slug="home").exists()
