"""The project page as a person uses it, by its accessible names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import BrowserContext, Locator, Page, Route, TimeoutError, expect

from codeplatform.tests.browser.site import PASSWORD

READY_TIMEOUT_MS = 60_000
READY = re.compile(r"ready")
IS_READY = "status => /ready/.test(status.textContent)"
CONSOLE_TEXT = "log => [...log.children].map((piece) => piece.innerText.replace(/\\n$/, '')).join('\\n')"


def sign_in(context: BrowserContext, url: str, user: str) -> Page:
    """A page of `user`, who has just signed in."""
    page = context.new_page()
    page.goto(f"{url}/login/")
    # The form is sent as it is, but its answer, a page that no test is about, is not drawn.
    fields = {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}
    answer = page.evaluate(
        "(fields) => fetch('/login/', {method: 'POST', body: new URLSearchParams(fields)}).then(({url}) => url)",
        fields | {"username": user, "password": PASSWORD, "next": "/robots.txt"},
    )
    assert answer.endswith("/robots.txt"), f"{user} could not sign in."
    page.goto(f"{url}/projects/")
    return page


def find_students_project(page: Page, url: str, student: str, project: str, classroom: str = "10A") -> None:
    """The way of a teacher to a project: class, student, project."""
    page.goto(f"{url}/classes/")
    for name in (classroom, student, project):
        page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url("**/projects/*-*/")


def forbid_addresses(context: BrowserContext) -> None:
    """The site as if its settings let programs ask one address only, which no test asks."""

    def answer(route: Route) -> None:
        given = route.fetch()
        policy = given.headers["content-security-policy"]
        allowed = re.sub(r"connect-src [^;]*", "connect-src https://api.example.org", policy)
        route.fulfill(response=given, headers={**given.headers, "content-security-policy": allowed})

    context.route("**/sandbox/frame/**", answer)


def chosen(page: Page) -> Locator:
    return page.locator(".cm-tooltip-autocomplete").get_by_role("option", selected=True)


def accept(page: Page, name: str) -> None:
    """Tab takes the chosen name, once the list has been there for the moment in which no key is meant for it."""
    expect(chosen(page)).to_have_text(name, timeout=READY_TIMEOUT_MS)
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 100))")  # CodeMirror's interactionDelay: 75 ms
    page.keyboard.press("Tab")


class Workbench:
    """A project page in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.run_button = page.get_by_role("button", name="Run", exact=True)
        self.stop_button = page.get_by_role("button", name="Stop", exact=True)
        self.console = page.get_by_role("log", name="Console")
        self.input = page.get_by_role("textbox", name="Program input")
        self.editor = page.get_by_role("textbox", name="Code editor")
        self.files = page.get_by_role("region", name="Files")
        self.runtime = page.get_by_role("status", name="Runtime")
        self.save_status = page.get_by_role("status", name="Save status")

    def wait_ready(self, timeout_ms: int = READY_TIMEOUT_MS) -> None:
        # Looks at every frame. `expect` looks ever less often, which adds up over many short programs.
        try:
            self.page.wait_for_function(IS_READY, arg=self.runtime.element_handle(), timeout=timeout_ms)
        except TimeoutError:
            expect(self.runtime).to_have_text(READY, timeout=1)

    def write(self, code: str) -> None:
        """Replace the whole text of the open file."""
        self.page.locator(".cm-content[contenteditable=true]").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def run(self, code: str | None = None, answers: Iterable[str] = (), timeout_ms: int = READY_TIMEOUT_MS) -> str:
        """Run to the end, typing `answers` as the program asks; the console's text."""
        self.start(code)
        for answer in answers:
            self.answer(answer)
        self.wait_ready(timeout_ms)
        return self.text()

    def start(self, code: str | None = None) -> None:
        """Press Run; the program is running when this returns, or has already ended."""
        if code is not None:
            self.write(code)
        self.wait_ready()
        # A mark of this run: the console is cleared when the next one begins.
        mark = "log => log.append(Object.assign(document.createElement('i'), {id: 'last-run'}))"
        self.page.locator("#console").evaluate(mark)
        self.run_button.click()
        self.page.wait_for_function("() => !document.getElementById('last-run')")

    def stop_if_running(self) -> None:
        # A program may end at any moment: Stop, which is no button then, does nothing.
        self.stop_button.evaluate("button => button.click()")

    def answer(self, text: str) -> None:
        self.wait_input()
        self.input.fill(text)
        self.input.press("Enter")

    def wait_input(self) -> None:
        expect(self.input).to_be_enabled(timeout=READY_TIMEOUT_MS)

    def wait_saved(self) -> None:
        expect(self.save_status).to_have_text(re.compile(r"^Saved \d"), timeout=READY_TIMEOUT_MS)

    def text(self) -> str:
        """The console as it reads: one line below the other, without a gap where one piece of it ends."""
        text: str = self.console.evaluate(CONSOLE_TEXT)
        return text

    @property
    def explanation(self) -> Locator:
        """The paragraph beneath a traceback."""
        return self.console.locator(".explanation")

    def figure(self, number: int) -> Locator:
        return self.console.get_by_role("img", name=f"Figure {number}", exact=True)
