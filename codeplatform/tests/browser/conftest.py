from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

# Chromium looks for services of its maker at each start; the tests are about our host only.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP school.test 127.0.0.1",
    # A page whose headers a test alters counts as one from the internet, which may load nothing from this machine. The
    # others are pages of the address bar, which Chromium draws anew for each tab although nobody sees them.
    "--disable-features=LocalNetworkAccessChecks,WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser, or a server for one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "No Chromium: run make test, which installs one, or set CHROMIUM to its path."
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, collected_static: Path) -> Iterator[Site]:
    running = Site(Path(tmp_path_factory.mktemp("site")))
    running.prepare(collected_static)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def device(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has been here before: Python is in its cache."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """The device, with nobody signed in and nothing kept but Python; for tests marked `fresh` a browser never used."""
    if request.node.get_closest_marker("fresh"):
        opened = browser.new_context(viewport={"width": 1280, "height": 800})
        yield opened
        opened.close()
    else:
        opened = request.getfixturevalue("device")
        yield opened
        forget(opened, request.getfixturevalue("site"))


def forget(context: BrowserContext, site: Site) -> None:
    """Close all pages and let nothing stay of them but what is fetched for everybody."""
    for page in context.pages:
        page.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_cookies()
    page = context.new_page()
    page.goto(f"{site.url}/robots.txt")
    page.evaluate("""async () => {
      localStorage.clear();
      const gone = ({name}) => new Promise((done) => {
        Object.assign(indexedDB.deleteDatabase(name), {onsuccess: done, onerror: done});
      });
      const others = (await caches.keys()).filter((name) => name !== "python-runtime");
      const databases = await indexedDB.databases();
      await Promise.all([...databases.map(gone), ...others.map((name) => caches.delete(name))]);
    }""")
    page.close()


@pytest.fixture
def open_project(context: BrowserContext, site: Site) -> Callable[..., Workbench]:
    """Sign in and open a project by name; a new one is made when there is none of that name."""

    def opener(user: str = "ada@demo", name: str = "Hello") -> Workbench:
        page = sign_in(context, site.url, user)
        link = page.get_by_role("main").get_by_role("link", name=name, exact=True)
        if link.count() == 0:
            page.get_by_label("Name").fill(name)
            page.get_by_role("button", name="Create").click()
            page.wait_for_url("**/projects/*-*/")
        else:
            link.first.click()
        return Workbench(page)

    return opener


@pytest.fixture
def desk(open_project: Callable[..., Workbench], context: BrowserContext, request: pytest.FixtureRequest) -> Workbench:
    """A new project; Python, which these tests do not need, is kept from loading."""
    context.route("**/sandbox/**", lambda route: route.abort())
    context.route("**/runtime/**", lambda route: route.abort())
    return open_project("cleo@demo", request.node.name)


@pytest.fixture
def second_tab(desk: Workbench, context: BrowserContext) -> Workbench:
    page = context.new_page()
    page.goto(desk.page.url)
    tab = Workbench(page)
    expect(tab.editor).to_contain_text("What is your name?")
    return tab


@pytest.fixture(scope="module")
def bench(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """One project page for all tests of a module: many short programs, one after the other."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page: Page = sign_in(context, site.url, "ben@demo")
    page.get_by_label("Name").fill(request.module.__name__.rpartition(".")[2])
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    workbench = Workbench(page)
    workbench.wait_ready()
    yield workbench
    context.close()
