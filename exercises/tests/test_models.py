"""Versions never change, whoever tries; and who sees what of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import User, Viewer
from codeplatform.testing import Cast, a_folder
from exercises.models import Exercise, ExerciseFile, ExerciseVersion, TestCase
from exercises.specs import UnittestSpec
from exercises.version_models import FrozenError
from exercises.versions import archive, create_exercise, save_exercise


@pytest.fixture
def version(cast: Cast) -> ExerciseVersion:
    return cast.home.exercises["own"].newest


WRITES: dict[str, Callable[[ExerciseVersion], object]] = {
    "the statement": lambda version: ExerciseVersion.objects.filter(pk=version.pk).update(statement="Other"),
    "the hints": lambda version: ExerciseVersion.objects.filter(pk=version.pk).update(hints=[]),
    "the author": lambda version: ExerciseVersion.objects.filter(pk=version.pk).update(author=version.author_id),
    "a file": lambda version: version.files.update(content=b""),
    "a test": lambda version: version.tests.update(points=0),
    "a file more": lambda version: ExerciseFile.objects.bulk_create(
        [ExerciseFile(version=version, part="starter", path="more.py", content=b"")]
    ),
    "a test more": lambda version: TestCase.objects.bulk_create(
        [TestCase(version=version, number=9, kind="io", name="x", points=1, visibility="hidden", time_limit_s=1)]
    ),
}


class TestVersionsNeverChange:
    @pytest.mark.parametrize("what", WRITES)
    @pytest.mark.parametrize("is_newest", [True, False])
    def test_not_even_past_the_models(self, version: ExerciseVersion, what: str, is_newest: bool) -> None:
        if not is_newest:
            save_exercise(version.exercise, a_folder(statement="Later."), author=None)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            WRITES[what](version)

    def test_the_models_refuse_to_save(self, version: ExerciseVersion) -> None:
        for row in (version, version.tests.first(), version.files.first()):
            assert row is not None
            with pytest.raises(FrozenError):
                row.save()

    def test_an_account_can_be_deleted(self, cast: Cast, version: ExerciseVersion) -> None:
        cast.home["teacher"].delete()
        version.refresh_from_db()

        assert (version.author, version.exercise.author) == (None, None)

    def test_an_exercise_can_be_deleted_with_all_of_it(self, version: ExerciseVersion) -> None:
        version.exercise.delete()

        assert not TestCase.objects.filter(version=version.pk).exists()

    def test_slugs_are_unique_in_a_school_and_among_the_built_in(self, cast: Cast) -> None:
        for school in (None, cast.home.school):
            create_exercise(a_folder(slug="twin"), author=None, school=school)
            row = Exercise(school=school, slug="twin", title="x", topic="loops", difficulty=1)
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()


def everybody(cast: Cast) -> dict[str, Viewer]:
    people: dict[str, Viewer] = {"visitor": AnonymousUser(), "operator": cast.operator}
    for name in ("ada", "teacher", "colleague", "head"):
        people |= {name: cast.home[name], f"{name} of away": cast.away[name]}
    return people


STAFF_HOME = {"teacher", "colleague", "head"}
SEEN = {
    "built-in": {"operator", "ada", *STAFF_HOME, "ada of away", "teacher of away", "colleague of away", "head of away"},
    "shared": {"operator", "ada", *STAFF_HOME},
    "own": {"operator", "teacher", "head"},
    "archived": {"operator", *STAFF_HOME},
}
CHANGED = {"built-in": {"operator"}} | dict.fromkeys(["shared", "own", "archived"], {"operator", "teacher", "head"})


@pytest.fixture
def exercises(cast: Cast) -> dict[str, Exercise]:
    archived = create_exercise(
        a_folder(slug="archived"), author=cast.home["teacher"], school=cast.home.school, is_shared=True
    )
    archive(archived)
    built_in = create_exercise(a_folder(), author=None, school=None)
    return {"built-in": built_in, "archived": archived, **cast.home.exercises}


@pytest.mark.parametrize("kind", SEEN)
class TestWhoSeesWhat:
    def test_exercises(self, cast: Cast, exercises: dict[str, Exercise], kind: str) -> None:
        people = everybody(cast)
        in_list = {n for n, person in people.items() if exercises[kind] in Exercise.objects.visible_to(person)}

        assert in_list == {n for n, person in people.items() if exercises[kind].is_visible_to(person)} == SEEN[kind]

    def test_who_changes_them(self, cast: Cast, exercises: dict[str, Exercise], kind: str) -> None:
        assert {n for n, person in everybody(cast).items() if exercises[kind].is_editable_by(person)} == CHANGED[kind]

    def test_tests_and_files(self, cast: Cast, exercises: dict[str, Exercise], kind: str) -> None:
        for name, person in everybody(cast).items():
            tests = TestCase.objects.visible_to(person).filter(version__exercise=exercises[kind])
            files = ExerciseFile.objects.visible_to(person).filter(version__exercise=exercises[kind])
            if name not in SEEN[kind]:
                expected: tuple[set[str], set[str]] = (set(), set())
            elif name.startswith("ada"):
                expected = ({"visible", "after-pass"}, {"starter"})
            else:
                expected = ({"visible", "after-pass", "hidden"}, {"starter", "reference"})
            assert ({test.visibility for test in tests}, {file.part for file in files}) == expected, name


UNITTEST = b"import unittest\nclass TestIt(unittest.TestCase):\n    def test_it(self): pass\n"


def test_students_see_the_files_of_visible_unittests_alone(cast: Cast) -> None:
    tests = (UnittestSpec(name="Open", path="open.py"), UnittestSpec(name="Shut", path="shut.py", visibility="hidden"))
    files = {"open.py": UNITTEST, "shut.py": UNITTEST, "unused.py": UNITTEST}
    folder = a_folder(slug="units", tests=tests, test_files=files)
    create_exercise(folder, author=None, school=None)
    seen = ExerciseFile.objects.visible_to(cast.home["ada"]).filter(part="tests")

    assert [file.path for file in seen] == ["open.py"]


def test_students_see_the_newest_version_alone(cast: Cast) -> None:
    exercise = cast.home.exercises["shared"]
    save_exercise(exercise, a_folder(statement="Newer."), author=cast.home["teacher"])

    def numbers(person: User) -> list[int]:
        return [v.number for v in ExerciseVersion.objects.visible_to(person).filter(exercise=exercise)]

    assert (numbers(cast.home["ada"]), numbers(cast.home["teacher"])) == ([2], [2, 1])
