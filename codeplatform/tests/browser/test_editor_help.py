"""Help while typing: hints with their fixes, formatting, completion, documentation; all of it after Run is ready."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from codeplatform.tests.browser.test_accessibility import find_problems
from codeplatform.tests.browser.workbench import Workbench

pytestmark = pytest.mark.browser

OpenProject = Callable[..., Workbench]
# The first opening of a browser fetches and compiles the linter.
HELP_TIMEOUT_MS = 30_000
MARK_TIMEOUT_MS = 2_000
HELP_FILES = re.compile(r"/(linting|names)/|ruff|codemirror-help|help-.*\.json")


def hint_count(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^(No|\d+) hints?$"))


def wait_for_help(workbench: Workbench) -> None:
    workbench.wait_ready()
    expect(hint_count(workbench.page)).to_be_visible(timeout=HELP_TIMEOUT_MS)


def marks(page: Page) -> Locator:
    return page.locator(".cm-lintRange")


class TestHints:
    def test_a_misspelt_name_is_marked_with_our_words_and_fixed(self, open_project: OpenProject) -> None:
        workbench = open_project("cleo@demo", "Hints")
        wait_for_help(workbench)
        page = workbench.page
        workbench.write("total = 3\n")
        page.keyboard.type("prnt(total)\n")

        expect(marks(page)).to_have_text("prnt", timeout=MARK_TIMEOUT_MS)
        page.keyboard.press("F8")
        tooltip = page.locator(".cm-tooltip-lint")
        expect(tooltip).to_contain_text("prnt has not been given a value. Did you mean print?")
        expect(page.locator(".cm-announced")).to_have_text(re.compile("Line 2: prnt has not been given"))
        assert find_problems(page) == []
        tooltip.get_by_role("button", name="Write print").click()
        expect(workbench.editor).to_contain_text("print(total)")
        expect(marks(page)).to_have_count(0)
        expect(hint_count(page)).to_have_text("No hints")
        page.keyboard.press("ControlOrMeta+z")
        expect(workbench.editor).to_contain_text("prnt(total)")
