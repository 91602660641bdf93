"""Exercises in a zip, as folders of docs/exercise-format.md: out of the library page, and into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import archives
from accounts.archives import BadArchive, Rules
from exercises.drafts import slug_of
from exercises.folder_format import group_folders, parse, write
from exercises.format_error import ExerciseFormatError
from exercises.format_limits import MAX_FILE_BYTES
from exercises.importing import BadFolders
from exercises.paths import problem_with_path
from exercises.specs import ExerciseFolder
from frontend.static.python.file_names import key_of

MAX_EXERCISES = 200
# What takes long to read: exercise.toml and unittest files. Those of 200 usual exercises have a tenth of it.
MAX_READ_BYTES = 4 * 1024 * 1024
# A zip has no use for the moment: without it, the same exercises give the same bytes.
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


def pack(folders: Iterable[ExerciseFolder]) -> bytes:
    """The zip that `read_zip` reads: topic, slug, and in it the exercise's files."""
    files = (
        (f"{folder.topic}/{folder.slug}/{path}", content)
        for folder in folders
        for path, content in sorted(write(folder).items())
    )
    return archives.pack(files, _NO_TIME)


def read_zip(file: IO[bytes], name: str) -> list[ExerciseFolder]:
    """All exercises in the zip. One whose files are in no folder is called as the zip, `name`.

    Raises BadArchive for what is no zip of exercises, and BadFolders with what is wrong in which of them.
    """
    groups = group_folders(archives.unpack(file, RULES).files)
    if not groups:
        raise BadArchive(_("There is no exercise in the zip. Each is a folder with a file exercise.toml."))
    if len(groups) > MAX_EXERCISES:
        raise BadArchive(
            _("The zip holds %(count)s exercises; import at most %(max_exercises)s at a time.")
            % {"count": len(groups), "max_exercises": MAX_EXERCISES}
        )
    if sum(_size_to_read(files) for files in groups.values()) > MAX_READ_BYTES:
        raise BadArchive(_("There is too much to read in the zip; import fewer exercises at a time."))
    found, problems = [], []
    for top, files in groups.items():
        slug = top.rpartition("/")[2] or slug_of(name.rpartition(".")[0])
        try:
            found.append(parse(slug, files))
        except ExerciseFormatError as error:
            problems.append(f"{top or slug}: {error}.")
    if problems:
        raise BadFolders(problems)
    return found


def _size_to_read(files: dict[str, bytes]) -> int:
    return sum(len(content) for path, content in files.items() if path.endswith((".toml", ".py")))


def _clean(path: str) -> str:
    if problem := problem_with_path(path):
        raise ValidationError(f"{problem}.")
    return unicodedata.normalize("NFC", path)


RULES = Rules(
    thing=gettext_lazy("set of exercises"),
    max_entries=4000,
    max_files=2500,
    max_file_bytes=MAX_FILE_BYTES,
    max_bytes=20 * 1024 * 1024,
    clean=_clean,
    key=key_of,
)
