"""A teacher writes an exercise on one page, without knowing what a test looks like in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from codeplatform.tests.browser.accessibility import find_problems
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, sign_in

pytestmark = pytest.mark.browser

SOLUTION = "a = int(input('First? '))\nb = int(input('Second? '))\nprint('Sum:', a + b)\n"
STARTER = "print('Sum: 5')\n"


class Author:
    """The page where an exercise is written, by its accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.try_out = page.get_by_role("region", name="Try it")
        self.console = page.get_by_role("log", name="Console")
        self.told = page.locator("#author-status")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def write(self, file: str, code: str) -> None:
        editor = self.page.get_by_role("textbox", name=file)
        editor.click()
        editor.press("Control+a")
        self.page.keyboard.insert_text(code)

    def run(self, button: str, answers: list[str]) -> None:
        expect(self.button(button)).to_be_enabled(timeout=READY_TIMEOUT_MS)
        self.button(button).click()
        line = self.page.get_by_role("textbox", name="Program input")
        for answer in answers:
            expect(line).to_be_enabled(timeout=READY_TIMEOUT_MS)
            line.fill(answer)
            line.press("Enter")
        expect(self.console).to_contain_text("Finished", timeout=READY_TIMEOUT_MS)

    def run_tests(self, told: str | re.Pattern[str]) -> None:
        expect(self.button("Run the tests")).to_be_enabled(timeout=READY_TIMEOUT_MS)
        self.button("Run the tests").click()
        expect(self.told).to_contain_text(told, timeout=READY_TIMEOUT_MS)
        expect(self.button("Stop the tests")).to_be_hidden()

    def test(self, number: int) -> Locator:
        return self.page.get_by_role("group", name=f"Test {number}", exact=True)

    def typed(self, number: int) -> str:
        return self.test(number).get_by_label("When the student types").input_value()

    def expected(self, number: int) -> str:
        return self.test(number).get_by_label("the program prints").input_value()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.button("Save").or_(self.button("Save exercise")).last.click()


def test_from_an_empty_page_to_a_shared_exercise(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = sign_in(context, site.url, "teacher@demo")
    page.goto(f"{site.url}/exercises/")
    page.get_by_role("link", name="New exercise").click()
    author = Author(page)

    page.get_by_role("textbox", name="What to do").fill("Ask for **two** numbers.")
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("two", timeout=READY_TIMEOUT_MS)

    # A test is made of what is typed into the console and what the program prints beside its questions.
    author.write("main.py, solution", SOLUTION)
    author.run("Run your solution", ["2", "3"])
    author.button("Make this a test").click()
    expect(author.try_out).to_contain_text("Test 1 is made from this run.", timeout=READY_TIMEOUT_MS)
    assert (author.typed(1), author.expected(1)) == ("2\n3", "Sum: 5")
    author.run("Run your solution", ["10", "-4"])
    author.button("Make this a test").click()
    expect(author.try_out).to_contain_text("Test 2 is made from this run.", timeout=READY_TIMEOUT_MS)
    assert (author.typed(2), author.expected(2)) == ("10\n-4", "Sum: 6")

    # A starter that passes a test is pointed out.
    author.write("main.py, starter", STARTER)
    author.run_tests("Your solution passes all 2 tests. The untouched starter passes test 1, too.")
    expect(author.test(1)).to_contain_text("The untouched starter passes this test, too")
    expect(author.test(2)).to_contain_text("Your solution passes.")
    expect(author.test(2)).not_to_contain_text("untouched")

    # What a test expects may be taken from what came; a changed row is not what was tested.
    author.test(1).get_by_label("the program prints").fill("Total: 5")
    expect(author.test(1)).not_to_contain_text("Your solution passes.")
    author.run_tests("Your solution does not pass test 1.")
    expect(author.test(1).get_by_role("table")).to_contain_text("Total")
    author.test(1).get_by_role("button", name="Expect what came").click()
    assert author.expected(1) == "Sum: 5"

    # Rows come, move and go, and nothing that was typed is lost.
    author.test(1).get_by_role("button", name="Move down").click()
    expect(author.test(2).get_by_label("the program prints")).to_have_value("Sum: 5")
    author.test(2).get_by_role("button", name="Duplicate").click()
    expect(author.test(3).get_by_label("the program prints")).to_have_value("Sum: 5")
    author.test(3).get_by_role("button", name="Delete").click()
    expect(author.test(3)).to_be_hidden()

    # Whatever is wrong leads to its field, before tests run and before anything is saved.
    author.test(1).get_by_label("Points").fill("many")
    author.run_tests("Before the tests can run:")
    author.told.get_by_role("link").click()
    expect(author.test(1).get_by_label("Points")).to_be_in_viewport()
    author.test(1).get_by_label("Points").fill("2")
    author.save()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet.")
    page.get_by_label("Title").fill("Two numbers")
    page.get_by_label("Share it with everybody in the school").check()
    author.save()
    expect(page.get_by_text("“Two numbers” is saved.")).to_be_visible()
    assert (author.typed(1), author.expected(2)) == ("10\n-4", "Sum: 5")

    problems = {}
    author.run_tests(re.compile("untouched starter passes test 2"))
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
            if found := find_problems(page):
                problems[f"{scheme}, {width}"] = found
    assert problems == {}
    page.set_viewport_size({"width": 1280, "height": 900})

    # Out as a zip, and in again: nothing has changed. A colleague who imports it gets one of their own.
    page.goto(f"{site.url}/exercises/?q=two+numbers")
    page.locator("summary", has_text="More for Two numbers").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a zip").click()
    packed = tmp_path / "two-numbers.zip"
    download.value.save_as(packed)
    for user, told in (
        ("teacher@demo", "1 as they were"),
        ("other@demo", "1 as they were"),
        ("teacher@elsewhere", "1 new"),
    ):
        context.clear_cookies()
        page = sign_in(context, site.url, user)
        page.goto(f"{site.url}/exercises/")
        page.get_by_text("Import, export").click()
        page.get_by_role("link", name="Import a zip").click()
        page.get_by_label("Zip file").set_input_files(packed)
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_text(f"Exercises imported: {told}.")).to_be_visible()
        expect(page.get_by_role("link", name="Two numbers", exact=True)).to_be_visible()
    context.close()
