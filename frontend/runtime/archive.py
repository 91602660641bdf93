"""Zip archives whose bytes depend on their content alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

# The earliest date a zip can hold: the same content gives the same archive on any day.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


def read_members(path: Path, drop: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files in the archive at `path` by name, without those matching a pattern of `drop`.

    Raises zipfile.BadZipFile when it is no archive.
    """
    with zipfile.ZipFile(path) as archive:
        return {
            info.filename: archive.read(info)
            for info in archive.infolist()
            if not info.is_dir() and not any(fnmatch(info.filename, pattern) for pattern in drop)
        }


def write_archive(path: Path, members: Mapping[str, bytes]) -> None:
    """Write `members` to a zip at `path`, sorted, with one fixed date and uncompressed.

    Brotli makes a stored zip smaller on the wire than a deflated one, and Python need not inflate it (decision 0003).
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _DATE)
            info.external_attr = _MODE
            info.create_system = 3
            archive.writestr(info, members[name])
