"""Programs that run away, networks that go away, devices that have little: the lesson goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, sign_in

pytestmark = pytest.mark.browser

OpenProject = Callable[..., Workbench]

NEXT_RUN_S = 5
SAVED_AFTER_RECONNECT_MS = 10_000
RUNAWAYS = {
    "busy loop": "print('go')\nwhile True:\n    pass",
    "endless print": "while True:\n    print('go')",
    "regular expression": "import re\nprint('go')\nre.match('(a+)+$', 'a' * 40 + 'b')",
    "unanswered question": "print('go')\ninput('Your name? ')",
}
ENDS_BY_ITSELF = {
    "4 GB list": ("kept = []\nwhile True:\n    kept.append(bytearray(10**8))", "MemoryError"),
    "one 2 GB block": ("bytearray(2 * 10**9)", "MemoryError"),
    "recursion": ("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError"),
    "exit": ("import sys\nsys.exit(3)", "exit code 3"),
}
NO_STORAGE = """
Object.defineProperty(window, "indexedDB", {value: undefined});
CacheStorage.prototype.open = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
Storage.prototype.setItem = () => { throw new DOMException("no room", "QuotaExceededError"); };
"""


@pytest.fixture
def offline_again(context: BrowserContext) -> Iterator[None]:
    yield
    context.set_offline(False)


def text_on_server(site: Site, bench: Workbench) -> str:
    project = bench.page.url.rstrip("/").rpartition("/")[2]
    query = (
        f"from projects.models import File; print(bytes(File.objects.get(project='{project}', path='main.py').content)"
        ".decode())"
    )
    return site.query(query)


@pytest.mark.alone
@pytest.mark.parametrize("repetition", range(3))
def test_runaway_programs_are_harmless(bench: Workbench, repetition: int) -> None:
    for program in RUNAWAYS.values():
        bench.start(program)
        expect(bench.console).to_contain_text("go")
        bench.stop_button.click()
        expect(bench.console).to_contain_text("Stopped.")
        expect(bench.runtime).to_have_text("stopped, ready", timeout=NEXT_RUN_S * 1000)
        expect(bench.editor).to_contain_text(program.splitlines()[-1].strip())
    for program, words in ENDS_BY_ITSELF.values():
        assert words in bench.run(program)
    assert bench.run("print(6 * 7)", timeout_ms=NEXT_RUN_S * 1000).startswith("42\n")


def test_memory_limit_is_told(bench: Workbench) -> None:
    text = bench.run(ENDS_BY_ITSELF["4 GB list"][0])

    assert "A program may use 1.1 GB of memory here. This one needed more and was stopped." in text


def test_lesson_goes_on_without_network(
    open_project: OpenProject, context: BrowserContext, site: Site, offline_again: None
) -> None:
    bench = open_project("ada@demo", "Offline")
    bench.wait_ready()
    assert "(3,)" in bench.run("import numpy\nprint(numpy.zeros(3).shape)")

    context.set_offline(True)
    assert "(4,)" in bench.run("import numpy\nprint(numpy.zeros(4).shape)")
    expect(bench.save_status).to_have_text("Kept on this device")
    expect(bench.page.get_by_role("alert").first).to_contain_text("It will be saved")
    # Two workers are used up: the one in use, and its spare.
    for _ in range(2):
        bench.start(RUNAWAYS["regular expression"])
        expect(bench.console).to_contain_text("go")
        bench.stop_button.click()
        expect(bench.runtime).to_have_text("stopped, ready", timeout=READY_TIMEOUT_MS)
    assert "(5,)" in bench.run("import numpy\nprint(numpy.zeros(5).shape)")
    assert "could not be loaded: this device has no network" in bench.run("import sympy")
    for number in range(200):
        bench.page.keyboard.type(f"{number % 10}", delay=0)
    bench.write("print('typed without network')")

    context.set_offline(False)
    bench.page.wait_for_function(
        "() => /^Saved \\d/.test(document.getElementById('save-status').textContent)", timeout=SAVED_AFTER_RECONNECT_MS
    )
    assert text_on_server(site, bench) == "print('typed without network')"


def test_packages_are_fetched_before_run_is_pressed(open_project: OpenProject) -> None:
    bench = open_project("ada@demo", "Ahead")
    bench.wait_ready()
    with bench.page.expect_request(re.compile(r"/runtime/.*/regex-.*\.whl")):
        bench.write("import regex\nprint('typed')\n")
    expect(bench.runtime).to_have_text("ready")
    expect(bench.page.get_by_role("progressbar")).to_be_hidden()


def test_device_with_little_memory_keeps_no_spare(browser: Browser, site: Site) -> None:
    found = {}
    for memory in (2, 8):
        context = browser.new_context()
        context.add_init_script(f"Object.defineProperty(navigator, 'deviceMemory', {{value: {memory}}})")
        page = sign_in(context, site.url, "ben@demo")
        page.goto(f"{site.url}/projects/")
        page.get_by_label("Name").fill(f"Memory {memory}")
        page.get_by_role("button", name="Create").click()
        page.wait_for_url("**/projects/*-*/")
        bench = Workbench(page)
        bench.wait_ready()
        bench.run("print('one')")
        page.wait_for_timeout(3000)  # longer than the pause before a spare is started
        found[memory] = len([worker for worker in page.workers if worker.url.startswith("data:")])
        context.close()

    assert found == {2: 1, 8: 2}


def without_isolation(route: Route) -> None:
    response = route.fetch()
    kept = {name: value for name, value in response.headers.items() if not name.startswith("cross-origin-")}
    route.fulfill(response=response, headers=kept)


@pytest.mark.parametrize("loss", ["headers", "storage"])
def test_programs_run_where_something_is_missing(browser: Browser, site: Site, loss: str) -> None:
    context = browser.new_context()
    if loss == "headers":
        context.route(re.compile(r"/projects/[0-9a-f-]+/$"), without_isolation)
    else:
        context.add_init_script(NO_STORAGE)
    page = sign_in(context, site.url, "ben@demo")
    page.goto(f"{site.url}/projects/")
    page.get_by_label("Name").fill(f"Without {loss}")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    page.reload()  # What a redirect leads to passes the browser's interception by.
    bench = Workbench(page)
    bench.wait_ready()
    assert page.evaluate("crossOriginIsolated") is (loss == "storage")
    if loss == "headers":
        expect(bench.console).to_contain_text("a proxy or a filter, perhaps")
    assert "Hello Ben" in bench.run("name = input('Name? ')\nprint('Hello', name)", ["Ben"])
    bench.start(RUNAWAYS["busy loop"])
    expect(bench.console).to_contain_text("go")
    bench.stop_button.click()
    expect(bench.runtime).to_have_text("stopped, ready", timeout=READY_TIMEOUT_MS)
    bench.write(f"print('{loss}')")
    bench.wait_saved()
    assert text_on_server(site, bench) == f"print('{loss}')"
    context.close()
