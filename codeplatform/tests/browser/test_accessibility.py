"""Every page of the student's and the teacher's day, and every state of the project page, checked by axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances, find_problems
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, find_students_project, sign_in

pytestmark = pytest.mark.browser

# Colours as the View menu sets them; the first is the one in which all rules are checked.
THEMES = ("light", "dark", "contrast")
SHOW_THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"
TINY_PNG = (
    "import base64, pathlib\n"
    "data = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='\n"
    "pathlib.Path('dot.png').write_bytes(base64.b64decode(data))\n"
)
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"
ERROR = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nraise ValueError('no')\n"


def check_state(page: Page, name: str, problems: Problems) -> None:
    """All rules in the first theme; in the others only what depends on colours."""
    for theme in THEMES:
        page.evaluate(SHOW_THEME, theme)
        rules = () if theme == THEMES[0] else ("color-contrast",)
        if found := find_problems(page, rules):
            problems[f"{name}, {theme}"] = found
    page.evaluate(SHOW_THEME, THEMES[0])


@contextmanager
def project_page(browser: Browser, site: Site, width: int, name: str = "States") -> Iterator[Workbench]:
    """A project of Dan's, made anew."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = sign_in(context, site.url, "dan@demo")
    page.goto(f"{site.url}/projects/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    yield Workbench(page)
    context.close()


def test_pages_have_no_known_problem(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    # Those of PUBLIC_PAGES are looked at in test_public_pages.py.
    for path in ("/login/demo/", "/no-such-page/"):
        page.goto(f"{site.url}{path}")
        check_appearances(page, path, problems)
    student = sign_in(context, site.url, "dan@demo")
    student.goto(f"{site.url}/projects/")
    check_appearances(student, "project list", problems)
    context.close()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    teacher = sign_in(context, site.url, "other@demo")
    for path in ("/classes/", "/projects/", "/exercises/", "/exercises/import/"):
        teacher.goto(f"{site.url}{path}")
        check_appearances(teacher, f"teacher {path}", problems)
    teacher.goto(f"{site.url}/classes/")
    teacher.get_by_role("link", name="10B").click()
    check_appearances(teacher, "class", problems)
    context.close()
    assert problems == {}


def test_the_project_page_while_programs_run(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    with project_page(browser, site, 1280) as bench:
        bench.page.context.route("**/python_stdlib.zip", lambda route: None)
        bench.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
        bench.page.reload()
        expect(bench.runtime).to_have_text(re.compile(r"^loading \d"), timeout=READY_TIMEOUT_MS)
        check_state(bench.page, "loading", problems)
        # What waited goes on.
        bench.page.context.unroute("**/python_stdlib.zip")
        bench.wait_ready()
        check_state(bench.page, "ready", problems)
        bench.start("import time\nprint('on')\ntime.sleep(60)\n")
        expect(bench.console).to_contain_text("on")
        check_state(bench.page, "running", problems)
        bench.stop_button.click()
        bench.wait_ready()
        check_state(bench.page, "stopped", problems)
        bench.start("input('Name? ')\n")
        bench.wait_input()
        check_state(bench.page, "waiting for input", problems)
        bench.answer("Dan")
        bench.run(PLOT)
        expect(bench.figure(1)).to_be_visible(timeout=READY_TIMEOUT_MS)
        check_state(bench.page, "a figure", problems)
        bench.run(ERROR)
        check_state(bench.page, "an error", problems)
    assert problems == {}


def test_the_project_page_with_its_menus_and_notices(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    with project_page(browser, site, 1280) as bench:
        page = bench.page
        bench.wait_ready()
        view = page.get_by_text("View", exact=True)
        view.click()
        check_state(page, "view menu", problems)
        page.get_by_role("button", name="Keyboard shortcuts").click()
        check_state(page, "shortcuts", problems)
        page.keyboard.press("Escape")
        page.keyboard.press("F9")
        check_state(page, "presentation", problems)
        page.keyboard.press("F9")
        bench.editor.click()
        page.keyboard.press("Control+f")
        check_state(page, "find", problems)
        page.keyboard.press("Escape")
        bench.run(TINY_PNG)
        bench.files.get_by_role("button", name="dot.png", exact=True).click()
        check_state(page, "preview", problems)
        bench.files.get_by_role("button", name="main.py", exact=True).click()
        page.set_viewport_size({"width": 900, "height": 700})
        check_state(page, "tablet", problems)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(forced_colors="active")
        problems["forced colours"] = find_problems(page)
        page.emulate_media(forced_colors="none")

        page.context.set_offline(True)
        bench.write("print('kept')\n")
        expect(bench.save_status).to_have_text("Kept on this device")
        check_state(page, "notice", problems)
        page.context.set_offline(False)
        bench.wait_saved()
        other = Workbench(page.context.new_page())
        other.page.goto(page.url)
        other.wait_ready()
        other.write("print('theirs')\n")
        other.wait_saved()
        bench.write("print('mine')\n")
        expect(bench.save_status).to_have_text("Needs your choice")
        check_state(page, "conflict", problems)
    assert {state: found for state, found in problems.items() if found} == {}


def test_the_project_page_on_a_phone(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    with project_page(browser, site, 390) as bench:
        page = bench.page
        bench.wait_ready()
        bench.run(ERROR)
        for tab in ("Code", "Output", "Files"):
            page.get_by_role("button", name=tab, exact=True).click()
            check_state(page, f"phone, {tab}", problems)
        page.get_by_text("View", exact=True).click()
        check_state(page, "phone, view menu", problems)
    assert problems == {}


def test_a_students_project_as_the_teacher_sees_it(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = sign_in(context, site.url, "teacher@demo")
    find_students_project(page, site.url, "Ada", "Hello")
    bench = Workbench(page)
    bench.wait_ready()
    expect(bench.save_status).to_have_text("Read only")
    check_state(page, "read only", problems)
    context.close()
    assert problems == {}
