"""Exercises as folders of text files: docs/exercise-format.md says what is in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from exercises.fields import TOML_FILE, Fields
from exercises.format_error import ExerciseFormatError
from exercises.format_limits import (
    MAX_EXERCISE_BYTES,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_HINTS,
    MAX_KEY_PARTS,
    MAX_SENTENCE_CHARACTERS,
    MAX_SLUG_CHARACTERS,
    MAX_STATEMENT_BYTES,
    MAX_TAG_CHARACTERS,
    MAX_TAGS,
    MAX_TESTS,
    MAX_TITLE_CHARACTERS,
    MAX_TOML_BYTES,
    MAX_UNITTEST_BYTES,
)
from exercises.paths import problem_with_paths, shown
from exercises.python_text import UnreadableError, methods_of_unittest
from exercises.spec_tables import read_spec, spec_table
from exercises.specs import DIFFICULTIES, TOPICS, ExerciseFolder, TestSpec, UnittestSpec
from exercises.toml_text import toml_table

STATEMENT_FILE = "statement.md"
_FOLDERS = ("starter", "reference", "tests")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Possessive, so that the search takes time in proportion to the text
_KEY_PART = r"""\.[ \t]*+(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(f"(?:{_KEY_PART}){{{MAX_KEY_PARTS}}}")


def parse(slug: str, files: Mapping[str, bytes]) -> ExerciseFolder:
    """The exercise that these files describe, by their paths in its folder; `slug` is the folder's name.

    Hidden files and compiled Python are left out. Raises ExerciseFormatError, and nothing else, whatever is in them.
    """
    _check_slug(slug)
    files = {path: content for path, content in files.items() if not _is_left_out(path)}
    _check_sizes(files)
    fields = Fields(_toml(files))
    folders = {name: _below(files, name) for name in _FOLDERS}
    exercise = ExerciseFolder(
        slug=slug,
        title=fields.line("title", MAX_TITLE_CHARACTERS),
        topic=fields.choice("topic", TOPICS),
        difficulty=fields.whole("difficulty", DIFFICULTIES[0], DIFFICULTIES[-1]),
        tags=fields.lines("tags", MAX_TAGS, MAX_TAG_CHARACTERS),
        hints=fields.lines("hints", MAX_HINTS, MAX_SENTENCE_CHARACTERS),
        entry=fields.path("entry", "main.py"),
        tests=_tests(fields),
        statement=_statement(files),
        starter=folders["starter"],
        reference=folders["reference"],
        test_files=folders["tests"],
    )
    fields.finish()
    _check_files(files, exercise)
    return exercise


def write(exercise: ExerciseFolder) -> dict[str, bytes]:
    """The files of the exercise's folder: `parse(exercise.slug, write(exercise)) == exercise`.

    So this also checks what a form has filled in: ExerciseFormatError is raised for what `parse` would refuse.
    """
    head = {"title": exercise.title, "topic": exercise.topic, "difficulty": exercise.difficulty}
    head |= {key: list(value) for key, value in (("tags", exercise.tags), ("hints", exercise.hints)) if value}
    head |= {"entry": exercise.entry} if exercise.entry != "main.py" else {}
    tables = [toml_table(head), *(f"[[tests]]\n{toml_table(spec_table(spec))}" for spec in exercise.tests)]
    files = {
        TOML_FILE: _encoded("\n".join(tables), TOML_FILE),
        STATEMENT_FILE: _encoded(exercise.statement, STATEMENT_FILE),
    }
    contents = (exercise.starter, exercise.reference, exercise.test_files)
    for folder, inside in zip(_FOLDERS, contents, strict=True):
        files |= {f"{folder}/{path}": content for path, content in inside.items()}
    parse(exercise.slug, files)
    return files


def read_folder(folder: Path) -> ExerciseFolder:
    """The exercise in this folder of the disk. Raises ExerciseFormatError, for a file that cannot be read too."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_left_out(name) or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink() or not path.is_file():
            raise ExerciseFormatError(_("put the file itself in place of a link or a device"), file=shown(name))
        files[name] = _read(path, name)
    return parse(folder.resolve().name, files)


def group_folders(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The files of each exercise by the path of its folder: a folder that holds exercise.toml and is not in such a one.

    Files that are in no exercise's folder are left out. The path is empty where exercise.toml is not in any folder.
    """
    tops = {path.rpartition("/")[0] for path in files if path.rpartition("/")[2] == TOML_FILE}
    found: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        parts = path.split("/")
        folders = ("/".join(parts[:count]) for count in range(len(parts)))
        top = next((folder for folder in folders if folder in tops), None)
        if top is not None:
            found.setdefault(top, {})[path.removeprefix(f"{top}/")] = content
    return found


def _check_slug(slug: str) -> None:
    if len(slug) > MAX_SLUG_CHARACTERS or not _SLUG.fullmatch(slug):
        problem = _(
            "name the folder with small letters, digits and hyphens, at most %(max_slug_characters)s characters"
        ) % {"max_slug_characters": MAX_SLUG_CHARACTERS}
        raise ExerciseFormatError(problem, file=shown(slug))


def _is_left_out(path: str) -> bool:
    parts = path.split("/")
    return (
        any(part.startswith(".") and not part.startswith("..") and part != "." for part in parts)
        or "__pycache__" in parts
    )


def _check_sizes(files: Mapping[str, bytes]) -> None:
    most = {TOML_FILE: MAX_TOML_BYTES, STATEMENT_FILE: MAX_STATEMENT_BYTES}
    for path, content in files.items():
        limit = most.get(path, MAX_FILE_BYTES)
        if len(content) > limit:
            raise ExerciseFormatError(
                _("shorten this file; %(limit)s KB are the most") % {"limit": limit // 1024}, file=shown(path)
            )
        if path not in most and path.partition("/")[0] not in _FOLDERS:
            problem = _("an exercise has no such file; move it into %(folders)s or %(last)s") % {
                "folders": ", ".join(_FOLDERS[:-1]),
                "last": _FOLDERS[-1],
            }
            raise ExerciseFormatError(problem, file=shown(path))
    if sum(map(len, files.values())) > MAX_EXERCISE_BYTES:
        problem = _("its files are larger than %(max_exercise_bytes)s MB together; leave some out") % {
            "max_exercise_bytes": MAX_EXERCISE_BYTES // 1024**2
        }
        raise ExerciseFormatError(problem, file=_("the exercise"))


def _toml(files: Mapping[str, bytes]) -> dict[str, object]:
    text = _text(files, TOML_FILE)
    if _LONG_KEY.search(text):
        raise ExerciseFormatError(
            _("a key has more than %(max_key_parts)s parts; shorten it") % {"max_key_parts": MAX_KEY_PARTS},
            file=TOML_FILE,
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseFormatError(
            _("correct what TOML cannot read: %(error)s") % {"error": error}, file=TOML_FILE
        ) from error
    except (ValueError, RecursionError) as error:
        problem = _("it holds a number that is too long, or brackets in too many brackets; take them out")
        raise ExerciseFormatError(problem, file=TOML_FILE) from error


def _tests(fields: Fields) -> tuple[TestSpec, ...]:
    tables = fields.tables("tests", MAX_TESTS)
    return tuple(read_spec(table, number) for number, table in enumerate(tables, 1))


def _statement(files: Mapping[str, bytes]) -> str:
    statement = _text(files, STATEMENT_FILE)
    if not statement.strip():
        raise ExerciseFormatError(_("write what the student has to do"), file=STATEMENT_FILE)
    return statement


def _below(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    inside = {path.partition("/")[2]: files[path] for path in sorted(files) if path.partition("/")[0] == folder}
    if len(inside) > MAX_FILES:
        raise ExerciseFormatError(
            _("leave some files out; %(max_files)s are the most") % {"max_files": MAX_FILES}, file=folder
        )
    if problem := problem_with_paths(inside):
        raise ExerciseFormatError(problem[1], file=f"{folder}/{shown(problem[0])}")
    return inside


def _check_files(files: Mapping[str, bytes], exercise: ExerciseFolder) -> None:
    if not exercise.entry.endswith(".py"):
        raise ExerciseFormatError(_("name a file of Python, such as main.py"), file=TOML_FILE, key="entry")
    for folder, inside in (("starter", exercise.starter), ("reference", exercise.reference)):
        if exercise.entry not in inside:
            raise ExerciseFormatError(_("this file is missing; add it"), file=f"{folder}/{exercise.entry}")
    for path in files:
        if path.endswith(".py"):
            _text(files, path)
    hidden = {spec.path for spec in exercise.tests if isinstance(spec, UnittestSpec) and spec.visibility == "hidden"}
    for number, spec in enumerate(exercise.tests, 1):
        if isinstance(spec, UnittestSpec):
            if spec.visibility != "hidden" and spec.path in hidden:
                problem = _(
                    "a hidden test has this file too, and students read it; write the hidden ones in another file"
                )
                raise ExerciseFormatError(problem, file=TOML_FILE, test=number, key="path")
            _check_unittest(exercise, spec, number)


def _check_unittest(exercise: ExerciseFolder, spec: UnittestSpec, number: int) -> None:
    content = exercise.test_files.get(spec.path)
    if content is None:
        problem = _("there is no file tests/%(path)s; add it or correct its name") % {"path": spec.path}
        raise ExerciseFormatError(problem, file=TOML_FILE, test=number, key="path")
    if len(content) > MAX_UNITTEST_BYTES:
        problem = _("shorten this file; %(max_unittest_bytes)s KB are the most") % {
            "max_unittest_bytes": MAX_UNITTEST_BYTES // 1024
        }
        raise ExerciseFormatError(problem, file=f"tests/{spec.path}")
    try:
        methods = methods_of_unittest(content)
    except UnreadableError as error:
        raise ExerciseFormatError(str(error), file=f"tests/{spec.path}") from error
    if not methods:
        problem = _("write a class derived from unittest.TestCase, with methods whose names begin with test")
        raise ExerciseFormatError(problem, file=f"tests/{spec.path}")


def _text(files: Mapping[str, bytes], path: str) -> str:
    if path not in files:
        raise ExerciseFormatError(_("this file is missing; add it"), file=shown(path))
    try:
        text = files[path].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExerciseFormatError(_("save this file as text in UTF-8"), file=shown(path)) from error
    if "\0" in text:
        raise ExerciseFormatError(_("leave out the character NUL"), file=shown(path))
    return text.replace("\r\n", "\n")


def _encoded(text: str, path: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ExerciseFormatError(_("leave out halves of characters; type the text again"), file=path) from error


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExerciseFormatError(
            _("this file cannot be read (%(strerror)s)") % {"strerror": error.strerror}, file=shown(name)
        ) from error
