"""The page of an exercise as a person uses it, by its accessible names."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench

DONE = re.compile(r"passed: |could not be run")


class ExerciseDesk(Workbench):
    """A page of an exercise in a browser: a workbench with tests."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.task = page.get_by_role("region", name="Task")
        self.check_button = page.get_by_role("button", name="Check", exact=True)
        self.results = page.get_by_role("region", name="Test results")
        self.summary = page.locator("#test-summary")

    def check(self, code: str | None = None, timeout_ms: int = READY_TIMEOUT_MS) -> list[str]:
        """Press Check and wait for its end; what the line of each test says of its state."""
        if code is not None:
            self.write(code)
        expect(self.check_button).to_be_enabled(timeout=READY_TIMEOUT_MS)
        self.check_button.click()
        self.wait_checked(timeout_ms)
        return self.states()

    def wait_checked(self, timeout_ms: int = READY_TIMEOUT_MS) -> None:
        expect(self.summary).to_have_text(DONE, timeout=timeout_ms)
        expect(self.check_button).to_be_enabled(timeout=READY_TIMEOUT_MS)

    def states(self) -> list[str]:
        return self.results.locator(".test-state").all_inner_texts()

    def test(self, name: str) -> Locator:
        """The line of one test, with what stands beneath it."""
        return self.results.get_by_role("listitem").filter(has_text=name)
