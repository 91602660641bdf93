"""The contenders' servers, each a real gunicorn on a port of its own."""

from __future__ import annotations

import os
import re
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

from benchmarks.distribution import BASE_DIR, compress, lay_out_pyodide
from codeplatform.tests.browser.site import Site

# As Django puts it into the name of a collected file.
HASH = re.compile(rb"\.([0-9a-f]{12})\.")
NAMING = (".js", ".mjs", ".css", ".json", ".html")
COMPRESSED = (".br", ".gz")


@contextmanager
def our_site(folder: Path) -> Iterator[Site]:
    """This site with the demo data, in a database of its own."""
    folder.mkdir()
    site = Site(folder)
    site.prepare()
    site.start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def upgraded(site: Site) -> Iterator[None]:
    """While this lasts, the site is a newer one whose own files have all changed, on the same runtime."""
    now, newer = site.folder / "static", site.folder / "static-newer"
    if not newer.exists():
        copy_with_new_names(now, newer)
    _exchange(site, now, newer)
    try:
        yield
    finally:
        _exchange(site, now, newer)


def copy_with_new_names(static: Path, target: Path) -> None:
    """Collected static files whose hashes read backwards, in their names and wherever one names another."""
    shutil.copytree(static, target)
    for path in [path for path in target.rglob("*") if path.is_file()]:
        if path.suffix in COMPRESSED and path.with_suffix("").suffix in NAMING:
            path.unlink()
            continue
        content = path.read_bytes()
        if path.suffix in NAMING:
            content = HASH.sub(lambda found: b"." + found[1][::-1] + b".", content)
        path.unlink()
        renamed = path.with_name(HASH.sub(lambda found: b"." + found[1][::-1] + b".", path.name.encode()).decode())
        renamed.write_bytes(content)
        if path.suffix in NAMING:
            renamed.with_name(f"{renamed.name}.br").write_bytes(brotli.compress(content, quality=5))


def _exchange(site: Site, now: Path, newer: Path) -> None:
    aside = now.with_name("static-aside")
    now.rename(aside)
    newer.rename(now)
    aside.rename(newer)
    site.stop()
    site.start()


@contextmanager
def bare_pyodide(folder: Path) -> Iterator[str]:
    """The address of a page with the official Pyodide files of the same version and nothing else."""
    root = folder / "bare"
    shutil.copytree(BASE_DIR / "benchmarks" / "bare", root)
    lay_out_pyodide(root / "pyodide")
    compress(root)
    with served(root) as address:
        yield address


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of a server of these files, which is as ours is: the same program, as many processes and threads."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.bare_server"]
    options = ["--workers=2", "--threads=8", "--keep-alive=75", "--no-control-socket", "--log-level=error"]
    server = subprocess.Popen(
        [*command, *options, f"--bind=127.0.0.1:{port}"],
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


def _wait_until_up(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")
