"""The runtime that is served now: what `current.json` names and its `runtime.json` lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

POINTER_NAME = "current.json"
DESCRIPTION_NAME = "runtime.json"


@dataclass(frozen=True)
class RuntimeFile:
    """One file as served: its size in bytes and its sha256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class RuntimePackage:
    """One package a program can import.

    `imports` holds the module names it gives, `file` the wheel's file name, `depends` normalised package names.
    """

    version: str
    imports: tuple[str, ...]
    file: str
    depends: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Runtime:
    """A finished build, the same object until there is another one.

    `packages` and `missing` are keyed by normalised name; `missing` gives the reason in words.
    """

    version: str
    pyodide: str
    python: str
    files: dict[str, RuntimeFile]
    packages: dict[str, RuntimePackage]
    missing: dict[str, str]
    folder: Path


def current_runtime() -> Runtime | None:
    """The runtime now served, or None when nothing is built (or the build is not readable)."""
    root = Path(settings.RUNTIME_DIR)
    try:
        version = json.loads((root / POINTER_NAME).read_text("utf-8"))["version"]
        written = (root / version / DESCRIPTION_NAME).stat()
        return _read_once(root / version, (written.st_mtime_ns, written.st_size, written.st_ino))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_runtime(folder: Path) -> Runtime:
    """The build that stands in `folder`.

    Raises OSError when `runtime.json` cannot be read; ValueError, KeyError or TypeError when it is not what a build
    writes.
    """
    raw = json.loads((folder / DESCRIPTION_NAME).read_text("utf-8"))
    return Runtime(
        version=raw["version"],
        pyodide=raw["pyodide"],
        python=raw["python"],
        files={name: RuntimeFile(size=entry["size"], sha256=entry["sha256"]) for name, entry in raw["files"].items()},
        packages={
            name: RuntimePackage(
                version=entry["version"],
                imports=tuple(entry["imports"]),
                file=entry["file"],
                depends=tuple(entry["depends"]),
            )
            for name, entry in raw["packages"].items()
        },
        missing=dict(raw["missing"]),
        folder=folder,
    )


@lru_cache(maxsize=2)
def _read_once(folder: Path, _written: tuple[int, int, int]) -> Runtime:
    return read_runtime(folder)
