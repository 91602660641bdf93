"""Puts a finished build in the place of the last one, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from frontend.runtime.compress import SUFFIX
from frontend.runtime.current import DESCRIPTION_NAME, POINTER_NAME, Runtime
from frontend.runtime.hashing import sha256_of

_VERSION_LENGTH = 16
_KEPT_BUILDS = 2
TEMPORARY_PREFIX = ".building-"


def list_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and sha256 of each file of `folder`, by name, with the same for its brotli copy under `brotli`."""
    measured = {
        path.name: {"size": path.stat().st_size, "sha256": sha256_of(path)} for path in sorted(folder.iterdir())
    }
    files = {name: entry for name, entry in measured.items() if not name.endswith(SUFFIX)}
    return {
        name: entry | ({"brotli": measured[f"{name}{SUFFIX}"]} if f"{name}{SUFFIX}" in measured else {})
        for name, entry in files.items()
    }


def content_version(files: dict[str, dict[str, Any]]) -> str:
    """A version that changes whenever a file's name or content does."""
    lines = "".join(f"{name} {entry['sha256']}\n" for name, entry in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:_VERSION_LENGTH]


def publish(building: Path, version: str, root: Path) -> None:
    """Rename `building` to its version, point `current.json` at it, and remove all but the newest two builds."""
    target = root / version
    if target.exists():
        # Of the same content by its name, or damaged: either way the new one takes its place.
        stale = root / f"{TEMPORARY_PREFIX}stale-{os.getpid()}"
        target.rename(stale)
        building.rename(target)
        shutil.rmtree(stale, ignore_errors=True)
    else:
        building.rename(target)
    os.utime(target)
    partial = root / f"{POINTER_NAME}.{os.getpid()}.tmp"
    partial.write_text(json.dumps({"version": version}) + "\n", "utf-8")
    os.replace(partial, root / POINTER_NAME)
    _remove_old(root, keep=version)


def damaged_files(runtime: Runtime) -> list[str]:
    """The files of `runtime` that are missing or differ from what its description says."""
    raw = json.loads((runtime.folder / DESCRIPTION_NAME).read_text("utf-8"))
    expected = {name: entry["sha256"] for name, entry in raw["files"].items()}
    expected |= {
        f"{name}{SUFFIX}": entry["brotli"]["sha256"] for name, entry in raw["files"].items() if "brotli" in entry
    }
    return [
        name
        for name, sha256 in sorted(expected.items())
        if not (runtime.folder / name).is_file() or sha256_of(runtime.folder / name) != sha256
    ]


def remove_leftovers(root: Path) -> None:
    """Remove what builds that were killed left behind."""
    for path in root.glob(f"{TEMPORARY_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)


def _remove_old(root: Path, keep: str) -> None:
    builds = [path for path in root.iterdir() if (path / DESCRIPTION_NAME).is_file() and path.name != keep]
    builds.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in builds[_KEPT_BUILDS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
