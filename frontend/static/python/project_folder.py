"""The project's files on the (in-memory) disk, and what a program changed there."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# The same figures as projects/limits.py: what could not be saved is not sent back.
MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_PROJECT_BYTES = 20 * 1024 * 1024
MAX_FILES = 200

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
        """Compare the folder with what `fill` wrote; files past the project's limits are named, not returned."""
        written: dict[str, bytes] = {}
        skipped: dict[str, str] = {}
        seen: set[str] = set()
        total = 0
        for path, target, size in self._files():
            seen.add(path)
            total += size
            if size > MAX_FILE_BYTES:
                skipped[path] = f"larger than {MAX_FILE_BYTES // 1024 // 1024} MB"
            elif len(seen) > MAX_FILES:
                skipped[path] = f"more than {MAX_FILES} files"
            elif total > MAX_PROJECT_BYTES:
                skipped[path] = f"the project would hold more than {MAX_PROJECT_BYTES // 1024 // 1024} MB"
            elif not _is_name(path):
                skipped[ascii(path)] = "its name is not text"
            else:
                content = target.read_bytes()
                if self._given.get(path) != _digest(content):
                    written[path] = content
        return Changes(written, sorted(set(self._given) - seen), skipped)

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


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_name(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
