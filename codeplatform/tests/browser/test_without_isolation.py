"""A school that opens the site over plain http: no shared memory, no caches, no locks. Programs run all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

# A second worker boots before Stop has replaced the first, or after it: there is no spare on a small machine.
STOPPED_WITHIN_MS = 15_000
WITHHELD = "This page was not opened over https, so the browser withholds shared memory from it. Programs run."
CANNOT_WAIT = "This page cannot wait for input() while a program runs"
HAS = (
    "() => [isSecureContext, crossOriginIsolated, 'SharedArrayBuffer' in window, 'caches' in window, !!navigator.locks]"
)
WITHOUT_SUSPENDING = "for (const name of ['Suspending', 'promising', 'SuspendError']) delete WebAssembly[name];\n"


def new_context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 800})


def open_plainly(context: BrowserContext, site: Site, name: str) -> Workbench:
    """A new project on a host name that is no secure context."""
    url = f"http://school.test:{site.port}"
    page = sign_in(context, url, "dan@demo")
    page.goto(f"{url}/projects/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    workbench = Workbench(page)
    workbench.wait_ready()
    return workbench


@pytest.fixture(scope="module")
def plain(browser: Browser, site: Site) -> Iterator[Workbench]:
    """The site over plain http; the browser can suspend Python (JSPI)."""
    context = new_context(browser)
    yield open_plainly(context, site, "Plain")
    context.close()


@pytest.fixture(scope="module")
def bare(browser: Browser, site: Site) -> Iterator[Workbench]:
    """The same without JSPI, as in Safari. Chromium has no switch for it: each of its scopes forgets it first."""

    def without_suspending(route: Route) -> None:
        # The name is known to the browser only.
        response = route.fetch(url=route.request.url.replace("school.test", "127.0.0.1"))
        route.fulfill(response=response, body=WITHOUT_SUSPENDING + response.text())

    context = new_context(browser)
    context.add_init_script(WITHOUT_SUSPENDING)
    context.route("**/sandbox/worker*.js", without_suspending)
    yield open_plainly(context, site, "Bare")
    context.close()


def test_page_says_what_is_missing(plain: Workbench) -> None:
    plain.page.reload()
    plain.wait_ready()

    assert plain.page.evaluate(HAS) == [False, False, False, False, False]
    expect(plain.console).to_contain_text(WITHHELD)
    expect(plain.page.get_by_label("Prepared input")).to_be_hidden()


def test_program_without_input_runs(plain: Workbench) -> None:
    text = plain.run("print('åäö')\nimport sys\nprint('warning', file=sys.stderr)\nprint(sum(range(10)))")

    assert text.startswith("åäö\nwarning\n45\n")


def test_input_works_where_python_can_be_suspended(plain: Workbench) -> None:
    text = plain.run("name = input('Your name? ')\nfor _ in range(2):\n    name += input('More? ')\nprint(name)", "Ada")

    assert text.startswith("Your name? A\nMore? d\nMore? a\nAda\n")


def test_sleep_streams_the_text(plain: Workbench) -> None:
    plain.start("import time\nprint('before', end=' ')\ntime.sleep(1.5)\nprint('after')")
    expect(plain.console).to_contain_text("before")

    assert "after" not in plain.text()
    plain.wait_ready()
    assert "before after" in plain.text()


@pytest.mark.parametrize(
    "program",
    [
        "print('go')\nwhile True:\n    pass",
        "while True:\n    print('go')",
        "print('go')\ninput('Your name? ')",
        "import time\nprint('go')\ntime.sleep(600)",
    ],
    ids=["busy_loop", "print_loop", "input", "sleep"],
)
def test_stop_works_and_so_does_the_next_run(plain: Workbench, program: str) -> None:
    plain.start(program)
    expect(plain.console).to_contain_text("go")
    plain.stop_button.click()
    expect(plain.runtime).to_have_text("stopped, ready", timeout=STOPPED_WITHIN_MS)

    assert "Stopped." in plain.text()
    assert plain.run("print(6 * 7)").startswith("42\n")


def test_many_lines_are_capped_here_too(plain: Workbench) -> None:
    text = plain.run("for number in range(50_000):\n    print(number)")

    assert text.count("The output is longer than") == 1
    assert plain.run("print(6 * 7)").startswith("42\n")


def test_package_and_figure_work(plain: Workbench) -> None:
    plain.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")

    expect(plain.figure(1)).to_be_visible()


def test_text_is_saved_and_survives_a_reload(plain: Workbench, site: Site) -> None:
    plain.write("print('saved plainly')")
    plain.wait_saved()
    plain.page.reload()

    expect(plain.editor).to_have_text("print('saved plainly')")
    query = "from projects.models import File; print(File.objects.get(project__name='Plain').content.decode())"
    assert site.query(query) == "print('saved plainly')"


def test_unsaved_text_survives_a_reload(plain: Workbench) -> None:
    plain.page.context.set_offline(True)
    plain.write("typed offline, plainly")
    expect(plain.save_status).to_have_text("Kept on this device")
    plain.page.context.set_offline(False)
    plain.page.reload()

    expect(plain.editor).to_have_text("typed offline, plainly")
    plain.wait_saved()


def test_prepared_input_stands_in_where_nothing_can_wait(bare: Workbench) -> None:
    bare.page.reload()
    bare.wait_ready()

    assert bare.page.evaluate("'Suspending' in WebAssembly") is False
    expect(bare.console).to_contain_text(CANNOT_WAIT)
    prepared = bare.page.get_by_label("Prepared input")
    expect(prepared).to_be_visible()
    prepared.fill("Ada\n12")

    text = bare.run("name = input('Your name? ')\nprint(name, int(input('Age? ')) + 1)\ninput('And? ')")
    assert "Ada 13" in text
    assert "EOFError" in text


def test_program_and_stop_work_there_too(bare: Workbench) -> None:
    assert bare.run("import time\nprint('one')\ntime.sleep(0.1)\nprint('two')").startswith("one\ntwo\n")
    bare.start("print('go')\nwhile True:\n    pass")
    expect(bare.console).to_contain_text("go")
    bare.stop_button.click()
    expect(bare.runtime).to_have_text(re.compile("stopped, ready"), timeout=STOPPED_WITHIN_MS)

    assert bare.run("print(6 * 7)").startswith("42\n")
