"""The download cache, shared by all clones on a machine. Nothing in it is trusted: each use checks the hash."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontend.runtime.hashing import sha256_of


class CachedFiles:
    """Files under `folder`, each addressed by its name and sha256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: str, sha256: str) -> Path:
        """Where the file stands once it is there."""
        return self.folder / "files" / sha256[:16] / file

    def find(self, file: str, sha256: str) -> Path | None:
        """The file, or None when it is not there; one whose content has changed is removed."""
        path = self.path(file, sha256)
        if not path.is_file():
            return None
        if sha256_of(path) != sha256:
            path.unlink()
            return None
        return path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other builds out of the cache, after waiting for one that is in it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def keep(self, source: Path, file: str, sha256: str) -> Path:
        """Copy `source` into the cache, all of it or nothing; where it now stands."""
        path = self.path(file, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            shutil.copyfile(source, partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return path
