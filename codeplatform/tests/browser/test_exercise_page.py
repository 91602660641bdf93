"""A student reads a task, writes, runs, and checks their program against tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances
from codeplatform.tests.browser.exercise_desk import ExerciseDesk, make_exercise
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

pytestmark = pytest.mark.browser

TESTS = """
IoSpec(name="Ada", input="Ada\\nMath\\n", expected="Hello Ada\\nYou like Math", points=2, time_limit_s=2,
       feedback="Print Hello and the name."),
IoSpec(name="Ben", input="Ben\\nArt\\n", expected="Hello Ben\\nYou like Art", time_limit_s=1),
IoSpec(name="Somebody else", input="Secretname\\nMusic\\n", expected="Hello Secretname\\nYou like Music",
       visibility="after-pass", feedback="It must greet everybody.", time_limit_s=1),
IoSpec(name="Hidden one", input="hidden-input\\nx\\n", expected="hidden-answer", visibility="hidden"),
"""
RIGHT = "name = input('Name? ')\nthing = input('What do you like? ')\nprint('Hello', name)\nprint('You like', thing)\n"
HARD_CODED = "print('Hello Ada')\nprint('You like Math')\n"
PASSED, FAILED, ERROR, TIMEOUT = "Passed", "Not passed", "Error", "Took too long"


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    hints = ("Ask twice.", "Print twice.")
    return make_exercise(site, TESTS, title="Greeting", hints=hints, starter={"main.py": b"# Greet\n"})


def open_desk(browser: Browser, site: Site, address: str, user: str = "ada@demo") -> ExerciseDesk:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page: Page = sign_in(context, site.url, user)
    page.goto(address)
    return ExerciseDesk(page)


@pytest.fixture(scope="module")
def shared(browser: Browser, site: Site, address: str) -> Iterator[ExerciseDesk]:
    """One page for all programs of this module: each check begins afresh."""
    desk = open_desk(browser, site, address)
    desk.wait_ready()
    yield desk
    desk.page.context.close()


class TestCheck:
    def test_right_program(self, shared: ExerciseDesk) -> None:
        assert shared.check(RIGHT) == [PASSED] * 3
        expect(shared.summary).to_have_text("3 of 3 tests passed: 4 of 4 points.")
        # What is typed after it has passed is no secret any more.
        shared.test("Somebody else").get_by_text("Somebody else").click()
        expect(shared.test("Somebody else")).to_contain_text("Secretname")

    def test_hard_coded_program(self, shared: ExerciseDesk) -> None:
        assert shared.check(HARD_CODED) == [PASSED, FAILED, FAILED]
        expect(shared.summary).to_have_text("1 of 3 tests passed: 2 of 4 points.")

    def test_difference_is_shown(self, shared: ExerciseDesk) -> None:
        shared.check("input()\nthing = input()\nprint('Hello Ada')\nprint('You like', thing.lower())\n")
        rows = shared.test("Ada").get_by_role("row")
        assert rows.nth(1).inner_text().split("\t")[0] == "Hello Ada"
        assert rows.nth(2).locator("mark").all_inner_texts() == ["M", "m"]
        expect(rows.nth(2)).to_contain_text("differs")
        expect(shared.test("Ada")).to_contain_text("Print Hello and the name.")
        expect(shared.test("Ada")).to_contain_text("Typed")

    def test_what_a_later_test_types_stays_unsaid(self, shared: ExerciseDesk) -> None:
        shared.check("input()\nprint('Hello')\n")
        secret = shared.test("Somebody else")
        secret.get_by_text("Somebody else").click()
        expect(secret).to_contain_text("It must greet everybody.")
        expect(secret).to_contain_text("shown once it passes")
        assert "Secretname" not in shared.results.inner_text()
        assert "You like Music" not in shared.results.inner_text()

    def test_endless_loop_costs_its_time_only(self, shared: ExerciseDesk) -> None:
        program = "name = input()\nwhile name == 'Ada':\n    pass\n" + RIGHT.replace("name = input('Name? ')\n", "")
        assert shared.check(program) == [TIMEOUT, PASSED, PASSED]
        expect(shared.test("Ada")).to_contain_text("took longer than 2 seconds")

    def test_error(self, shared: ExerciseDesk) -> None:
        assert shared.check("print('on')\n1 / 0\n") == [ERROR] * 3
        expect(shared.test("Ada")).to_contain_text("stopped in line 2 with ZeroDivisionError: division by zero")

    def test_input_asked_too_often(self, shared: ExerciseDesk) -> None:
        assert shared.check(f"{RIGHT}input('More? ')\n") == [ERROR] * 3
        expect(shared.test("Ada")).to_contain_text("asked for input() more often than this test types lines")

    def test_memory_hog_leaves_the_page_alive(self, shared: ExerciseDesk) -> None:
        states = shared.check(
            "hog = []\nwhile input() == 'Ada':\n    while True:\n        hog.append(bytearray(50_000_000))\n"
        )
        assert states[0] in {ERROR, TIMEOUT}
        assert shared.check(RIGHT) == [PASSED] * 3

    def test_stop_ends_the_check(self, shared: ExerciseDesk) -> None:
        shared.write("import time\ntime.sleep(60)\n")
        shared.check_button.click()
        expect(shared.results.locator(".test-state").first).to_have_text("Running")
        shared.stop_button.click()
        shared.wait_checked()
        assert shared.states() == ["Not run"] * 3
        expect(shared.summary).to_contain_text("Stopped.")

    def test_hidden_tests_are_nowhere(self, shared: ExerciseDesk) -> None:
        shared.check(RIGHT)
        everything = shared.page.content() + shared.page.evaluate("() => JSON.stringify({...localStorage})")
        assert "Secretname" in everything
        for planted in ("Hidden one", "hidden-input", "hidden-answer"):
            assert planted not in everything


class TestBesideCheck:
    def test_failing_test_is_loaded_into_the_console(self, shared: ExerciseDesk) -> None:
        shared.check(RIGHT.replace("Hello", "Hallo"))
        shared.test("Ada").get_by_role("button", name="Load into console").click()
        expect(shared.console).to_contain_text("Finished", timeout=60_000)
        assert "Hallo Ada" in shared.text()
        shared.page.get_by_text("Prepared input in use: 2 lines").click()
        assert shared.page.get_by_label("Prepared input").last.input_value() == "Ada\nMath\n"
        shared.page.get_by_role("button", name="Empty the box").click()

    def test_run_is_as_in_a_project(self, shared: ExerciseDesk) -> None:
        assert "You like tea" in shared.run(RIGHT, answers=["Ada", "tea"])

    def test_file_that_a_run_writes_can_be_looked_at(self, shared: ExerciseDesk) -> None:
        shared.run("open('out.txt', 'w').write('left by the program')\n")
        shared.page.get_by_label("File", exact=True).select_option(label="out.txt (written by the program)")
        expect(shared.page.locator("#preview")).to_have_text("left by the program")
        shared.page.get_by_label("File", exact=True).select_option("main.py")
        shared.run("import os\nprint(os.listdir())\n")
        assert "['main.py']" in shared.text()


class TestText:
    def test_text_hints_and_starter(self, browser: Browser, site: Site, address: str) -> None:
        desk = open_desk(browser, site, address, user="ben@demo")
        page = desk.page
        expect(desk.editor).to_have_text("# Greet")
        desk.write("mine = 1")
        expect(desk.save_status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
        page.get_by_role("button", name=re.compile("Show a hint")).click()
        expect(desk.task).to_contain_text("Ask twice.")
        page.reload()
        expect(desk.editor).to_have_text("mine = 1")
        expect(desk.task).to_contain_text("Ask twice.")
        assert "Print twice." not in desk.task.inner_text()

        page.get_by_role("button", name="Reset to starter").click()
        expect(desk.editor).to_have_text("# Greet")
        page.get_by_role("button", name="Undo reset").click()
        expect(desk.editor).to_have_text("mine = 1")
        page.context.close()

    def test_one_persons_text_is_not_shown_to_the_next(self, browser: Browser, site: Site, address: str) -> None:
        desk = open_desk(browser, site, address)
        desk.write("mine = 1")
        expect(desk.save_status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
        desk.page.context.clear_cookies()
        page = sign_in(desk.page.context, site.url, "cleo@demo")
        page.goto(address)
        expect(ExerciseDesk(page).editor).to_have_text("# Greet")
        page.context.close()


class TestWithoutMouse:
    def test_check_and_read_by_keyboard(self, shared: ExerciseDesk) -> None:
        shared.write(HARD_CODED)
        shared.page.keyboard.press("Shift+Alt+Enter")
        shared.wait_checked()
        expect(shared.page.locator("#announcer")).to_contain_text("1 of 3 tests passed")
        line = shared.test("Ben").locator("summary")
        line.focus()
        assert shared.test("Ben").get_by_text("Typed").is_visible()
        shared.page.keyboard.press("Enter")
        expect(shared.test("Ben").get_by_text("Typed")).to_be_hidden()

    def test_no_known_problem_for_anybody(self, shared: ExerciseDesk) -> None:
        shared.check("input()\nthing = input()\nprint('Hello Ada')\nprint('You like', thing.lower())\n")
        problems: Problems = {}
        # On a phone, the panel that has the focus is the one that is shown.
        for panel, inside in {"task": shared.task, "code": shared.editor, "output": shared.results}.items():
            inside.focus()
            check_appearances(shared.page, panel, problems)
        assert problems == {}
