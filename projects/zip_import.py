"""Taking in a zip that anybody may have made: all of it is a project's files, or none of it is taken.

What is refused and what is left out: docs/decisions/0012-archives.md.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError

from projects.limits import MAX_FILE_BYTES, MAX_FILES, MAX_PROJECT_BYTES
from projects.paths import clean_path, path_key
from projects.saving import Change, change_from_bytes

# A project has at most MAX_FILES files, but its zip may hold folders and what systems add, which is left out.
MAX_ENTRIES = 2000
# The directory of so many entries with long names. The library reads it in one go, 100,000 entries too.
MAX_READ_BYTES = 512 * 1024
_CHUNK_BYTES = 64 * 1024
_MEGABYTE = 1024**2
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # flags for ciphers, strong ciphers, and a hidden directory (APPNOTE 4.4.4)
_IS_UTF8 = 0x800
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others may ask for gigabytes to unpack
_SYSTEM_NAMES = {"__macosx", "thumbs.db", "desktop.ini"}
# What the library raises for odd bytes
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class BadArchive(ValidationError):
    """The zip is not taken; the sentence says why."""


@dataclass(frozen=True)
class Unpacked:
    """`folder` is the one that held everything and was taken off, or empty; `left_out_count` the hidden files."""

    folder: str
    files: tuple[Change, ...]
    left_out_count: int


def unpack(file: IO[bytes]) -> Unpacked:
    """The files in the zip, within the limits of a project, their paths clean; nothing is written anywhere.

    A single folder around everything is taken off. Raises BadArchive.
    """
    try:
        with zipfile.ZipFile(_SmallReads(file)) as archive:
            return _unpack(archive)
    except _UNREADABLE as error:
        raise BadArchive("This is not a zip that can be read; make it again.") from error


class _SmallReads:
    """A file that gives no more than MAX_READ_BYTES at once, so that nothing large is ever held in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, lambda: True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MAX_READ_BYTES + 1 if size < 0 else min(size, MAX_READ_BYTES + 1))
        if len(data) > MAX_READ_BYTES:
            raise _too_many_entries()
        return data


@dataclass(frozen=True)
class _Entry:
    info: zipfile.ZipInfo
    path: str


def _unpack(archive: zipfile.ZipFile) -> Unpacked:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise _too_many_entries()
    named = [_Entry(info, _name(info)) for info in infos]
    kept = [entry for entry in named if not _is_hidden(entry.path)]
    inside = [entry for entry in kept if not _is_folder(entry.path)]
    folder = _common_folder(inside)
    around = f"{folder}/" if folder else ""
    files = [_checked(entry.info, entry.path.removeprefix(around)) for entry in inside]
    _check_sizes(files)
    _check_twins(files)
    changes = tuple(change_from_bytes(entry.path, _content(archive, entry)) for entry in files)
    return Unpacked(folder, changes, len([info for info in infos if not info.is_dir()]) - len(files))


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it stands in the zip: the library cuts it at a NUL, and takes what macOS writes for code page 437."""
    name = info.orig_filename
    if not info.flag_bits & _IS_UTF8:
        try:
            return name.encode("cp437").decode()
        except UnicodeError:
            pass
    return name


def _is_hidden(path: str) -> bool:
    """What systems and editors put beside a student's files. A path that tries to climb out is not among it."""
    names = path.casefold().split("/")
    has_hidden = any(name in _SYSTEM_NAMES or (name.startswith(".") and name != ".") for name in names)
    return has_hidden and not any(name.startswith("..") for name in names)


def _is_folder(path: str) -> bool:
    if not path.endswith("/"):
        return False
    _clean(path[:-1])
    return True


def _common_folder(files: Iterable[_Entry]) -> str:
    """The clean name of the folder that everything is in, or empty."""
    tops = {entry.path.partition("/")[0] if "/" in entry.path else "" for entry in files}
    try:
        return clean_path(tops.pop()) if len(tops) == 1 else ""
    except ValidationError:
        return ""


def _checked(info: zipfile.ZipInfo, path: str) -> _Entry:
    path = _clean(path)
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise BadArchive(f"{path} is a link or a device; put the file itself into the zip.")
    if info.flag_bits & _ENCRYPTED:
        raise BadArchive("The zip has a password; make it again without one.")
    if info.compress_type not in _METHODS:
        raise BadArchive("The zip is packed in an unusual way; make it again with the usual settings.")
    if path_key(path).endswith(".zip"):
        raise BadArchive(f"{path} is a zip inside the zip; unpack it first, then zip everything again.")
    return _Entry(info, path)


def _clean(path: str) -> str:
    try:
        return clean_path(path)
    except ValidationError as error:
        raise BadArchive(f"{_shown(path)}: {error.messages[0]}") from error


def _check_sizes(files: list[_Entry]) -> None:
    if not files:
        raise BadArchive("There are no files in the zip.")
    if len(files) > MAX_FILES:
        raise BadArchive(f"The zip holds {len(files)} files, and a project at most {MAX_FILES}.")
    for entry in files:
        if entry.info.file_size > MAX_FILE_BYTES:
            raise BadArchive(f"{entry.path} is larger than {MAX_FILE_BYTES // _MEGABYTE} MB, the most for one file.")
    if sum(entry.info.file_size for entry in files) > MAX_PROJECT_BYTES:
        raise BadArchive(f"The files are larger than {MAX_PROJECT_BYTES // _MEGABYTE} MB, the most for one project.")


def _check_twins(files: list[_Entry]) -> None:
    seen: dict[str, str] = {}
    for entry in files:
        key = path_key(entry.path)
        if key in seen:
            raise BadArchive(f"{entry.path} and {seen[key]} are one name on many devices; rename one of them.")
        seen[key] = entry.path
    folders = {key[:at] for key in seen for at in range(len(key)) if key[at] == "/"}
    for key in seen.keys() & folders:
        raise BadArchive(f"{seen[key]} is both a file and a folder in the zip; rename one of them.")


def _content(archive: zipfile.ZipFile, entry: _Entry) -> bytes:
    """All of a file. The library unpacks no more than the zip says that there is, and checks the sum."""
    content = bytearray()
    with archive.open(entry.info) as packed:
        while chunk := packed.read(_CHUNK_BYTES):
            content += chunk
    if len(content) != entry.info.file_size:
        raise BadArchive(f"{entry.path} is not as long as the zip says; make the zip again.")
    return bytes(content)


def _too_many_entries() -> BadArchive:
    return BadArchive(f"The zip holds more than {MAX_ENTRIES} entries; zip only the files of the project.")


def _shown(path: str) -> str:
    """A name that may hold anything, for a sentence: short, and without what turns text around."""
    return "".join(character if character.isprintable() else "\ufffd" for character in path[:80]) or "A file"
