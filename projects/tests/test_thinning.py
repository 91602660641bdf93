"""Thinning lets revisions go, and never changes what a revision that stays shows."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from projects import limits, saving, thinning
from projects.history import contents, files_at
from projects.limits import HISTORY_ROW_BYTES
from projects.models import Project, Revision, RevisionFile
from projects.saving import Change, Saved, read_state, save_revision
from projects.thinning import Thinned, due_by_age, due_by_size, thin

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PATHS = ["main.py", "Main.py", "data/a.csv", "data", "b.bin"]


def put(project: Project, changes: list[Change], at: datetime | None = None) -> int:
    project.refresh_from_db()
    outcome = save_revision(project, project.owner, project.revision, f"key-{project.revision:05}", changes)
    assert isinstance(outcome, Saved)
    if at:
        Revision.objects.filter(project=project, number=outcome.revision).update(created_at=at)
    return outcome.revision


def numbers(project: Project) -> list[int]:
    return sorted(project.revisions.kept().values_list("number", flat=True))


def state_at(project: Project, number: int) -> dict[str, bytes]:
    versions = files_at(project.pk, number)
    texts = contents(versions.values())
    return {path: texts[version.row] for path, version in versions.items()}


def size_of(project: Project) -> int:
    rows = RevisionFile.objects.filter(revision__project=project)
    return sum(size + HISTORY_ROW_BYTES for size in rows.values_list("size", flat=True))


def recorded_size(project: Project) -> int:
    project.refresh_from_db()
    return project.history_bytes


def random_history(project: Project, random_: random.Random) -> dict[int, dict[str, bytes]]:
    """Some saves over fifteen months, deletions, renames in case and empty files among them; the states by number."""
    at, states = NOW - timedelta(days=450), {}
    for _ in range(random_.randrange(20, 45)):
        at += random_.choice([timedelta(minutes=3), timedelta(hours=2), timedelta(days=random_.randrange(1, 40))])
        files = {file.path: file for file in read_state(project.pk).files}
        changes = {path: Change(path, None) for path in random_.sample(PATHS, random_.randrange(3))}
        path = random_.choice(PATHS)
        changes |= {twin: Change(twin, None) for twin in files if twin != path and clash(twin, path)}
        changes[path] = Change(path, bytes(random_.randrange(256) for _ in range(random_.randrange(6))), is_text=False)
        number = put(project, list(changes.values()), min(at, NOW))
        states[number] = {file.path: file.content for file in read_state(project.pk).files}
    return states


def clash(one: str, other: str) -> bool:
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short == long or long.startswith(f"{short}/")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("bound", [None, 6 * HISTORY_ROW_BYTES])
def test_what_stays_shows_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, seed: int, bound: int | None
) -> None:
    states = random_history(project, random.Random(seed))  # noqa: S311 - the same history each time
    if bound:
        monkeypatch.setattr(thinning, "MAX_HISTORY_BYTES", bound)
        monkeypatch.setattr(thinning, "THINNED_HISTORY_BYTES", bound)
    assert {number: state_at(project, number) for number in states} == states
    before = len(numbers(project))
    done = thin(project.pk, NOW)
    kept = numbers(project)

    assert len(kept) == before - done.revision_count < before
    assert {number: state_at(project, number) for number in kept if number in states} == {
        number: states[number] for number in kept if number in states
    }
    assert recorded_size(project) == size_of(project)
    assert thin(project.pk, NOW) == Thinned(0, 0)


class TestDueByAge:
    def saves(self, *ages: timedelta) -> list[tuple[datetime, int]]:
        newest = [(NOW, 1000 + n) for n in range(limits.HISTORY_KEEP_NEWEST)]
        return [(NOW - age, number) for number, age in enumerate(ages)] + newest

    def test_nothing_for_thirty_days(self) -> None:
        saves = self.saves(*(timedelta(days=30) - timedelta(seconds=n) for n in range(100)))

        assert due_by_age(saves, NOW, UTC, 730) == []

    def test_then_all_but_the_last_of_each_sitting(self) -> None:
        ages = [timedelta(days=40, minutes=minutes) for minutes in (90, 85, 80, 40, 39)]

        assert due_by_age(self.saves(*ages), NOW, UTC, 730) == [0, 1, 3]

    def test_a_sitting_ends_at_midnight_of_the_school(self) -> None:
        saves = self.saves(*(timedelta(days=40, hours=12, minutes=minutes) for minutes in (10, -10)))
        tokyo = timezone.get_fixed_timezone(9 * 60)

        assert (due_by_age(saves, NOW, UTC, 730), due_by_age(saves, NOW, tokyo, 730)) == ([], [0])

    @pytest.mark.parametrize("term", [30, 365, 730])
    def test_after_the_schools_term_everything(self, term: int) -> None:
        assert due_by_age(self.saves(timedelta(days=term + 1), timedelta(days=term - 1)), NOW, UTC, term) == [0]

    def test_within_the_term_never_the_newest_five(self) -> None:
        assert due_by_age([(NOW - timedelta(days=700), n) for n in range(7)], NOW, UTC, 730) == [0, 1]

    def test_never_what_the_project_is_now(self) -> None:
        assert due_by_age([(NOW - timedelta(days=900), n) for n in range(7)], NOW, UTC, 730) == [0, 1, 2, 3, 4, 5]


def test_by_size_the_last_of_a_day_goes_last() -> None:
    day = [0, 1, 2, 180, 181]  # minutes: two sittings
    saves = [
        (NOW - timedelta(days=2 - d) + timedelta(minutes=m), 10 * d + n) for d in range(2) for n, m in enumerate(day)
    ]
    newest = [(NOW + timedelta(hours=9), 100 + n) for n in range(limits.HISTORY_KEEP_NEWEST)]

    assert list(due_by_size([*saves, *newest], UTC)) == [0, 1, 3, 10, 11, 13, 2, 12, 4, 14]


class TestBound:
    def test_a_large_history_is_thinned_by_the_save_that_makes_it_so(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (saving, thinning):
            monkeypatch.setattr(module, "MAX_HISTORY_BYTES", 200_000)
        monkeypatch.setattr(thinning, "THINNED_HISTORY_BYTES", 150_000)
        largest = 0
        for n in range(100):
            put(project, [Change("out.bin", bytes([n]) * 10_000, is_text=False)])
            largest = max(largest, size_of(project))

        assert largest <= 200_000
        assert recorded_size(project) == size_of(project)
        assert state_at(project, project.revision) == {f.path: f.content for f in read_state(project.pk).files}

    def test_the_answer_to_a_key_outlives_the_files(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(thinning, "MAX_HISTORY_BYTES", 0)
        monkeypatch.setattr(thinning, "THINNED_HISTORY_BYTES", 0)
        for n in range(20):
            put(project, [Change("main.py", str(n).encode())])
        thin(project.pk)
        repeated = save_revision(project, project.owner, 2, "key-00002", [Change("main.py", b"x")])

        assert len(numbers(project)) == limits.HISTORY_KEEP_NEWEST
        assert isinstance(repeated, Saved)
        assert repeated.revision == 3
        thin(project.pk, timezone.now() + timedelta(days=2))
        assert project.revisions.count() == limits.HISTORY_KEEP_NEWEST

    def test_the_limits_can_be_met(self) -> None:
        rows = limits.HISTORY_KEEP_NEWEST * 2 * limits.MAX_FILES * HISTORY_ROW_BYTES
        assert (
            limits.HISTORY_KEEP_NEWEST * limits.MAX_PROJECT_BYTES + rows
            < limits.THINNED_HISTORY_BYTES
            < limits.MAX_HISTORY_BYTES
        )


def test_what_is_left_of_an_old_project_is_what_it_is_now(project: Project) -> None:
    for n in range(8):
        put(
            project, [Change(f"{n}.py", str(n).encode()), Change("main.py", str(n).encode())], NOW - timedelta(days=900)
        )
    Revision.objects.filter(project=project).update(created_at=NOW - timedelta(days=900))
    before = state_at(project, 9)
    thin(project.pk, NOW)

    assert numbers(project) == [9]
    assert state_at(project, 9) == before == {f.path: f.content for f in read_state(project.pk).files}


class TestCommand:
    @pytest.fixture
    def old(self, project: Project) -> Project:
        # All on one day, at whatever time these tests run
        day = (timezone.now() - timedelta(days=60)).replace(hour=9)
        for n in range(20):
            put(project, [Change("main.py", str(n).encode())], day.replace(minute=n))
        return project

    def test_thins_every_project_and_says_so(self, old: Project, capsys: Any) -> None:
        call_command("thin_history")

        assert capsys.readouterr().out.startswith("Folded 15 revisions of 1 project")
        assert len(numbers(old)) == 6  # the one that made the project, and the newest five

    def test_a_dry_run_changes_nothing(self, old: Project, capsys: Any) -> None:
        before = size_of(old)
        call_command("thin_history", "--dry-run")

        assert capsys.readouterr().out.startswith("Would fold 15 revisions of 1 project")
        assert (len(numbers(old)), size_of(old)) == (21, before)
