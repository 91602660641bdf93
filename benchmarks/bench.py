"""What all benchmarks share: the contenders' servers, started when first asked for, and the browsers."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from benchmarks import report
from benchmarks.jupyterlite import built_jupyterlite
from benchmarks.results import Row
from benchmarks.servers import bare_pyodide, our_site, served
from codeplatform.tests.browser.conftest import ARGUMENTS
from codeplatform.tests.browser.site import Site

VIEWPORT = {"width": 1280, "height": 800}


class Bench:
    """A run of `python -m benchmarks`; a context manager, which stops what it started.

    `asked_rounds` is what the command line says, or None: each benchmark has a number of its own. `profile` is the user
    data directory of the browser opened last.
    """

    def __init__(self, asked_rounds: int | None = None, say: Callable[[str], None] = print) -> None:
        self.asked_rounds = asked_rounds
        self.say = say
        self.browser_version = ""
        self.profile = ""
        self._open = ExitStack()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def rounds(self, default: int) -> int:
        return self.asked_rounds or default

    @cached_property
    def folder(self) -> Path:
        """Empty at first, gone at the end."""
        return Path(self._open.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))

    @cached_property
    def site(self) -> Site:
        """This site behind its real server, with the demo data."""
        return self._open.enter_context(our_site(self.folder / "site"))

    @cached_property
    def bare_url(self) -> str:
        """The address of the bare page with Pyodide."""
        return self._open.enter_context(bare_pyodide(self.folder))

    @cached_property
    def has_jupyterlite(self) -> bool:
        """Whether JupyterLite is built, or could be: without the Python package index it is left out, and said so."""
        try:
            return built_jupyterlite().is_dir()
        except subprocess.CalledProcessError:
            self.say("JupyterLite could not be built; the report leaves it out.")
            return False

    @cached_property
    def jupyterlite_url(self) -> str:
        """The address of JupyterLite on the same Pyodide."""
        return self._open.enter_context(served(built_jupyterlite()))

    @cached_property
    def playwright(self) -> Playwright:
        return self._open.enter_context(sync_playwright())

    @contextmanager
    def fresh_browser(self) -> Iterator[BrowserContext]:
        """A Chromium that has never been anywhere, with a profile on disk as everybody's has."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            self.profile = profile
            context = self.playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium_path(), args=ARGUMENTS, viewport=VIEWPORT
            )
            self.browser_version = context.browser.version if context.browser else self.browser_version
            try:
                yield context
            finally:
                context.close()

    def machine(self) -> str:
        """What it all ran on, for `Section.machine`."""
        return report.machine(self.browser_version)

    def tell(self, rows: list[Row]) -> None:
        """Print rows that have just been measured."""
        for row in rows:
            self.say(f"  {report.as_text(row, rows)}")


def chromium_path() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
