"""A browser that is killed, as by a flat battery, and opened again on the same profile."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Error, expect

from codeplatform.tests.browser.conftest import ARGUMENTS
from codeplatform.tests.browser.workbench import Workbench, sign_in

KEY_EVERY_S = 0.05


class KillableBrowser:
    """Chromium on one user data directory, opened as often as wanted."""

    def __init__(self, browser_type: BrowserType, chromium_path: str, profile: Path) -> None:
        self.browser_type = browser_type
        self.chromium_path = chromium_path
        self.profile = profile
        self.context: BrowserContext | None = None

    def open(self, url: str, user: str, address: str) -> Workbench:
        """A new browser with the project at `address`; Python is kept from loading."""
        self.close()
        self.context = self.browser_type.launch_persistent_context(
            str(self.profile), executable_path=self.chromium_path, args=ARGUMENTS
        )
        self.context.route("**/runtime/**", lambda route: route.abort())
        page = sign_in(self.context, url, user)
        page.goto(address)
        workbench = Workbench(page)
        expect(workbench.editor).to_be_visible()
        return workbench

    def kill(self) -> None:
        """SIGKILL to the one browser process that uses the profile; its children end with it."""
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                arguments = (entry / "cmdline").read_bytes().decode(errors="replace")
                if f"--user-data-dir={self.profile}" in arguments and "--type=" not in arguments:
                    os.kill(int(entry.name), signal.SIGKILL)
        self.close()

    def close(self) -> None:
        if self.context:
            with contextlib.suppress(Error):
                self.context.close()
        self.context = None

    def seconds_lost(self, url: str, user: str, address: str, after_s: float) -> float:
        """Type without a pause, kill the browser `after_s` later, open it again: so much typing is missing."""
        tab = self.open(url, user, address)
        tab.write("")
        began = time.monotonic()
        typed = 0
        while time.monotonic() - began < after_s:
            tab.page.keyboard.insert_text("x")
            typed += 1
            time.sleep(max(0, began + typed * KEY_EVERY_S - time.monotonic()))
        took_s = time.monotonic() - began
        self.kill()
        reopened = self.open(url, user, address)
        reopened.wait_saved()
        left = reopened.editor.inner_text().count("x")
        return (typed - left) * took_s / typed
