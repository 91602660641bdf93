"""What a beginner reads beneath a traceback."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.workbench import Workbench

pytestmark = pytest.mark.browser


def test_the_place_is_a_button_that_leads_to_the_line(bench: Workbench) -> None:
    bench.run("total = 1\n\nprint(total / 0)\n")
    bench.page.get_by_role("button", name="Go to main.py, line 3").click()
    expect(bench.editor).to_be_focused()
    bench.page.keyboard.press("End")
    bench.page.keyboard.insert_text("  # here")
    expect(bench.editor).to_contain_text("print(total / 0)  # here")


def test_the_paragraph_follows_the_traceback(bench: Workbench) -> None:
    text = bench.run("print(1 / 0)\n")
    assert text.index("ZeroDivisionError") < text.index("main.py, line 1 This line divides by zero")
