"""Help while typing: hints with their fixes, formatting, completion, documentation; all of it after Run is ready."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from codeplatform.tests.browser.accessibility import find_problems
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, accept, chosen, sign_in

pytestmark = pytest.mark.browser

OpenProject = Callable[..., Workbench]
# The first opening of a browser fetches and compiles the linter.
HELP_TIMEOUT_MS = 30_000
MARK_TIMEOUT_MS = 2_000
# When Runtime first said ready, and each file of the help that was fetched, in ms.
WATCH_READY = """
document.addEventListener("DOMContentLoaded", () => {
  const status = document.getElementById("runtime-status");
  if (!status) return;
  new MutationObserver(() => {
    if (status.textContent.startsWith("ready")) window.readyAt ??= performance.now();
  }).observe(status, {childList: true, characterData: true, subtree: true});
});
"""
HELP_FETCHES = """() => performance.getEntriesByType("resource")
  .filter(({name}) => /\\/(linting|names)\\/|\\/ruff\\.|codemirror-help|\\/names-\\w+\\.json/.test(name))
  .map(({name, startTime}) => [new URL(name).pathname, startTime - window.readyAt])"""
WATCH_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI, sourceFile, target}) =>
  window.violations.push([violatedDirective, blockedURI, sourceFile, target.outerHTML?.slice(0, 200)].join(" ")));
"""


def hint_count(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^(No|\d+) hints?$"))


def wait_for_help(workbench: Workbench) -> None:
    workbench.wait_ready()
    expect(hint_count(workbench.page)).to_be_visible(timeout=HELP_TIMEOUT_MS)


def names_list(page: Page) -> Locator:
    return page.locator(".cm-tooltip-autocomplete")


def marks(page: Page) -> Locator:
    return page.locator(".cm-lintRange")


def code(page: Page) -> str:
    lines: list[str] = page.locator(".cm-line").all_inner_texts()
    return "\n".join(line.strip("\n") for line in lines)


@pytest.fixture
def helped(bench: Workbench) -> Workbench:
    """The module's page with its help loaded and an empty file."""
    wait_for_help(bench)
    bench.page.keyboard.press("Escape")
    bench.write("")
    return bench


class TestHints:
    def test_a_misspelt_name_is_marked_with_our_words_and_fixed(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("total = 3\n")
        page.keyboard.type("prnt(total)\n")

        expect(marks(page)).to_have_text("prnt", timeout=MARK_TIMEOUT_MS)
        page.keyboard.press("F8")
        tooltip = page.locator(".cm-tooltip-lint")
        expect(tooltip).to_contain_text("prnt has not been given a value. Did you mean print?")
        assert find_problems(page) == []
        tooltip.get_by_role("button", name="Write print").click()
        expect(helped.editor).to_contain_text("print(total)")
        expect(marks(page)).to_have_count(0)
        expect(hint_count(page)).to_have_text("No hints")
        page.keyboard.press("ControlOrMeta+z")
        expect(helped.editor).to_contain_text("prnt(total)")

    def test_the_keyboard_alone_finds_and_fixes(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("print(math.pi)\nprnt(1)\n")
        expect(marks(page)).to_have_count(2)
        expect(hint_count(page)).to_have_text("2 hints")

        page.keyboard.press("ControlOrMeta+Shift+m")
        hints = page.get_by_role("region", name="Hints")
        rows = hints.get_by_role("button")
        expect(rows.first).to_be_focused()
        expect(rows.first).to_have_text("Error, line 1: math is a module and must be imported first: import math.")
        assert find_problems(page) == []
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(helped.editor).to_contain_text("import math")
        expect(hint_count(page)).to_have_text("1 hint")
        page.keyboard.press("F8")
        page.keyboard.press("ControlOrMeta+.")
        expect(hint_count(page)).to_have_text("No hints")
        assert code(page) == "import math\nprint(math.pi)\nprint(1)\n"
        hints.get_by_role("button", name="Close").click()
        expect(helped.editor).to_be_focused()

    def test_the_line_being_written_is_left_alone_until_a_pause(self, helped: Workbench) -> None:
        page = helped.page
        page.evaluate("""() => {
          window.marked = 0;
          window.watch = new MutationObserver(() => {
            window.marked = Math.max(window.marked, document.querySelectorAll(".cm-lintRange").length);
          });
          window.watch.observe(document.querySelector(".cm-content"), {childList: true, subtree: true});
        }""")
        page.keyboard.type("print(unheard_of_name", delay=100)
        assert page.evaluate("() => window.marked") == 0
        expect(marks(page)).to_have_count(1, timeout=MARK_TIMEOUT_MS)
        page.evaluate("() => window.watch.disconnect()")

    def test_marks_of_a_failed_program_and_hints_stand_beside_each_other(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("import os\n\n\nprint(1 / 0)\n")
        expect(marks(page)).to_have_text(["os"], timeout=MARK_TIMEOUT_MS)
        helped.run()
        expect(marks(page)).to_have_text(["os", "1 / 0"])
        helped.editor.click()
        page.keyboard.press("Control+End")
        page.keyboard.type("prnt(1)\n")
        expect(marks(page).last).to_have_text("prnt", timeout=MARK_TIMEOUT_MS)
        expect(marks(page).first).to_have_text("os")

    def test_names_of_other_files_are_known(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("import helper\n\nprint(helper.add(1, 2))\n")
        expect(hint_count(page)).to_have_text("No hints")


class TestFormat:
    UGLY = "def  f( a,b ):\n  return   a+b\n\nprint( f(1,2) )\n"
    NEAT = "def f(a, b):\n    return a + b\n\n\nprint(f(1, 2))\n"

    def test_formats_keeps_the_cursor_and_is_one_step(self, helped: Workbench) -> None:
        page = helped.page
        helped.write(self.UGLY)
        page.keyboard.press("ArrowUp")
        page.keyboard.press("End")
        for _ in range(5):
            page.keyboard.press("ArrowLeft")
        page.keyboard.press("Alt+Shift+F")
        expect(page.get_by_role("status", name="Editor")).to_have_text("Formatted.")
        assert code(page) == self.NEAT
        page.keyboard.type("7")
        assert "f(71, 2)" in code(page) or "f(17, 2)" in code(page)
        page.keyboard.press("ControlOrMeta+z")
        page.keyboard.press("ControlOrMeta+z")
        assert code(page) == self.UGLY

    def test_leaves_a_text_with_a_syntax_error_alone_and_says_so(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("x  =  (1,\n")
        page.get_by_role("button", name="Format").click()
        expect(page.get_by_role("status", name="Editor")).to_contain_text("Not formatted")
        assert code(page) == "x  =  (1,\n"


class TestCompletion:
    def test_offers_after_two_letters_and_accepts_with_tab(self, helped: Workbench) -> None:
        page = helped.page
        page.keyboard.type("p")
        expect(names_list(page)).to_have_count(0)
        page.keyboard.type("ri")
        expect(chosen(page)).to_have_text("print")
        expect(helped.editor).to_have_attribute("aria-activedescendant", re.compile("."))
        expect(page.locator(".cm-completionInfo")).to_contain_text("Prints the values")
        assert find_problems(page) == []
        accept(page, "print")
        expect(names_list(page)).to_have_count(0)
        assert code(page) == "print"

    def test_knows_methods_own_names_and_libraries(self, helped: Workbench) -> None:
        page = helped.page
        for written, wanted in [
            ("s = 'a b'\ns.", "split"),
            ("import numpy as np\nnp.lins", "linspace"),
            ("class Dog:\n    def bark(self):\n        pass\n\n\nDog().", "bark"),
        ]:
            helped.write(written[:-1])
            page.keyboard.type(written[-1])
            expect(names_list(page).get_by_role("option", name=wanted, exact=True)).to_be_visible(
                timeout=HELP_TIMEOUT_MS
            )
            page.keyboard.press("Escape")
            expect(names_list(page)).to_have_count(0)

    def test_offers_nothing_in_texts_and_comments(self, helped: Workbench) -> None:
        page = helped.page
        page.evaluate("""() => {
          window.lists = 0;
          window.watch = new MutationObserver((changes) => {
            const added = changes.flatMap(({addedNodes}) => [...addedNodes]);
            window.lists += added.filter((node) => node.matches?.(".cm-tooltip-autocomplete")).length;
          });
          window.watch.observe(document.body, {childList: true, subtree: true});
        }""")
        page.keyboard.type("# prin", delay=150)
        page.keyboard.press("Enter")
        page.keyboard.type("x = 'prin", delay=150)
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        page.keyboard.type("pri", delay=150)
        expect(chosen(page)).to_have_text("print")
        assert page.evaluate("() => {window.watch.disconnect(); return window.lists}") == 1

    def test_enter_after_a_whole_word_is_a_new_line(self, helped: Workbench) -> None:
        page = helped.page
        page.keyboard.type("x = int")
        expect(names_list(page).get_by_role("option", name="int", exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.type("y")
        assert code(page) == "x = int\ny"


class TestDocumentation:
    def test_f1_tells_what_a_name_means(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("print")
        page.keyboard.press("F1")
        panel = page.locator(".name-doc")
        expect(panel).to_contain_text("print(*args, sep=' ', end='\\n', file=None, flush=False)")
        expect(panel).to_contain_text("Prints the values to a stream")
        assert find_problems(page) == []
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)

    def test_the_mouse_finds_the_projects_own_words(self, helped: Workbench) -> None:
        page = helped.page
        helped.write(
            'def area(width):\n    """The area of a square."""\n    return width * width\n\n\nprint(area(2))\n'
        )
        page.get_by_text("area", exact=True).last.hover()
        expect(page.locator(".name-doc")).to_contain_text("The area of a square.")
        page.mouse.move(0, 0)

    def test_a_call_shows_its_parameters_as_it_is_written(self, helped: Workbench) -> None:
        page = helped.page
        helped.write("def area(width, height):\n    return width\n\n\n")
        page.keyboard.type("area(1, ")
        shown = page.locator(".name-doc")
        expect(shown).to_have_text("area(width, height)")
        expect(shown.locator("b")).to_have_text("height")
        page.keyboard.type("2)")
        expect(shown).to_have_count(0)


@pytest.mark.fresh
class TestLoading:
    def test_nothing_of_it_is_fetched_before_run_is_ready(
        self, open_project: OpenProject, context: BrowserContext
    ) -> None:
        context.add_init_script(WATCH_READY)
        context.add_init_script(WATCH_VIOLATIONS)
        reports: list[str] = []
        context.on("console", lambda message: reports.append(message.text))
        workbench = open_project("cleo@demo", "Help at first")
        wait_for_help(workbench)
        page = workbench.page
        # Typed: replacing a whole text makes Chromium itself try an inline style.
        workbench.editor.click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\nprnt(1)\npri")
        accept(page, "print")
        page.keyboard.press("F1")
        expect(page.locator(".name-doc")).to_be_visible()
        expect(marks(page)).to_have_text(["prnt"], timeout=HELP_TIMEOUT_MS)

        fetched = page.evaluate(HELP_FETCHES)
        assert {path.split("/")[2] for path, _ in fetched} >= {"linting", "names", "vendor"}
        assert [path for path, after_ms in fetched if after_ms < 0] == []
        assert page.evaluate("() => window.violations") == []
        assert [report for report in reports if "Content Security Policy" in report] == []

    def test_the_linter_is_served_for_ever_and_small(self, open_project: OpenProject, context: BrowserContext) -> None:
        with context.expect_event(
            "response", lambda response: "/ruff." in response.url and "wasm" in response.url
        ) as found:
            workbench = open_project("cleo@demo", "Help")
            wait_for_help(workbench)
        headers = found.value.headers
        assert "immutable" in headers["cache-control"]
        assert headers["content-encoding"] == "br"
        assert int(headers["content-length"]) < 3_200_000

    def test_goes_on_without_a_network(self, open_project: OpenProject, context: BrowserContext) -> None:
        workbench = open_project("cleo@demo", "Help")
        wait_for_help(workbench)
        workbench.page.wait_for_function(f"() => ({HELP_FETCHES})().some(([path]) => path.includes('names-python'))")
        context.set_offline(True)
        workbench.write("prnt(1)\n")
        expect(marks(workbench.page)).to_have_text("prnt", timeout=MARK_TIMEOUT_MS)
        workbench.write("pri")
        workbench.page.keyboard.type("n")
        expect(chosen(workbench.page)).to_have_text("print")

    def test_a_device_that_saves_data_loads_the_linter_when_it_is_asked_for(
        self, open_project: OpenProject, context: BrowserContext, site: Site
    ) -> None:
        context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
        workbench = open_project("cleo@demo", "Help")
        check = workbench.page.get_by_role("button", name="Check", exact=True)
        expect(check).to_be_visible(timeout=HELP_TIMEOUT_MS)
        before = [request for request in site.requests() if "/ruff." in request.path]
        workbench.write("prnt(1)\n")
        check.click()
        expect(marks(workbench.page)).to_have_text("prnt", timeout=HELP_TIMEOUT_MS)
        assert len([request for request in site.requests() if "/ruff." in request.path]) > len(before)

    def test_a_reader_gets_documentation_and_no_changes(
        self, open_project: OpenProject, context: BrowserContext, site: Site
    ) -> None:
        writer = open_project("ben@demo", "Read me")
        writer.write("prnt(1)\nprint(2)\n")
        writer.wait_saved()
        address = writer.page.url
        context.clear_cookies()
        page = sign_in(context, site.url, "teacher@demo")
        page.goto(address)
        reader = Workbench(page)
        wait_for_help(reader)
        expect(page.get_by_role("button", name="Format")).to_have_count(0)
        reader.editor.click()
        page.keyboard.press("Control+Home")
        page.keyboard.press("F8")
        tooltip = page.locator(".cm-tooltip-lint")
        expect(tooltip).to_contain_text("Did you mean print?")
        expect(tooltip.get_by_role("button")).to_have_count(0)
        page.keyboard.press("ControlOrMeta+.")
        page.keyboard.press("Control+End")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("F1")
        expect(page.locator(".name-doc")).to_contain_text("Prints the values")
        assert code(page) == "prnt(1)\nprint(2)\n"


def test_a_phone_completes_by_touch(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, color_scheme="dark")
    page = sign_in(context, site.url, "dan@demo")
    page.goto(f"{site.url}/projects/")
    page.get_by_role("link", name="Hello", exact=True).click()
    workbench = Workbench(page)
    wait_for_help(workbench)
    workbench.write("pri")
    page.keyboard.type("n")
    expect(chosen(page)).to_have_text("print")
    assert find_problems(page) == []
    chosen(page).tap()
    expect(names_list(page)).to_have_count(0)
    assert code(page) == "print"
    context.close()
