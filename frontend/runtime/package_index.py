"""Wheels of the Python package index, fetched by pip (so that the operator's pip settings hold)."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from frontend.runtime.downloads import NotThere, SourceUnreachable
from frontend.runtime.failure import BuildFailed
from frontend.runtime.progress import Progress


def fetch_wheel(
    requirement: str, sha256: str, folder: Path, progress: Progress, *, platform: str | None, python: str
) -> Path:
    """Download the wheel that `requirement` (`name==version`) and `sha256` name into `folder`; where it stands.

    Raises SourceUnreachable when the index does not answer, NotThere with pip's reason when it has no such wheel,
    BuildFailed when the wheel there has another hash.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=folder) as pins:
        pins.write(f"{requirement} --hash=sha256:{sha256}\n")
        pins.flush()
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--python-version", python, "--ignore-requires-python"]
        command += ["--dest", str(folder), "--retries", "1", "-r", pins.name]
        if platform:
            command += ["--platform", platform, "--implementation", "cp", "--abi", f"cp{python.replace('.', '')}"]
        if not progress.is_terminal:
            command += ["--progress-bar", "off"]
        before = set(folder.glob("*.whl"))
        # pip's bar goes to the terminal; its reason for a failure comes back on stderr.
        done = subprocess.run(  # noqa: S603
            command, stdout=None if progress.is_terminal else subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
    arrived = set(folder.glob("*.whl")) - before
    if done.returncode == 0 and len(arrived) == 1:
        return arrived.pop()
    if os.strerror(errno.ENOSPC) in done.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise BuildFailed(f"The Python package index has a {requirement} of other content than the manifest pins.")
    if "connection broken" in done.stderr:
        raise SourceUnreachable("no connection")
    told = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    raise NotThere(told[0].removeprefix("ERROR: ") if told else "pip stopped without a word")
