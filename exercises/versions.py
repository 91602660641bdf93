"""Saving exercises: the one way a version comes into being, and the way back to a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from exercises.folder_format import write
from exercises.format_limits import MAX_SLUG_CHARACTERS
from exercises.models import Exercise, ExerciseFile, ExerciseVersion, TestCase
from exercises.permissions import of_exercises_changed_by
from exercises.spec_tables import read_spec, spec_table
from exercises.specs import ExerciseFolder, TestSpec
from schools.models import School

_COMMON = ("kind", "name", "points", "visibility", "feedback", "time_limit_s")


class Outcome(StrEnum):
    """What an import did to one exercise."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class NewerVersion(Exception):
    """Somebody saved the exercise in the meantime; nothing was changed."""

    def __init__(self, newest: ExerciseVersion) -> None:
        super().__init__(f"version {newest.number} is newer")
        self.newest = newest


def digest_of(folder: ExerciseFolder) -> str:
    """A fingerprint of everything in the folder but its name. The same exercise has the same, however it is written."""
    files = (folder.starter, folder.reference, folder.test_files)
    content = {
        "head": [folder.title, folder.topic, folder.difficulty, folder.tags, folder.hints, folder.entry],
        "statement": folder.statement,
        "tests": [spec_table(spec) for spec in folder.tests],
        "files": [{path: hashlib.sha256(part[path]).hexdigest() for path in part} for part in files],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def create_exercise(
    folder: ExerciseFolder, *, author: User | None, school: School | None, is_shared: bool = False
) -> Exercise:
    """A new exercise with its first version. No school: it comes with the site.

    Where the folder's slug is taken, a number is added to it. Raises ExerciseFormatError for what the format refuses.
    """
    write(folder)
    with transaction.atomic():
        exercise = Exercise(school=school, author=author, is_shared=is_shared)
        _describe(exercise, folder)
        _save_under_free_slug(exercise, folder.slug)
        _add_version(exercise, folder, 1, author)
    return exercise


def save_exercise(
    exercise: Exercise, folder: ExerciseFolder, *, author: User | None, based_on: int | None = None
) -> ExerciseVersion:
    """The version that holds the folder: a new one, or the newest where nothing has changed. The slug stays.

    `based_on` is the number of the version that was edited; raises NewerVersion where that is not the newest any more.
    Raises ExerciseFormatError for what the format refuses.
    """
    with transaction.atomic():
        # The lock is on the exercise alone, so that a newer version is seen once it is had.
        locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
        newest = locked.newest
        if newest.digest == digest_of(folder):
            return newest
        if based_on is not None and based_on != newest.number:
            raise NewerVersion(newest)
        write(folder)
        _describe(locked, folder)
        locked.save(update_fields=["title", "topic", "difficulty", "tags"])
        return _add_version(locked, folder, newest.number + 1, author)


def import_folder(
    folder: ExerciseFolder, *, author: User | None, school: School | None, is_shared: bool = False
) -> Outcome:
    """Make the folder the newest version of the exercise of this slug.

    A slug that belongs to somebody else's exercise is passed over: the next one with a number is taken, each time the
    same. Without an author every exercise of the school (of the site) may be changed.
    """
    mine = of_exercises_changed_by(author) if author else Q()
    with transaction.atomic():
        for slug in _slugs(folder.slug):
            exercise = _in_school(school).filter(slug=slug).select_related("current").first()
            if exercise is None:
                create_exercise(folder, author=author, school=school, is_shared=is_shared)
                return Outcome.NEW
            if exercise.newest.digest == digest_of(folder):
                return Outcome.UNCHANGED
            if Exercise.objects.filter(mine, pk=exercise.pk).exists():
                save_exercise(exercise, folder, author=author)
                return Outcome.CHANGED
    raise AssertionError("there is always one more slug")


def copy_exercise(exercise: Exercise, owner: User) -> Exercise:
    """An exercise of the owner's that begins as the newest version of this one; an operator's comes with the site."""
    return create_exercise(as_folder(exercise.newest, exercise), author=owner, school=owner.school)


def archive(exercise: Exercise) -> None:
    """Take it out of the library. What was set with it stays."""
    Exercise.objects.filter(pk=exercise.pk, archived_at__isnull=True).update(archived_at=timezone.now())


def unarchive(exercise: Exercise) -> None:
    """Put it back into the library."""
    Exercise.objects.filter(pk=exercise.pk).update(archived_at=None)


def as_folder(version: ExerciseVersion, exercise: Exercise | None = None) -> ExerciseFolder:
    """The folder that the version was made from. Title, topic, difficulty and tags are the exercise's as it is now."""
    exercise = exercise or version.exercise
    parts: dict[str, dict[str, bytes]] = {part: {} for part in ExerciseFile.Part.values}
    for file in version.files.all():
        parts[file.part][file.path] = bytes(file.content)
    return ExerciseFolder(
        slug=exercise.slug,
        title=exercise.title,
        topic=exercise.topic,
        difficulty=exercise.difficulty,
        tags=tuple(exercise.tags),
        hints=tuple(version.hints),
        entry=version.entry,
        tests=tuple(as_spec(test) for test in version.tests.all()),
        statement=version.statement,
        starter=parts[ExerciseFile.Part.STARTER],
        reference=parts[ExerciseFile.Part.REFERENCE],
        test_files=parts[ExerciseFile.Part.TESTS],
    )


def as_spec(test: TestCase) -> TestSpec:
    """The test as a value."""
    return read_spec({name: getattr(test, name) for name in _COMMON} | test.spec, test.number)


def folders_of(exercises: QuerySet[Exercise]) -> Iterator[ExerciseFolder]:
    """The newest versions of the exercises as folders, in a constant number of queries for each thousand of them."""
    whole = exercises.select_related("current").prefetch_related(
        Prefetch("current__files", ExerciseFile.objects.order_by("part", "path")), "current__tests"
    )
    for exercise in whole.iterator(chunk_size=1000):
        yield as_folder(exercise.newest, exercise)


def _add_version(exercise: Exercise, folder: ExerciseFolder, number: int, author: User | None) -> ExerciseVersion:
    version = ExerciseVersion(
        exercise=exercise,
        number=number,
        statement=folder.statement,
        entry=folder.entry,
        hints=list(folder.hints),
        digest=digest_of(folder),
        author=author,
    )
    version.save(force_insert=True)
    ExerciseFile.objects.bulk_create(_files(version, folder))
    TestCase.objects.bulk_create(_test(version, number, spec) for number, spec in enumerate(folder.tests, 1))
    # From here on the database takes nothing more into the version.
    exercise.current = version
    exercise.save(update_fields=["current"])
    return version


def _files(version: ExerciseVersion, folder: ExerciseFolder) -> Iterator[ExerciseFile]:
    part = ExerciseFile.Part
    parts: dict[str, Mapping[str, bytes]] = {
        part.STARTER: folder.starter,
        part.REFERENCE: folder.reference,
        part.TESTS: folder.test_files,
    }
    for name, files in parts.items():
        for path, content in files.items():
            yield ExerciseFile(version=version, part=name, path=path, content=content)


def _test(version: ExerciseVersion, number: int, spec: TestSpec) -> TestCase:
    common = {name: getattr(spec, name) for name in _COMMON}
    rest = {key: value for key, value in spec_table(spec).items() if key not in _COMMON}
    return TestCase(version=version, number=number, **common, spec=rest)


def _describe(exercise: Exercise, folder: ExerciseFolder) -> None:
    exercise.title, exercise.topic = folder.title, folder.topic
    exercise.difficulty, exercise.tags = folder.difficulty, list(folder.tags)


def _save_under_free_slug(exercise: Exercise, wanted: str) -> None:
    for slug in _slugs(wanted):
        if _in_school(exercise.school).filter(slug=slug).exists():
            continue
        exercise.slug = slug
        try:
            with transaction.atomic():
                exercise.save(force_insert=True)
                return
        except IntegrityError:
            # Somebody else took it just now, or the database has another reason, which the next one says again.
            if not _in_school(exercise.school).filter(slug=slug).exists():
                raise


def _in_school(school: School | None) -> QuerySet[Exercise]:
    return Exercise.objects.filter(school=school) if school else Exercise.objects.filter(school__isnull=True)


def _slugs(slug: str) -> Iterator[str]:
    """The slug, then with the numbers from 2."""
    yield slug
    number = 2
    while True:
        end = f"-{number}"
        yield slug[: MAX_SLUG_CHARACTERS - len(end)].rstrip("-") + end
        number += 1
