"""Adds bytecode to the standard library and the wheels: compiling them in the browser costs seconds."""

from __future__ import annotations

import json
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from frontend.runtime.archive import read_members, write_archive
from frontend.runtime.failure import BuildFailed
from frontend.runtime.node import run_script
from frontend.runtime.progress import Progress

_BYTECODE_PROGRAM = Path(__file__).with_name("bytecode.py")
_PROCESSES = 2


@dataclass(frozen=True)
class Job:
    """One archive to compile: from `source` (without members matching `drop`) to `target`."""

    source: Path
    target: Path
    drop: tuple[str, ...] = ()


class Compiler:
    """Compiles with the Pyodide in `core`, each archive in a process of its own so that no other can colour it."""

    def __init__(self, node: Path, core: Path, python: str) -> None:
        self._node = node
        self._core = core
        self._python = python

    def compile_library(self, source: Path, target: Path) -> None:
        """Compile the standard library's zip. It may not be the one that `core` holds."""
        prefix = f"/lib/python{self._python.replace('.', '')}.zip/"
        self._compile(Job(source, target), prefix, "zip")

    def compile_wheels(self, jobs: list[Job], progress: Progress) -> None:
        """Compile wheels, several at once."""
        prefix = f"/lib/python{self._python}/site-packages/"
        total = sum(job.source.stat().st_size for job in jobs)
        done = 0
        with ThreadPoolExecutor(_PROCESSES) as pool:
            # Largest first: the last to end is then a small one.
            ordered = sorted(jobs, key=lambda job: job.source.stat().st_size, reverse=True)
            for job, _ in zip(ordered, pool.map(lambda job: self._compile(job, prefix, "files"), ordered), strict=True):
                done += job.source.stat().st_size
                progress.bar("compiled", done, total)

    def _compile(self, job: Job, prefix: str, layout: str) -> None:
        try:
            members = read_members(job.source, job.drop)
        except zipfile.BadZipFile as error:
            raise BuildFailed(f"{job.source.name} is no zip archive: {error}.") from error
        with tempfile.TemporaryDirectory() as folder:
            compiled = Path(folder) / "compiled.zip"
            run_script(
                self._node,
                "compile.mjs",
                [self._core, _BYTECODE_PROGRAM, job.source, compiled, prefix, layout],
                failure=f"{job.source.name} could not be compiled",
            )
            members |= read_members(compiled)
        write_archive(job.target, members)


def broken_imports(node: Path, folder: Path, names: list[str]) -> dict[str, str]:
    """Load and import each package of the build in `folder`; those that fail, with Python's last word on each."""
    answer = run_script(
        node,
        "imports.mjs",
        [folder, folder / "snapshot-jspi.bin", *names],
        failure="The packages could not be tried out",
    )
    broken: dict[str, str] = json.loads(answer.splitlines()[-1])
    return broken
