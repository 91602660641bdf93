"""Builds JupyterLite's REPL on the Pyodide that we use. Nothing of it is committed: all stands under var/peers/."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.distribution import BASE_DIR, PYODIDE, compress, lay_out_pyodide

PEERS = BASE_DIR / "var" / "peers"
REQUIREMENTS = BASE_DIR / "benchmarks" / "peers-requirements.txt"
WHEELS = BASE_DIR / "benchmarks" / "peers-wheels.txt"
BROWSER_PYTHON = "3.14"


def built_jupyterlite() -> Path:
    """The folder of the built site: made on the first call, and again when a version has changed.

    Raises CalledProcessError where the Python package index cannot be reached.
    """
    site = PEERS / "jupyterlite"
    stamp = PEERS / "jupyterlite.stamp"
    version = _version()
    if stamp.is_file() and stamp.read_text() == version:
        return site
    stamp.unlink(missing_ok=True)
    PEERS.mkdir(parents=True, exist_ok=True)
    _build(site)
    stamp.write_text(version)
    return site


def _build(site: Path) -> None:
    lite, wheels, environment = PEERS / "lite", PEERS / "wheels", PEERS / "venv"
    for folder in (site, lite, wheels, environment):
        shutil.rmtree(folder, ignore_errors=True)
    _run([sys.executable, "-m", "venv", environment])
    pip = [environment / "bin" / "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", "-r", REQUIREMENTS])
    for_browser = ["--no-deps", "--only-binary=:all:", "--python-version", BROWSER_PYTHON]
    _run([*pip, "download", *for_browser, "--dest", wheels, "-r", WHEELS])
    # Where the kernel's add-on looks for a Pyodide of one's own; its default is a newer one, on a foreign host.
    lay_out_pyodide(lite / "static" / "pyodide", wheels)
    # Pyodide's lock has no entry for it.
    [comm] = wheels.glob("comm-*.whl")
    arguments = [
        "--lite-dir",
        lite,
        "--output-dir",
        site,
        "--apps",
        "repl",
        "--no-sourcemaps",
        "--piplite-wheels",
        comm,
    ]
    # It remembers beside itself what it has built, which must not outlive the result.
    _run([environment / "bin" / "jupyter-lite", "build", *arguments], lite)
    compress(site)


def _run(command: list[str | Path], folder: Path = PEERS) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)
        done.check_returncode()


def _version() -> str:
    parts = [REQUIREMENTS.read_bytes(), WHEELS.read_bytes(), (PYODIDE / "package.json").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
