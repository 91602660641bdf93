"""Copies, the bin, and what empties it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from projects.keeping import TooManyProjects, days_left, duplicate, free_name, move_to_bin, purge_bin, restore
from projects.models import File, Project, Revision, RevisionFile
from projects.saving import Change, create_project, read_state, save_revision


def binned(owner: User, name: str, days: float = 0) -> Project:
    project = create_project(owner, name)
    move_to_bin(project)
    Project.objects.filter(pk=project.pk).update(binned_at=timezone.now() - timedelta(days=days))
    project.refresh_from_db()
    return project


class TestFreeName:
    def test_a_free_one_stays(self, student: User, project: Project) -> None:
        assert free_name(student, "Other") == "Other"

    def test_a_taken_one_gets_the_next_number(self, student: User, project: Project) -> None:
        create_project(student, "HELLO 2")

        assert free_name(student, "hello") == "hello 3"

    def test_the_bin_takes_no_names(self, student: User, project: Project) -> None:
        move_to_bin(project)

        assert free_name(student, "Hello") == "Hello"

    def test_a_long_one_is_shortened(self, student: User) -> None:
        create_project(student, "x" * 100)

        assert free_name(student, "x" * 100) == "x" * 98 + " 2"


class TestDuplicate:
    def test_has_the_files_and_a_history_of_its_own(self, student: User, project: Project) -> None:
        save_revision(project, student, 1, "key-00001", [Change("data/x.bin", b"\xff", is_text=False)])
        copy = duplicate(project, student)

        assert copy.name == "Hello copy"
        assert read_state(copy.pk).files == read_state(project.pk).files
        assert (copy.revision, copy.revisions.count()) == (1, 1)
        save_revision(copy, student, 1, "key-00002", [Change("main.py", b"changed")])
        assert read_state(project.pk).files[1].content != b"changed"

    def test_copies_are_told_apart(self, student: User, project: Project) -> None:
        first = duplicate(project, student)

        assert [duplicate(project, student).name, duplicate(first, student).name] == ["Hello copy 2", "Hello copy 3"]

    def test_a_long_name_is_shortened(self, student: User) -> None:
        assert duplicate(create_project(student, "x" * 100), student).name == "x" * 95 + " copy"

    def test_there_is_an_end(self, student: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("projects.keeping.MAX_PROJECTS", 1)
        with pytest.raises(TooManyProjects):
            duplicate(project, student)

        assert student.projects.count() == 1

    def test_the_bin_counts_too(self, student: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("projects.keeping.MAX_PROJECTS", 2)
        binned(student, "Old")
        with pytest.raises(TooManyProjects):
            duplicate(project, student)


class TestBin:
    def test_the_first_day_counts(self, student: User) -> None:
        project = binned(student, "Old", days=3)
        move_to_bin(project)

        assert days_left(project, timezone.now()) == 30 - 3

    def test_restored_under_its_own_name(self, project: Project) -> None:
        move_to_bin(project)
        restore(project)
        project.refresh_from_db()

        assert (project.name, project.binned_at, project.revision) == ("Hello", None, 1)

    def test_a_name_that_is_taken_gets_a_number(self, student: User, project: Project) -> None:
        move_to_bin(project)
        create_project(student, "Hello")
        restore(project)

        assert project.name == "Hello 2"

    def test_restoring_twice_changes_nothing(self, project: Project) -> None:
        restore(project)

        assert project.name == "Hello"

    @pytest.mark.parametrize(("days", "left"), [(0.1, 30), (1.1, 29), (28.9, 2), (29.1, 1), (29.9, 1), (31, 0)])
    def test_days_left(self, student: User, days: float, left: int) -> None:
        assert days_left(binned(student, "Old", days), timezone.now()) == left


class TestPurge:
    def test_deletes_what_is_over_its_time_with_all_that_belongs_to_it(self, student: User, project: Project) -> None:
        old, young = binned(student, "Old", days=30.1), binned(student, "Young", days=29.9)
        purged = purge_bin(student.school, timezone.now())

        assert (purged.project_count, purged.file_count) == (1, 1)
        assert set(Project.objects.all()) == {project, young}
        for rows in (
            File.objects.filter(project_id=old.pk),
            Revision.objects.filter(project_id=old.pk),
            RevisionFile.objects.exclude(revision__project__in=[project, young]),
        ):
            assert not rows.exists()

    def test_a_second_time_there_is_nothing_left(self, student: User) -> None:
        binned(student, "Old", days=31)
        purge_bin(student.school, timezone.now())

        assert purge_bin(student.school, timezone.now()).project_count == 0

    def test_a_project_outside_the_bin_is_never_touched(self, project: Project) -> None:
        assert purge_bin(project.owner.school, timezone.now() + timedelta(days=9999)).project_count == 0

    def test_a_dry_run_counts_the_same_and_deletes_nothing(self, student: User) -> None:
        binned(student, "Old", days=31)
        counted = purge_bin(student.school, timezone.now(), dry_run=True)

        assert Project.objects.count() == 1
        assert purge_bin(student.school, timezone.now()) == counted

    def test_the_term_is_the_schools(self, cast: Cast) -> None:
        cast.away.school.bin_days = 7
        cast.away.school.save()
        there, here = binned(cast.away["ada"], "Old", days=8), binned(cast.home["ada"], "Old", days=8)
        operators = binned(cast.operator, "Old", days=31)
        for school in (cast.home.school, cast.away.school, None):
            purge_bin(school, timezone.now())

        assert set(Project.objects.in_bin()) == {here}
        assert not Project.objects.filter(pk__in=[there.pk, operators.pk]).exists()

    def test_the_page_tells_the_schools_term(self, student: User) -> None:
        student.school.bin_days = 90  # type: ignore[union-attr]
        student.school.save()  # type: ignore[union-attr]
        project = binned(student, "Old", days=8)
        page = signed_in(student).get("/projects/bin/").content.decode()

        assert "Projects stay here for 90 days" in page
        assert "82 days left" in page
        assert days_left(project, timezone.now()) == 82
