"""A zip as the files of a project: all of them, or none is taken (docs/decisions/0012-archives.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy

from accounts import archives
from accounts.archives import Rules
from projects.limits import MAX_FILE_BYTES, MAX_FILES, MAX_PROJECT_BYTES
from projects.paths import clean_path, path_key
from projects.saving import Change, change_from_bytes

RULES = Rules(
    thing=gettext_lazy("project"),
    max_entries=2000,
    max_files=MAX_FILES,
    max_file_bytes=MAX_FILE_BYTES,
    max_bytes=MAX_PROJECT_BYTES,
    clean=clean_path,
    key=path_key,
    takes_off_folder=True,
)


@dataclass(frozen=True)
class Unpacked:
    """`folder` is the one that held everything and was taken off, or empty; `left_out_count` the hidden files."""

    folder: str
    files: tuple[Change, ...]
    left_out_count: int


def unpack(file: IO[bytes]) -> Unpacked:
    """The files in the zip, within the limits of a project, their paths clean; nothing is written anywhere.

    A single folder around everything is taken off. Raises accounts.archives.BadArchive.
    """
    contents = archives.unpack(file, RULES)
    files = tuple(change_from_bytes(path, content) for path, content in contents.files.items())
    return Unpacked(contents.folder, files, contents.left_out_count)
