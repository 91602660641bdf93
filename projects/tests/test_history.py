from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from projects.history import FileDifference, NotInHistory, compare, contents, files_at, restore
from projects.models import Project, RevisionFile
from projects.saving import Change, Conflict, Saved, TwinPath, read_state, save_revision


def put(project: Project, *changes: Change) -> int:
    project.refresh_from_db()
    outcome = save_revision(project, project.owner, project.revision, f"key-{project.revision:05}", list(changes))
    assert isinstance(outcome, Saved)
    return outcome.revision


def state_at(project: Project, number: int) -> dict[str, bytes]:
    versions = files_at(project.pk, number)
    texts = contents(versions.values())
    return {path: texts[version.row] for path, version in versions.items()}


def state_now(project: Project) -> dict[str, bytes]:
    return {file.path: file.content for file in read_state(project.pk).files}


class TestFilesAt:
    def test_is_what_each_revision_left(self, project: Project) -> None:
        start = state_now(project)
        put(project, Change("main.py", b"1"), Change("empty.txt", b""))
        put(project, Change("data/x.bin", b"\x00\xff", is_text=False), Change("empty.txt", None))
        put(project, Change("main.py", None))

        assert [state_at(project, number) for number in range(1, 5)] == [
            start,
            {"main.py": b"1", "empty.txt": b""},
            {"main.py": b"1", "data/x.bin": b"\x00\xff"},
            {"data/x.bin": b"\x00\xff"},
        ]

    def test_knows_that_a_deletion_takes_the_twin_in_another_case(self, project: Project) -> None:
        put(project, Change("MAIN.PY", None))

        assert state_at(project, 2) == state_now(project) == {}

    def test_knows_a_name_that_changed_its_case_and_back(self, project: Project) -> None:
        put(project, Change("main.py", None), Change("Main.py", b"1"))
        put(project, Change("Main.py", None), Change("main.py", b"2"))

        assert [state_at(project, number) for number in (2, 3)] == [{"Main.py": b"1"}, {"main.py": b"2"}]

    def test_takes_one_query(self, project: Project, django_assert_num_queries: object) -> None:
        for n in range(20):
            put(project, Change(f"{n}.txt", b"x"))

        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(files_at(project.pk, 21)) == 21


def test_compare_finds_what_differs(project: Project) -> None:
    put(project, Change("same.txt", b"1"), Change("gone.txt", b"1"), Change("changed.txt", b"1"))
    put(project, Change("gone.txt", None), Change("changed.txt", b"2"), Change("new.txt", b"1"))
    found: list[FileDifference] = compare(files_at(project.pk, 2), files_at(project.pk, 3))

    assert [(d.path, d.kind) for d in found] == [
        ("changed.txt", "changed"),
        ("gone.txt", "deleted"),
        ("new.txt", "added"),
    ]


class TestRestore:
    @pytest.fixture
    def wrecked(self, project: Project) -> Project:
        """Two good files at revision 2, all deleted at 3, something new at 4."""
        put(project, Change("main.py", b"good"), Change("data.csv", b"1,2\n"))
        put(project, Change("main.py", None), Change("data.csv", None))
        put(project, Change("other.py", b"new"))
        return project

    def test_brings_the_whole_project_back_as_a_new_revision(self, wrecked: Project) -> None:
        outcome = restore(wrecked, wrecked.owner, 2)

        assert isinstance(outcome, Saved)
        assert outcome.revision == 5
        assert state_now(wrecked) == state_at(wrecked, 5) == {"main.py": b"good", "data.csv": b"1,2\n"}
        assert wrecked.revisions.get(number=5).restored_from == 2

    def test_removes_nothing_from_the_history(self, wrecked: Project) -> None:
        before = [state_at(wrecked, number) for number in range(1, 5)]
        restore(wrecked, wrecked.owner, 2)

        assert [state_at(wrecked, number) for number in range(1, 5)] == before

    def test_brings_one_file_back(self, wrecked: Project) -> None:
        restore(wrecked, wrecked.owner, 2, "data.csv")

        assert state_now(wrecked) == {"other.py": b"new", "data.csv": b"1,2\n"}

    def test_writes_only_what_differs(self, wrecked: Project) -> None:
        put(wrecked, Change("main.py", b"good"))
        outcome = restore(wrecked, wrecked.owner, 2)

        assert isinstance(outcome, Saved)
        rows = RevisionFile.objects.filter(revision__project=wrecked, revision__number=outcome.revision)
        assert [(row.path, row.is_deleted) for row in rows] == [("data.csv", False), ("other.py", True)]

    def test_twice_is_once(self, wrecked: Project) -> None:
        assert restore(wrecked, wrecked.owner, 2) == restore(wrecked, wrecked.owner, 2)
        assert wrecked.revisions.count() == 5

    def test_keeps_what_kind_of_file_it_is(self, project: Project) -> None:
        put(project, Change("x.bin", b"\xff", is_text=False))
        put(project, Change("x.bin", None))
        restore(project, project.owner, 2)

        assert project.files.get(path="x.bin").is_text is False

    def test_restores_a_name_in_its_old_case(self, project: Project) -> None:
        put(project, Change("main.py", None), Change("Main.py", b"1"))
        restore(project, project.owner, 1)

        assert list(state_now(project)) == ["main.py"]

    def test_a_file_that_the_revision_does_not_have_is_refused(self, wrecked: Project) -> None:
        with pytest.raises(NotInHistory):
            restore(wrecked, wrecked.owner, 2, "other.py")

    def test_a_file_whose_name_is_a_folder_by_now_is_refused(self, wrecked: Project) -> None:
        put(wrecked, Change("main.py/x", b""))

        with pytest.raises(TwinPath):
            restore(wrecked, wrecked.owner, 2, "main.py")


@pytest.mark.django_db(transaction=True)
def test_restores_and_saves_at_once_leave_a_whole_state(project: Project) -> None:
    good = {f"{n}.txt": b"good" for n in range(10)}
    put(project, *(Change(path, content) for path, content in good.items()))
    base = put(project, *(Change(path, None) for path in good), Change("main.py", b"typed"))

    def act(n: int) -> Saved | Conflict:
        try:
            if n % 2:
                return restore(project, project.owner, 2)
            return save_revision(project, project.owner, base, f"typed-{n:05}", [Change("main.py", b"%d" % n)])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(act, range(8)))

    newest = max(outcome.revision for outcome in outcomes if isinstance(outcome, Saved))
    assert newest > base
    assert state_now(project) == state_at(project, newest)
    assert {number: len(state_at(project, number)) for number in range(base, newest + 1)}.items() <= {
        (number, size) for number in range(base, newest + 1) for size in (1, 11)
    }
