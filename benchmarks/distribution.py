"""Pyodide's official files, as its makers release them: what the other contenders run on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import brotli

from frontend.runtime.cached_files import CachedFiles

BASE_DIR = Path(__file__).resolve().parent.parent
PYODIDE = BASE_DIR / "frontend" / "node_modules" / "pyodide"
CORE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
TEXT_SUFFIXES = (".js", ".mjs", ".css", ".json", ".html", ".wasm", ".svg", ".txt", ".map")
# What WhiteNoise's own compressor leaves out, too.
LEAST_BYTES = 200


def lay_out_pyodide(folder: Path, more_wheels: Path | None = None) -> None:
    """The core files, and the wheels that `build_runtime` has fetched, each with the official hash, into `folder`.

    `more_wheels` is a folder of wheels of the Python package index, under the names that Pyodide's lock gives them:
    their entries of the lock get their hashes. Entries without a file are left out.
    """
    folder.mkdir(parents=True)
    for name in CORE_FILES:
        shutil.copy(PYODIDE / name, folder)
    lock = json.loads((PYODIDE / LOCK).read_text())
    lock["packages"] = {
        name: entry for name, entry in lock["packages"].items() if _add_wheel(entry, folder, more_wheels)
    }
    (folder / LOCK).write_text(json.dumps(lock))


def compress(root: Path) -> None:
    """A brotli copy beside each file of text or code, as a host for static files has them."""
    for path in root.rglob("*"):
        if path.suffix in TEXT_SUFFIXES and path.is_file() and path.stat().st_size > LEAST_BYTES:
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(path.read_bytes(), quality=9))


def _add_wheel(entry: dict[str, Any], folder: Path, more_wheels: Path | None) -> bool:
    name, sha256 = entry["file_name"], entry["sha256"]
    cached = _cache().find(name, sha256)
    if cached:
        (folder / name).symlink_to(cached)
        return True
    if more_wheels and (more_wheels / name).is_file():
        content = (more_wheels / name).read_bytes()
        (folder / name).write_bytes(content)
        entry["sha256"] = hashlib.sha256(content).hexdigest()
        return True
    return False


def _cache() -> CachedFiles:
    """As the setting RUNTIME_CACHE_DIR says, which has the same default."""
    return CachedFiles(Path(os.environ.get("RUNTIME_CACHE_DIR") or Path.home() / ".cache" / "codeplatform"))
