"""What is saved comes back as it was, and nobody's text is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codeplatform.testing import Cast, a_folder
from exercises.format_error import ExerciseFormatError
from exercises.importing import LIBRARY, read_folders
from exercises.models import Exercise, ExerciseVersion
from exercises.specs import IoSpec
from exercises.versions import (
    NewerVersion,
    Outcome,
    as_folder,
    copy_exercise,
    create_exercise,
    folders_of,
    import_folder,
    save_exercise,
)


def test_every_exercise_of_the_library_comes_back_as_it_was(db: None) -> None:
    call_command("import_exercises", verbosity=0)
    written = sorted(read_folders(LIBRARY), key=lambda folder: folder.slug)

    assert list(folders_of(Exercise.objects.order_by("slug"))) == written


class TestSaving:
    def test_makes_the_next_version(self, cast: Cast) -> None:
        exercise = cast.home.exercises["own"]
        folder = a_folder(slug="own", title="New title", statement="New.", tags=("a",))
        version = save_exercise(exercise, folder, author=cast.home["head"], based_on=1)
        exercise.refresh_from_db()

        assert (version.number, version.author, exercise.newest) == (2, cast.home["head"], version)
        assert as_folder(version) == folder
        assert exercise.author == cast.home["teacher"]
        assert exercise.versions.get(number=1).statement == a_folder().statement

    def test_without_a_change_makes_none(self, cast: Cast) -> None:
        exercise = cast.home.exercises["own"]
        folder = as_folder(exercise.newest)

        assert save_exercise(exercise, folder, author=None).number == 1

    def test_over_a_newer_version_is_refused(self, cast: Cast) -> None:
        exercise = cast.home.exercises["own"]
        save_exercise(exercise, a_folder(statement="Theirs."), author=None, based_on=1)
        with pytest.raises(NewerVersion) as caught:
            save_exercise(exercise, a_folder(statement="Mine."), author=None, based_on=1)

        assert caught.value.newest.statement == "Theirs."
        assert exercise.versions.count() == 2

    def test_what_the_format_refuses_is_refused(self, cast: Cast) -> None:
        for folder in (a_folder(statement=" "), a_folder(tests=(IoSpec(name="a\nb", expected="x"),))):
            with pytest.raises(ExerciseFormatError):
                save_exercise(cast.home.exercises["own"], folder, author=None)
            with pytest.raises(ExerciseFormatError):
                create_exercise(folder, author=None, school=None)
        assert ExerciseVersion.objects.filter(exercise=cast.home.exercises["own"]).count() == 1


class TestCopies:
    def test_are_the_copiers_own(self, cast: Cast) -> None:
        built_in = create_exercise(a_folder(), author=None, school=None)
        copies = [copy_exercise(built_in, cast.home["teacher"]) for _ in range(2)]

        assert [(copy.slug, copy.author, copy.school, copy.is_shared) for copy in copies] == [
            (slug, cast.home["teacher"], cast.home.school, False) for slug in ("double", "double-2")
        ]
        assert as_folder(copies[0].newest) == a_folder()

    def test_of_a_long_slug_have_a_slug_too(self, cast: Cast) -> None:
        long = create_exercise(a_folder(slug="a" * 50), author=None, school=None)
        slugs = [copy_exercise(long, cast.home["teacher"]).slug for _ in range(2)]

        assert slugs == ["a" * 50, "a" * 48 + "-2"]


class TestImporting:
    def test_again_changes_nothing_and_a_change_makes_a_version(self, cast: Cast) -> None:
        folders = [a_folder(), a_folder(), a_folder(title="Twice")]
        done = [import_folder(f, author=cast.home["teacher"], school=cast.home.school) for f in folders]

        assert done == [Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED]
        assert Exercise.objects.get(slug="double").newest.number == 2

    def test_leaves_what_is_somebody_elses(self, cast: Cast) -> None:
        mine = a_folder(slug="own", statement="Mine.")
        for expected in (Outcome.NEW, Outcome.UNCHANGED):
            assert import_folder(mine, author=cast.home["colleague"], school=cast.home.school) == expected
        colleagues = Exercise.objects.get(author=cast.home["colleague"])

        assert (colleagues.slug, colleagues.newest.statement) == ("own-2", "Mine.")
        assert cast.home.exercises["own"].versions.count() == 1


class TestCommands:
    def test_in_out_and_in_again(self, db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("import_exercises", str(LIBRARY / "loops"))
        call_command("export_exercises", str(tmp_path / "out"))
        call_command("import_exercises", str(tmp_path / "out"))
        said = capsys.readouterr().out.splitlines()

        assert " new, 0 changed, 0 as they were." in said[0]
        assert ": 0 new, 0 changed, " in said[2]
        assert Exercise.objects.count() > 3

    def test_a_change_is_counted_and_a_dry_run_changes_nothing(
        self, db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "times-table"
        shutil.copytree(next((LIBRARY / "loops").iterdir()), folder)
        call_command("import_exercises", str(folder), "--dry-run")
        assert not Exercise.objects.exists()
        call_command("import_exercises", str(folder))
        (folder / "statement.md").write_text("Other.")
        call_command("import_exercises", str(folder))

        assert [line.split(":")[1] for line in capsys.readouterr().out.splitlines()] == [
            " 1 new, 0 changed, 0 as they were.",
            " 1 new, 0 changed, 0 as they were.",
            " 0 new, 1 changed, 0 as they were.",
        ]

    def test_for_a_school(self, cast: Cast, tmp_path: Path) -> None:
        call_command("import_exercises", str(next((LIBRARY / "loops").iterdir())), school="home", verbosity=0)
        imported = Exercise.objects.get(topic="loops")
        assert (imported.school, imported.is_shared, imported.is_visible_to(cast.home["ada"])) == (
            cast.home.school,
            True,
            True,
        )
        call_command("export_exercises", str(tmp_path), school="home", verbosity=0)

        assert (tmp_path / "loops" / imported.slug / "exercise.toml").exists()
        assert (tmp_path / "variables" / "own" / "reference" / "main.py").exists()

    def test_an_export_takes_away_what_is_not_in_the_exercise_any_more(self, cast: Cast, tmp_path: Path) -> None:
        old = tmp_path / "variables" / "own" / "starter" / "old.py"
        old.parent.mkdir(parents=True)
        old.write_text("x = 1\n")
        call_command("export_exercises", str(tmp_path), school="home", verbosity=0)

        assert not old.exists()

    def test_all_that_is_wrong_is_named_and_nothing_is_imported(self, db: None, tmp_path: Path) -> None:
        shutil.copytree(LIBRARY / "loops", tmp_path / "loops")
        first, second, *_ = sorted((tmp_path / "loops").iterdir())
        (first / "statement.md").unlink()
        (second / "exercise.toml").write_text("title = ")
        with pytest.raises(CommandError) as caught:
            call_command("import_exercises", str(tmp_path))

        assert f"loops/{first.name}: statement.md: this file is missing" in str(caught.value)
        assert f"loops/{second.name}: exercise.toml: correct" in str(caught.value)
        assert not Exercise.objects.exists()

    def test_two_of_one_name_are_refused(self, db: None, tmp_path: Path) -> None:
        for place in ("a", "b"):
            shutil.copytree(next((LIBRARY / "loops").iterdir()), tmp_path / place / "same")
        with pytest.raises(CommandError, match="two exercises have this name"):
            call_command("import_exercises", str(tmp_path))

    def test_nothing_there(self, db: None, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        for args in ([str(tmp_path)], [str(tmp_path / "no")], [str(tmp_path), "--school=no"]):
            with pytest.raises(CommandError):
                call_command("import_exercises", *args)
        for args in ([str(tmp_path / "file")], [str(tmp_path), "--school=no"]):
            with pytest.raises(CommandError):
                call_command("export_exercises", *args)
