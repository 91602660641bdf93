"""Retention: what is over its term goes, what is not stays, and the dry run knows it before."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts.models import AddressBudget, SignInCounter, User
from codeplatform.data_duties import purge as purging
from codeplatform.data_duties.data_map import FOLDER
from codeplatform.data_duties.purge import ADMIN_LOG_DAYS, WRONG_PASSWORD_DAYS, purge
from codeplatform.testing import Cast, SchoolCast
from projects.models import Project, Revision
from projects.saving import Change, create_project, save_revision
from schools.audit_events import AuditEvent, What
from schools.models import Interest, JoinCode, JoinTry, RosterBatch, RosterEntry, School
from schools.retention import ADDRESS_DAYS, INTEREST_DAYS, JOIN_CODE_DAYS

NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
KINDS = {*purging._OF_THE_SITE, *purging._OF_A_SCHOOL}


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def event(school: School | None, days: float) -> AuditEvent:
    return AuditEvent.objects.create(what=What.SIGNED_IN, school=school, at=ago(days), address="203.0.113.9")


def leaver(person: User, days: float) -> User:
    User.objects.filter(pk=person.pk).update(is_active=False, left_at=ago(days))
    return person


def binned(owner: User, days: float) -> Project:
    project = create_project(owner, "Binned")
    Project.objects.filter(pk=project.pk).update(binned_at=ago(days))
    return project


def saved(project: Project, ages: list[float]) -> Project:
    """The project with a save for each age in days, the oldest first."""
    for number, _ in enumerate(ages, start=1):
        save_revision(project, project.owner, number, f"key-{number:05}", [Change("main.py", str(number).encode())])
    for number, days in enumerate([ages[0], *ages], start=1):
        Revision.objects.filter(project=project, number=number).update(created_at=ago(days))
    return project


def join_code(school: SchoolCast, days: float) -> JoinCode:
    code = f"code-{JoinCode.objects.count()}"
    return JoinCode.objects.create(classroom=school.classrooms["10A"], code=code, expires_at=ago(days))


def wrong_password(person: User, days: float) -> None:
    SignInCounter.objects.create(key=f"{days}", user=person, failed_at=ago(days), free_at=ago(days))
    AddressBudget.objects.create(key=f"{days}", drained_at_ms=(ago(days).timestamp() + 7 * 86_400) * 1000)


def list_of_students(school: SchoolCast, days: float) -> None:
    room = school.classrooms["10A"]
    batch = RosterBatch.objects.create(classroom=room, made_by=school["teacher"], expires_at=ago(days - 2))
    RosterEntry.objects.create(
        batch=batch, number=1, kind=RosterEntry.Kind.NEW, display_name="x", short_name="x", classroom=room
    )
    tried = JoinTry.objects.create(user=school["dan"])
    JoinTry.objects.filter(pk=tried.pk).update(at=ago(days - 0.5))


def interest(days: float) -> Interest:
    return Interest.objects.create(key=f"{days}", name="x", school_name="x", email="x@x.org", created_at=ago(days))


def log_entry(person: User, days: float) -> LogEntry:
    entry = LogEntry.objects.create(
        user_id=person.pk,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr="x",
        action_flag=CHANGE,
    )
    LogEntry.objects.filter(pk=entry.pk).update(action_time=ago(days))
    return entry


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def fill(cast: Cast) -> None:
    """Something of each kind that is due, with a neighbour that is not."""
    home = cast.home
    for days in (1, 400):
        event(home.school, days), event(None, days), event(home.school, 40)
        log_entry(home["head"], days)
        join_code(home, days)
        wrong_password(home["finn"], days)
        list_of_students(home, days)
        interest(days)
        binned(home["dan"], days)
        session = SessionStore()
        session.create()
        Session.objects.filter(pk=session.session_key).update(expire_date=ago(days) + timedelta(days=2))
    leaver(home["ada"], 400)
    leaver(home["ben"], 10)
    binned(home["ada"], 400)
    saved(home.projects["ada"], [800, 50, 50, 50, 50, 50, 50])
    saved(home.projects["cleo"], [800, 50, 49, 48, 47, 46, 45])


class TestCounts:
    def test_something_of_every_kind_goes_and_then_nothing_more(self, cast: Cast) -> None:
        fill(cast)
        counts = purge(NOW).counts

        assert set(counts) == KINDS
        assert min(counts.values()) > 0
        assert purge(NOW).counts.total() == 0

    def test_a_dry_run_counts_the_same_and_changes_nothing(self, cast: Cast) -> None:
        fill(cast)
        models = (
            RosterBatch,
            RosterEntry,
            JoinTry,
            Interest,
            AddressBudget,
            SignInCounter,
            AuditEvent,
            LogEntry,
            JoinCode,
            Project,
            Session,
            User,
            Revision,
        )
        before = [list(model.objects.order_by("pk").values()) for model in models]
        dry = purge(NOW, dry_run=True)

        assert [list(model.objects.order_by("pk").values()) for model in models] == before
        assert dry == purge(NOW)

    def test_the_trail_says_so_once_for_each_school_where_something_went(self, cast: Cast) -> None:
        fill(cast)
        purge(NOW)
        purge(NOW)
        events = {event.school: event.details for event in AuditEvent.objects.filter(what=What.PURGED)}

        assert set(events) == {None, cast.home.school}
        assert events[cast.home.school]["leavers"] == 1


class TestTerms:
    @pytest.mark.parametrize(("days", "stays"), [(179, True), (181, False)])
    def test_leavers_go_with_their_work(self, cast: Cast, days: float, stays: bool) -> None:
        leaver(cast.home["ada"], days)
        purge(NOW)

        assert User.objects.filter(username="ada@home").exists() == stays
        assert Project.objects.filter(pk=cast.home.projects["ada"].pk).exists() == stays

    def test_who_is_back_stays(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.home["ada"].pk).update(left_at=ago(999))
        purge(NOW)

        assert User.objects.filter(username="ada@home").exists()

    @pytest.mark.parametrize(
        ("term", "days", "usual"),
        [("leavers_days", 0, False), ("bin_days", 365, True), ("audit_days", 3650, True), ("history_days", 3650, True)],
    )
    def test_each_school_has_its_own(self, cast: Cast, term: str, days: int, usual: bool) -> None:
        School.objects.filter(pk=cast.away.school.pk).update(**{term: days})
        kept = []
        for school in (cast.home, cast.away):
            event(school.school, 400)
            binned(school["dan"], 100)
            saved(school.projects["cleo"], [800, 1, 1, 1, 1, 1, 1])
            leaver(school["ada"], 1)
        purge(NOW)
        for school in (cast.home, cast.away):
            kept.append(
                {
                    "leavers_days": User.objects.filter(pk=school["ada"].pk).count(),
                    "bin_days": school["dan"].projects.count(),
                    "audit_days": AuditEvent.objects.filter(school=school.school, what=What.SIGNED_IN).count(),
                    "history_days": school.projects["cleo"].revisions.kept().filter(number=2).count(),
                }[term]
            )

        assert kept == ([0, 1] if usual else [1, 0])

    @pytest.mark.parametrize(("days", "address"), [(29, "203.0.113.9"), (31, None)])
    def test_addresses_leave_the_trail(self, cast: Cast, days: float, address: str | None) -> None:
        kept = event(cast.home.school, days)
        purge(NOW)
        kept.refresh_from_db()

        assert kept.address == address

    @pytest.mark.parametrize(("days", "count"), [(364, 1), (366, 0)])
    def test_events_of_no_school_have_the_usual_term(self, cast: Cast, days: float, count: int) -> None:
        old = event(None, days)
        purge(NOW)

        assert AuditEvent.objects.filter(pk=old.pk).count() == count

    def test_what_the_map_promises_is_what_is_done(self) -> None:
        terms = (FOLDER / "terms.toml").read_text()

        assert f'address = "For {ADDRESS_DAYS} days."' in terms
        assert f'admin-log = "For {ADMIN_LOG_DAYS} days."' in terms
        assert f"account is deleted; for {WRONG_PASSWORD_DAYS} days at most" in terms
        assert f'join-code = "For {JOIN_CODE_DAYS} days after' in terms
        assert f'interest = "For {INTEREST_DAYS} days, ' in terms
        assert School().history_days == 2 * 365
        assert School().audit_days == 365


class TestFailures:
    @pytest.fixture
    def broken(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
        def fail(school: School | None, now: datetime, dry_run: bool) -> int:
            if school == cast.away.school:
                raise ValueError("secret detail")
            return 0

        monkeypatch.setitem(purging._OF_A_SCHOOL, "old audit events", fail)
        leaver(cast.home["ada"], 400)
        return cast

    def test_the_other_schools_go_on(self, broken: Cast) -> None:
        purged = purge(NOW)

        assert purged.counts["leavers"] == 1
        assert purged.failures == ["away: ValueError"]

    def test_the_command_fails_after_its_counts(self, broken: Cast) -> None:
        out = io.StringIO()
        with pytest.raises(CommandError, match="It failed in 1: away: ValueError"):
            call_command("purge", stdout=out)

        assert out.getvalue().startswith("Deleted:\n")

    def test_the_command_says_when_there_is_nothing(self, cast: Cast) -> None:
        out = io.StringIO()
        call_command("purge", "--dry-run", stdout=out)

        assert out.getvalue() == "Would delete:\n  nothing\n"
