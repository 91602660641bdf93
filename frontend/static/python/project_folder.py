"""The project's files on the (in-memory) disk, and what a program changed there."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .file_names import key_of, reason_to_refuse

# The same figures as projects/limits.py: what could not be saved is not sent back.
MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_PROJECT_BYTES = 20 * 1024 * 1024
MAX_FILES = 200
# A program in a loop leaves files by the thousand: a few are named.
MAX_SKIPPED_NAMED = 20

IGNORED_FOLDERS = frozenset({"__pycache__"})


class Changes(NamedTuple):
    """What a program left behind: new or altered files, deleted paths, and paths with the reason they stay behind."""

    written: dict[str, bytes]
    deleted: list[str]
    skipped: dict[str, str]


class ProjectFolder:
    """A clean folder that holds exactly the given files, and then knows what was changed in it."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._given: dict[str, str] = {}

    def fill(self, files: dict[str, bytes]) -> None:
        """Empty the folder, write `files` (path with `/` → content) and make it the working directory."""
        self._empty()
        for path, content in files.items():
            target = Path(self.root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self._given = {path: _digest(content) for path, content in files.items()}
        os.chdir(self.root)

    def changes(self) -> Changes:
        """Compare the folder with what `fill` wrote; files that the project cannot hold are named, not returned.

        Of many such files the first are named, and the rest counted in one entry.
        """
        written: dict[str, bytes] = {}
        skipped: dict[str, str] = {}
        seen: set[str] = set()
        room = _Room()
        unnamed = 0
        # What the project holds already has the first claim on its room.
        for path, target, size in sorted(self._files(), key=lambda file: file[0] not in self._given):
            seen.add(path)
            reason = room.reason_to_refuse(path, size)
            if reason is None:
                content = target.read_bytes()
                if self._given.get(path) != _digest(content):
                    written[path] = content
            elif len(skipped) < MAX_SKIPPED_NAMED:
                skipped[path if _is_text(path) else ascii(path)] = reason
            else:
                unnamed += 1
        if unnamed:
            skipped[f"The rest ({unnamed:,} files)"] = "for the same reasons"
        # Emscripten's file system does not list a file named `__proto__`, though it is there.
        deleted = sorted(path for path in set(self._given) - seen if not Path(self.root, path).exists())
        return Changes(written, deleted, skipped)

    def _files(self) -> Iterator[tuple[str, Path, int]]:
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name not in IGNORED_FOLDERS)
            for name in sorted(names):
                target = Path(folder, name)
                try:
                    status = target.stat()
                except OSError:
                    continue
                if stat.S_ISREG(status.st_mode):
                    yield target.relative_to(self.root).as_posix(), target, status.st_size

    def _empty(self) -> None:
        root = Path(self.root)
        root.mkdir(parents=True, exist_ok=True)
        for entry in root.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


class _Room:
    """The room of a project while it is filled, file by file."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._bytes = 0

    def reason_to_refuse(self, path: str, size: int) -> str | None:
        """Why this file finds no place; with None it has taken it."""
        reason = reason_to_refuse(path)
        if reason is not None:
            return reason
        key = key_of(path)
        if key in self._paths:
            return f"there is a file {self._paths[key]} already"
        if size > MAX_FILE_BYTES:
            return f"larger than {MAX_FILE_BYTES // 1024 // 1024} MB"
        if len(self._paths) == MAX_FILES:
            return f"more than {MAX_FILES} files"
        if self._bytes + size > MAX_PROJECT_BYTES:
            return f"the project would hold more than {MAX_PROJECT_BYTES // 1024 // 1024} MB"
        self._paths[key] = path
        self._bytes += size
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
