"""Zips: making them, and taking in one that anybody may have made, all of it or nothing.

What is refused and what is left out: docs/decisions/0012-archives.md.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# The directory of some 2,000 entries with long names. The library reads it in one go, 100,000 entries too.
MAX_READ_BYTES = 512 * 1024
_CHUNK_BYTES = 64 * 1024
_MEGABYTE = 1024**2
_FILE_MODE = 0o100644 << 16  # a plain file that everybody may read
_UNIX = 3
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
class Rules:
    """What a zip may hold, which is one `thing`, such as "project".

    It may hold more entries than files: folders, and what systems add, which is left out. `clean` gives a path as it is
    kept, or raises ValidationError; two paths of the same `key` are one name on some device.
    """

    thing: str | Promise
    max_entries: int
    max_files: int
    max_file_bytes: int
    max_bytes: int
    clean: Callable[[str], str]
    key: Callable[[str], str]
    takes_off_folder: bool = False


@dataclass(frozen=True)
class Contents:
    """`folder` is the one that held everything and was taken off, or empty; `left_out_count` the hidden files."""

    folder: str
    files: dict[str, bytes]
    left_out_count: int


def pack(files: Iterable[tuple[str, bytes]], changed_at: datetime) -> bytes:
    """A zip of these paths and contents, in this order, for every system. The same input gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            info = zipfile.ZipInfo(path, changed_at.astimezone(UTC).timetuple()[:6])
            info.create_system, info.external_attr = _UNIX, _FILE_MODE
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack(file: IO[bytes], rules: Rules) -> Contents:
    """The files in the zip by their clean paths, within the rules; nothing is written anywhere. Raises BadArchive."""
    try:
        with zipfile.ZipFile(_SmallReads(file, rules)) as archive:
            return _unpack(archive, rules)
    except _UNREADABLE as error:
        raise BadArchive(_("This is not a zip that can be read; make it again.")) from error


class _SmallReads:
    """A file that gives no more than MAX_READ_BYTES at once, so that nothing large is ever held in memory."""

    def __init__(self, file: IO[bytes], rules: Rules) -> None:
        self._file, self._rules = file, rules
        self.seek, self.tell, self.seekable = file.seek, file.tell, lambda: True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MAX_READ_BYTES + 1 if size < 0 else min(size, MAX_READ_BYTES + 1))
        if len(data) > MAX_READ_BYTES:
            raise _too_many_entries(self._rules)
        return data


@dataclass(frozen=True)
class _Entry:
    info: zipfile.ZipInfo
    path: str


def _unpack(archive: zipfile.ZipFile, rules: Rules) -> Contents:
    infos = archive.infolist()
    if len(infos) > rules.max_entries:
        raise _too_many_entries(rules)
    named = [_Entry(info, _name(info)) for info in infos]
    kept = [entry for entry in named if not _is_hidden(entry.path)]
    inside = [entry for entry in kept if not _is_folder(entry.path, rules)]
    folder = _common_folder(inside, rules) if rules.takes_off_folder else ""
    around = f"{folder}/" if folder else ""
    entries = [_checked(entry.info, entry.path.removeprefix(around), rules) for entry in inside]
    _check_sizes(entries, rules)
    _check_twins(entries, rules)
    files = {entry.path: _content(archive, entry) for entry in entries}
    return Contents(folder, files, len([info for info in infos if not info.is_dir()]) - len(files))


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


def _is_folder(path: str, rules: Rules) -> bool:
    if not path.endswith("/"):
        return False
    _clean(path[:-1], rules)
    return True


def _common_folder(files: Iterable[_Entry], rules: Rules) -> str:
    """The clean name of the folder that everything is in, or empty."""
    tops = {entry.path.partition("/")[0] if "/" in entry.path else "" for entry in files}
    try:
        return rules.clean(tops.pop()) if len(tops) == 1 else ""
    except ValidationError:
        return ""


def _checked(info: zipfile.ZipInfo, path: str, rules: Rules) -> _Entry:
    path = _clean(path, rules)
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise BadArchive(_("%(path)s is a link or a device; put the file itself into the zip.") % {"path": path})
    if info.flag_bits & _ENCRYPTED:
        raise BadArchive(_("The zip has a password; make it again without one."))
    if info.compress_type not in _METHODS:
        raise BadArchive(_("The zip is packed in an unusual way; make it again with the usual settings."))
    if rules.key(path).endswith(".zip"):
        raise BadArchive(
            _("%(path)s is a zip inside the zip; unpack it first, then zip everything again.") % {"path": path}
        )
    return _Entry(info, path)


def _clean(path: str, rules: Rules) -> str:
    try:
        return rules.clean(path)
    except ValidationError as error:
        raise BadArchive(f"{_shown(path)}: {error.messages[0]}") from error


def _check_sizes(files: list[_Entry], rules: Rules) -> None:
    if not files:
        raise BadArchive(_("There are no files in the zip."))
    if len(files) > rules.max_files:
        raise BadArchive(
            _("The zip holds %(file_count)s files, and a %(thing)s at most %(max_files)s.")
            % {"file_count": len(files), "thing": rules.thing, "max_files": rules.max_files}
        )
    for entry in files:
        if entry.info.file_size > rules.max_file_bytes:
            most = rules.max_file_bytes // _MEGABYTE
            raise BadArchive(
                _("%(path)s is larger than %(most)s MB, the most for one file.") % {"path": entry.path, "most": most}
            )
    if sum(entry.info.file_size for entry in files) > rules.max_bytes:
        most = rules.max_bytes // _MEGABYTE
        raise BadArchive(
            _("The files are larger than %(most)s MB, the most for one %(thing)s.")
            % {"most": most, "thing": rules.thing}
        )


def _check_twins(files: list[_Entry], rules: Rules) -> None:
    seen: dict[str, str] = {}
    for entry in files:
        key = rules.key(entry.path)
        if key in seen:
            raise BadArchive(
                _("%(path)s and %(other)s are one name on many devices; rename one of them.")
                % {"path": entry.path, "other": seen[key]}
            )
        seen[key] = entry.path
    folders = {key[:at] for key in seen for at in range(len(key)) if key[at] == "/"}
    for key in seen.keys() & folders:
        raise BadArchive(
            _("%(path)s is both a file and a folder in the zip; rename one of them.") % {"path": seen[key]}
        )


def _content(archive: zipfile.ZipFile, entry: _Entry) -> bytes:
    """All of a file. The library unpacks no more than the zip says that there is, and checks the sum."""
    content = bytearray()
    with archive.open(entry.info) as packed:
        while chunk := packed.read(_CHUNK_BYTES):
            content += chunk
    if len(content) != entry.info.file_size:
        raise BadArchive(_("%(path)s is not as long as the zip says; make the zip again.") % {"path": entry.path})
    return bytes(content)


def _too_many_entries(rules: Rules) -> BadArchive:
    return BadArchive(
        _("The zip holds more than %(max_entries)s entries; zip only the files of the %(thing)s.")
        % {"max_entries": rules.max_entries, "thing": rules.thing}
    )


def _shown(path: str) -> str:
    """A name that may hold anything, for a sentence: short, and without what turns text around."""
    return "".join(character if character.isprintable() else "\ufffd" for character in path[:80]) or "A file"
