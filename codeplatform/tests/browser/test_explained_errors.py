"""What a beginner reads beneath a traceback, and sees in the editor."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.beginner_errors import CASES, Case
from codeplatform.tests.browser.workbench import Workbench

pytestmark = pytest.mark.browser

# Highlighting divides a mark into several elements.
TEXT_BY_LINE = """(marks) => {
  const lines = Map.groupBy(marks, (mark) => mark.closest(".cm-line"));
  return [...lines.values()].map((parts) => parts.map((part) => part.textContent).join(""));
}"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_beginner_error(bench: Workbench, case: Case) -> None:
    bench.run(case.program, case.answers)
    note = bench.explanation
    expect(note.get_by_role("button", name=f"Go to main.py, line {case.line}", exact=True)).to_be_visible()
    text = note.inner_text()
    for part in case.parts:
        assert part in text, text
    assert text.count(". ") <= 3, "One to three sentences"


def test_the_paragraph_follows_the_traceback(bench: Workbench) -> None:
    text = bench.run("print(1 / 0)\n")
    assert text.index("ZeroDivisionError") < text.index("main.py, line 1: Python cannot divide by zero")


def test_the_place_is_a_button_that_leads_to_the_line(bench: Workbench) -> None:
    bench.run("total = 1\n\nprint(total / 0)\n")
    bench.page.get_by_role("button", name="Go to main.py, line 3").click()
    expect(bench.editor).to_be_focused()
    bench.page.keyboard.press("End")
    bench.page.keyboard.insert_text("  # here")
    expect(bench.editor).to_contain_text("print(total / 0)  # here")


def test_a_program_without_error_loads_no_explanation(bench: Workbench) -> None:
    loaded = "import sys\nprint([name for name in sys.modules if 'explanations' in name])"
    bench.page.reload()
    bench.wait_ready()
    assert "[]" in bench.run(loaded)


def test_text_of_a_program_is_no_markup(bench: Workbench) -> None:
    bench.run("d = {'a': 1}\nd['<img src=x onerror=alert(1)>`<b>']")
    assert "<img src=x onerror=alert(1)>" in bench.explanation.inner_text()
    expect(bench.explanation.locator("img, b")).to_have_count(0)


@pytest.mark.parametrize(
    ("program", "marked"),
    [
        ("count = 0\nprint('average:', 10 / count)\n", ["10 / count"]),
        ("print('日本語 👩', [1, 2][5] + 1)\n", ["[1, 2][5]"]),
        ("x = 1 + (\n    2 /\n    0\n)\n", ["2 /", "    0"]),
        ("numbers = [1, 2, 3\nprint(numbers)\n", ["["]),
        ("for i in range(3)\n    print(i)\n", [")"]),
        ("if True:\nprint('x')\n", ["print('x')"]),
    ],
)
def test_the_very_expression_is_underlined_until_the_text_changes(
    bench: Workbench, program: str, marked: list[str]
) -> None:
    bench.run(program)
    marks = bench.page.locator("#editor .cm-programError")
    expect(marks.first).to_be_visible()
    assert marks.evaluate_all(TEXT_BY_LINE) == marked
    bench.editor.press("End")
    bench.page.keyboard.insert_text(" ")
    expect(marks).to_have_count(0)
    expect(bench.page.locator("#editor .cm-errorLine")).to_have_count(0)


def test_the_mark_tells_the_error_when_pointed_at(bench: Workbench) -> None:
    bench.run("count = 0\nprint(10 / count)\n")
    bench.page.locator("#editor .cm-lint-marker-error").hover()
    expect(bench.page.locator(".cm-tooltip")).to_contain_text("ZeroDivisionError: division by zero")
