"""The page of an exercise as a person uses it, by its accessible names."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from codeplatform.tests.browser.site import Site
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
        line = self.page.locator(".test-name").get_by_text(name, exact=True)
        return self.results.get_by_role("listitem").filter(has=line)


MAKE = """
from exercises.specs import CallSpec, ExerciseFolder, FileSpec, IoSpec, StructureSpec, UnittestSpec
from exercises.versions import create_exercise
folder = ExerciseFolder(
    slug={slug!r}, title={title!r}, topic="loops", difficulty=1, statement="Do what the **tests** say.",
    starter={starter!r}, reference={{"main.py": b"pass"}}, hints={hints!r}, tests=({tests}), test_files={test_files!r},
)
print(create_exercise(folder, author=None, school=None, is_shared=True).pk)
"""


def make_exercise(
    site: Site,
    tests: str,
    *,
    title: str,
    starter: dict[str, bytes] | None = None,
    hints: tuple[str, ...] = (),
    test_files: dict[str, bytes] | None = None,
) -> str:
    """The address of a new exercise of the site; `tests` is Python, specs with a comma after each."""
    code = MAKE.format(
        slug=title.lower().replace(" ", "-"),
        title=title,
        starter=starter or {"main.py": b"# begin here\n"},
        hints=hints,
        tests=tests,
        test_files=test_files or {},
    )
    return f"{site.url}/exercises/{site.query(code)}/"
