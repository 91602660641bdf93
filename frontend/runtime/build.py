"""Builds the runtime, step by step, beside the one that is served."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontend.runtime import publish
from frontend.runtime.cached_files import CachedFiles
from frontend.runtime.compile import Compiler, Job, broken_imports
from frontend.runtime.compress import compress_folder
from frontend.runtime.current import DESCRIPTION_NAME, Runtime, read_runtime
from frontend.runtime.failure import BuildFailed
from frontend.runtime.hashing import sha256_of
from frontend.runtime.licences import write_licences
from frontend.runtime.lockfile import Lock, close
from frontend.runtime.manifest import MANIFEST_PATH, IndexWheel, Manifest, read_manifest
from frontend.runtime.names import describe_names
from frontend.runtime.node import find_node, node_version
from frontend.runtime.progress import Progress
from frontend.runtime.snapshot import make_snapshots, verify_snapshots
from frontend.runtime.sources import Sources

LOCK_NAME = "pyodide-lock.json"
LIBRARY_NAME = "python_stdlib.zip"

# The modules that, with the scripts for Node, decide the content of a build; the others only how it comes about.
_CONTENT_CODE = (
    "archive.py",
    "build.py",
    "bytecode.py",
    "compile.py",
    "compress.py",
    "describe_names.py",
    "licences.py",
    "lockfile.py",
    "names.py",
)


@dataclass(frozen=True)
class Places:
    """Where a build reads and writes. `dist_url` None means the manifest's; empty means no release is asked."""

    root: Path
    cache: Path
    node_modules: Path
    wheels: Path | None = None
    dist_url: str | None = None
    manifest: Path = MANIFEST_PATH


def inputs_digest(places: Places, node: Path) -> str:
    """A digest of all that decides what a build makes: manifest, build code, Node, core files, local wheels."""
    digest = hashlib.sha256(f"{node_version(node)}\n{places.dist_url}\n".encode())
    folder = Path(__file__).parent
    code = [folder / name for name in _CONTENT_CODE] + sorted(folder.glob("*.mjs"))
    # By content: a release that is built beside another has newly unpacked files, which are mostly the same.
    core = [places.node_modules / "pyodide" / name for name in read_manifest(places.manifest).core]
    for path in [places.manifest, *code, *core]:
        digest.update(f"{path.name} {sha256_of(path) if path.exists() else None}\n".encode())
    for path in sorted(places.wheels.glob("*.whl")) if places.wheels else []:
        status = path.stat()
        digest.update(f"{path.name} {status.st_size, status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def build(places: Places, progress: Progress) -> Runtime:
    """Build, verify and publish the runtime; what is now served.

    Raises BuildFailed, with the last good build still in place, whatever goes wrong.
    """
    try:
        places.root.mkdir(parents=True, exist_ok=True)
        with _alone(places.root):
            publish.remove_leftovers(places.root)
            building = places.root / f"{publish.TEMPORARY_PREFIX}{os.getpid()}"
            building.mkdir()
            try:
                return _build_in(building, places, progress)
            finally:
                shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BuildFailed("The disk is full; free some space and run build_runtime again.") from error
        raise BuildFailed(f"The build could not go on: {error}.") from error


def _build_in(building: Path, places: Places, progress: Progress) -> Runtime:
    manifest = read_manifest(places.manifest)
    node = find_node(places.node_modules)
    digest = inputs_digest(places, node)
    core = places.node_modules / "pyodide"
    _copy_core(core, building, manifest)

    progress.say(f"Looking for the packages of Pyodide {manifest.pyodide}.")
    lock = Lock(core / LOCK_NAME, manifest)
    wanted = lock.wanted()
    dist_url = manifest.dist_url if places.dist_url is None else places.dist_url
    found = Sources(manifest, CachedFiles(places.cache), places.wheels, dist_url, progress).find_all(wanted)
    present, missing = close(wanted, found)
    _refuse_missing(manifest, missing)

    progress.say(f"Compiling the standard library and {len(present)} packages.")
    Compiler(node, core, manifest.python).compile_library(core / LIBRARY_NAME, building / LIBRARY_NAME)
    jobs = {package.name: _job(found[package.name], manifest.index.get(package.name), building) for package in present}
    Compiler(node, building, manifest.python).compile_wheels(list(jobs.values()), progress)
    served_files = {name: job.target.name for name, job in jobs.items()}
    hashes = {name: (file, sha256_of(building / file)) for name, file in served_files.items()}
    (building / LOCK_NAME).write_text(json.dumps(lock.served(present, hashes), sort_keys=True) + "\n", "utf-8")

    progress.say("Making the memory snapshots and trying them out.")
    make_snapshots(node, building, manifest.warm)
    verify_snapshots(node, building)
    if broken := broken_imports(node, building, [package.name for package in present]):
        told = "; ".join(f"{name}: {reason}" for name, reason in sorted(broken.items()))
        raise BuildFailed(f"Packages of the new runtime do not import: {told}.")
    progress.say("Describing the names for completion.")
    describe_names(node, building)
    write_licences(building, manifest, served_files)

    progress.say("Compressing.")
    compress_folder(building, places.cache / "brotli", progress)
    files = publish.list_files(building)
    version = publish.content_version(files)
    description: dict[str, Any] = {
        "version": version,
        "pyodide": manifest.pyodide,
        "python": manifest.python,
        "inputs": digest,
        "files": files,
        "packages": {
            package.name: {
                "version": package.version,
                "imports": list(package.imports),
                "file": served_files[package.name],
                "depends": list(package.depends),
            }
            for package in present
        },
        "missing": missing,
    }
    (building / DESCRIPTION_NAME).write_text(json.dumps(description, indent=1, sort_keys=True) + "\n", "utf-8")
    publish.publish(building, version, places.root)
    return read_runtime(places.root / version)


def _copy_core(core: Path, building: Path, manifest: Manifest) -> None:
    for name, sha256 in manifest.core.items():
        path = core / name
        if not path.is_file():
            raise BuildFailed(f"{name} of Pyodide {manifest.pyodide} is missing; run `npm ci` in frontend/ first.")
        if (found := sha256_of(path)) != sha256:
            raise BuildFailed(f"{name} has the wrong content: its sha256 is {found}, not {sha256} as pinned.")
        shutil.copyfile(path, building / name)


def _refuse_missing(manifest: Manifest, missing: dict[str, str]) -> None:
    required = [name for name in missing if not manifest.packages.get(name, True)]
    if required:
        raise BuildFailed(
            f"No source has {', '.join(required)}; connect to the network, or put the wheels into RUNTIME_WHEELS_DIR."
        )


def _job(wheel: Path, pin: IndexWheel | None, building: Path) -> Job:
    if pin and wheel.name == pin.file:
        return Job(wheel, building / pin.served_file, pin.drop)
    return Job(wheel, building / wheel.name)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildFailed("Another build_runtime is at work here; wait until it has ended.") from error
        yield
