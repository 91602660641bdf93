"""The contenders' servers, each a real gunicorn on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

from codeplatform.tests.browser.site import Site

BASE_DIR = Path(__file__).resolve().parent.parent
PYODIDE = BASE_DIR / "frontend" / "node_modules" / "pyodide"
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


@contextmanager
def our_site(folder: Path) -> Iterator[Site]:
    """This site with the demo data, in a database of its own."""
    site = Site(folder)
    site.prepare()
    site.start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def bare_pyodide(folder: Path) -> Iterator[str]:
    """The address of a page with the official Pyodide files of the same version and nothing else."""
    root = folder / "bare"
    _lay_out(root)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "benchmarks.bare_server",
        "--workers=2",
        "--threads=8",
        "--keep-alive=75",
    ]
    server = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{port}", "--no-control-socket", "--log-level=error"],
        cwd=BASE_DIR,
        env=os.environ | {"BARE_FOLDER": str(root)},
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait_until_up(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _lay_out(root: Path) -> None:
    shutil.copytree(BASE_DIR / "benchmarks" / "bare", root)
    (root / "pyodide").mkdir()
    for name in PYODIDE_FILES:
        content = (PYODIDE / name).read_bytes()
        (root / "pyodide" / name).write_bytes(content)
        if not name.endswith(".zip"):
            (root / "pyodide" / f"{name}.br").write_bytes(brotli.compress(content, quality=9))


def _wait_until_up(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2):  # nosec B310 # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")
