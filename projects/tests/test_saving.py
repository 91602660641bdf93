from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction

from accounts.models import User
from projects.models import Project, Revision
from projects.saving import (
    Change,
    Conflict,
    ProjectTooLarge,
    Saved,
    TwinPath,
    create_project,
    read_state,
    save_revision,
)


def save(project: Project, base: int, key: str, *changes: Change) -> Saved | Conflict:
    return save_revision(project, project.owner, base, key, changes)


def files(project: Project) -> dict[str, bytes]:
    return {file.path: file.content for file in read_state(project.pk).files}


class TestSaveRevision:
    def test_puts_the_changes_on_top(self, project: Project) -> None:
        outcome = save(
            project, 1, "key-00001", Change("main.py", b"1"), Change("data/x.bin", b"\x00\xff", is_text=False)
        )

        assert isinstance(outcome, Saved)
        assert outcome.revision == 2
        assert files(project) == {"main.py": b"1", "data/x.bin": b"\x00\xff"}

    def test_leaves_other_files_alone(self, project: Project) -> None:
        before = files(project)["main.py"]
        save(project, 1, "key-00001", Change("other.py", b"2"))

        assert files(project) == {"main.py": before, "other.py": b"2"}

    def test_deletes(self, project: Project) -> None:
        save(project, 1, "key-00001", Change("main.py", None))

        assert files(project) == {}

    def test_records_what_it_changed(self, project: Project) -> None:
        save(project, 1, "key-00001", Change("main.py", None), Change("a.txt", b"a"))
        revision = project.revisions.get(number=2)

        assert revision.author == project.owner
        assert [(file.path, file.is_deleted, file.size, file.sha256) for file in revision.files.all()] == [
            ("a.txt", False, 1, hashlib.sha256(b"a").hexdigest()),
            ("main.py", True, 0, ""),
        ]

    def test_without_changes_makes_no_revision(self, project: Project) -> None:
        outcome = save(project, 1, "key-00001")

        assert outcome == Saved(1, project.saved_at)
        assert project.revisions.count() == 1

    def test_an_empty_project_can_be_read(self, project: Project) -> None:
        project.files.all().delete()

        assert read_state(project.pk).files == ()


class TestConflict:
    @pytest.mark.parametrize("changes", [[Change("main.py", b"mine")], []], ids=["with changes", "without"])
    def test_a_stale_base_changes_nothing_and_shows_what_is_there(
        self, project: Project, changes: list[Change]
    ) -> None:
        save(project, 1, "key-theirs", Change("main.py", b"theirs"))
        outcome = save(project, 1, "key-mine1", *changes)

        assert isinstance(outcome, Conflict)
        assert (outcome.state.revision, outcome.author) == (2, str(project.owner))
        assert [file.content for file in outcome.state.files] == [b"theirs"]
        assert project.revisions.count() == 2

    def test_a_base_from_the_future_is_a_conflict_too(self, project: Project) -> None:
        assert isinstance(save(project, 7, "key-00001", Change("main.py", b"")), Conflict)

    def test_a_refused_key_can_be_used_with_the_right_base(self, project: Project) -> None:
        save(project, 9, "key-00001", Change("main.py", b"1"))

        assert save(project, 1, "key-00001", Change("main.py", b"1")).revision == 2  # type: ignore[union-attr]


class TestSameKey:
    def test_is_answered_the_same_again(self, project: Project) -> None:
        first = save(project, 1, "key-00001", Change("main.py", b"1"))
        save(project, 2, "key-00002", Change("main.py", b"2"))

        assert save(project, 1, "key-00001", Change("main.py", b"1")) == first
        assert files(project) == {"main.py": b"2"}

    def test_whatever_else_the_request_says(self, project: Project) -> None:
        first = save(project, 1, "key-00001", Change("main.py", b"1"))

        assert save(project, 2, "key-00001", Change("main.py", b"other")) == first
        assert files(project) == {"main.py": b"1"}

    def test_in_another_project_is_another_key(self, project: Project) -> None:
        other = create_project(project.owner, "Other")
        save(project, 1, "key-00001", Change("main.py", b"1"))
        save(other, 1, "key-00001", Change("main.py", b"2"))

        assert (files(project), files(other)) == ({"main.py": b"1"}, {"main.py": b"2"})

    def test_with_the_base_of_now_is_answered_the_same(self, project: Project) -> None:
        first = save(project, 1, "key-00001", Change("main.py", b"1"))

        assert save(project, 2, "key-00001", Change("main.py", b"2")) == first
        assert files(project) == {"main.py": b"1"}


class TestTwins:
    @pytest.mark.parametrize("path", ["Main.py", "main.py/x", "MAIN.PY/a/b"])
    def test_beside_an_existing_file_are_refused(self, project: Project, path: str) -> None:
        with pytest.raises(TwinPath):
            save(project, 1, "key-00001", Change(path, b""))
        assert project.revisions.count() == 1

    def test_a_file_named_as_a_folder_is_refused(self, project: Project) -> None:
        save(project, 1, "key-00001", Change("data/x", b""))

        with pytest.raises(TwinPath):
            save(project, 2, "key-00002", Change("Data", b""))

    def test_within_one_save_are_refused(self, project: Project) -> None:
        with pytest.raises(TwinPath):
            save(project, 1, "key-00001", Change("a.py", b""), Change("A.py", b""))

    def test_a_file_can_change_the_case_of_its_name(self, project: Project) -> None:
        save(project, 1, "key-00001", Change("main.py", None), Change("Main.py", b"1"))

        assert files(project) == {"Main.py": b"1"}

    def test_a_file_can_become_a_folder(self, project: Project) -> None:
        save(project, 1, "key-00001", Change("main.py", None), Change("main.py/x", b"1"))

        assert files(project) == {"main.py/x": b"1"}


class TestLimits:
    def test_too_many_files_are_refused_whole(self, project: Project) -> None:
        with pytest.raises(ProjectTooLarge):
            save(project, 1, "key-00001", *(Change(f"{n}.txt", b"") for n in range(200)))

        assert (project.files.count(), project.revisions.count()) == (1, 1)

    def test_as_many_as_there_may_be_are_taken(self, project: Project) -> None:
        save(project, 1, "key-00001", *(Change(f"{n}.txt", b"") for n in range(199)))

        assert project.files.count() == 200

    def test_too_many_bytes_over_several_saves_are_refused(self, project: Project) -> None:
        block = bytes(5 * 1024**2)
        for n in range(3):
            save(project, 1 + n, f"key-0000{n}", Change(f"{n}.bin", block, is_text=False))

        with pytest.raises(ProjectTooLarge):
            save(project, 4, "key-00009", Change("last.bin", block, is_text=False))
        project.refresh_from_db()
        assert project.revision == 4

    def test_the_database_refuses_a_larger_file(self, project: Project) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            project.files.update(size=5 * 1024**2 + 1)


@pytest.mark.parametrize("number", [0, -1])
def test_the_revision_never_goes_back(project: Project, number: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(revision=number)


@pytest.mark.django_db(transaction=True)
class TestInParallel:
    def run(self, project: Project, count: int, key: str) -> list[Saved | Conflict]:
        def one(n: int) -> Saved | Conflict:
            try:
                return save(project, 1, key.format(n=n), Change("main.py", str(n).encode()))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    def test_the_same_request_twenty_times_is_one_revision_and_one_answer(self, project: Project) -> None:
        outcomes = self.run(project, 20, "the-same-key")

        assert len(set(outcomes)) == 1
        assert isinstance(outcomes[0], Saved)
        assert Revision.objects.filter(project=project).count() == 2

    def test_of_twenty_tabs_one_saves_and_the_others_are_told(self, project: Project) -> None:
        outcomes = self.run(project, 20, "key-{n:05}")

        assert [type(outcome) for outcome in outcomes].count(Saved) == 1
        winner = next(n for n, outcome in enumerate(outcomes) if isinstance(outcome, Saved))
        for outcome in outcomes:
            if isinstance(outcome, Conflict):
                assert outcome.state.revision == 2
                assert outcome.state.files[0].content == str(winner).encode()


def test_a_new_project_is_revision_1_and_can_run(student: User) -> None:
    project = create_project(student, "Hello")

    assert project.revision == 1
    compile(files(project)["main.py"], "main.py", "exec")
