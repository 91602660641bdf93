"""Each page for visitors: what it costs to open, whether it moves, who can read it, also without JavaScript."""

from __future__ import annotations

import re
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from codeplatform.tests.browser.accessibility import PAGE_WIDTH, Problems, check_appearances
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS
from codeplatform.tests.public_pages import PUBLIC_PAGES

pytestmark = pytest.mark.browser

# Over the wire, with headers, until somebody presses Run or reads on
MOST_BYTES = 100_000
# Google's bound for a good page is 0.1 (https://web.dev/articles/cls); ours hold still.
MOST_SHIFT = 0.01
WATCH = """
  window.seen = {shift: 0, theme: null};
  new PerformanceObserver((list) => {
    for (const {value} of list.getEntries()) seen.shift += value;
  }).observe({type: "layout-shift", buffered: true});
  new MutationObserver((changes, observer) => {
    if (!document.body) return;
    seen.theme = document.documentElement.dataset.theme ?? "none chosen";
    observer.disconnect();
  }).observe(document, {childList: true, subtree: true});
"""
# Pictures below the first screen: a browser that is in no hurry fetches them when one comes near.
FURTHER_DOWN = """[...document.images].filter(({loading, offsetTop}) => loading === "lazy" && offsetTop > innerHeight)
  .map(({currentSrc}) => currentSrc)"""
READ_TO_THE_END = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 2000) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
NO_SUCH_PAGE = "/no-such-page/"


def open_page(page: Page, site: Site, path: str) -> tuple[int, set[str]]:
    """Open the page, then read it to the end; the bytes that opening took, and the hosts that sent anything."""
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(f"{site.url}{path}", wait_until="networkidle")
    later = page.evaluate(FURTHER_DOWN)
    sizes = [request.sizes() for request in finished if is_sent(request) and request.url not in later]
    page.evaluate(READ_TO_THE_END)
    page.wait_for_load_state("networkidle")
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return total, {urlsplit(request.url).netloc for request in finished if is_sent(request)}


def is_sent(request: Request) -> bool:
    return not request.url.startswith(("data:", "blob:"))


def test_each_page_is_small_still_and_for_everybody(
    browser: Browser, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    problems: Problems = {}
    bytes_of = {}
    for path in PUBLIC_PAGES:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        context.add_init_script(WATCH)
        page = context.new_page()
        bytes_of[path], hosts = open_page(page, site, path)
        shift = page.evaluate("seen.shift")
        found = [f"loads from {host}" for host in hosts - {urlsplit(site.url).netloc}]
        found += [f"takes {bytes_of[path]} bytes"] if bytes_of[path] > MOST_BYTES else []
        found += [f"moves by {shift}"] if shift > MOST_SHIFT else []
        if found:
            problems[path] = found
        check_appearances(page, path, problems)
        context.close()

    with capsys.disabled():
        sys.stdout.write(f"\nkB a page takes: {', '.join(f'{p} {n / 1000:.0f}' for p, n in bytes_of.items())}\n")
    assert problems == {}


def test_each_page_can_be_read_without_javascript_and_on_paper(browser: Browser, site: Site) -> None:
    problems: Problems = {}
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    for path in PUBLIC_PAGES:
        page.goto(f"{site.url}{path}")
        main = page.get_by_role("main")
        found = [] if main.get_by_role("heading", level=1).is_visible() else ["has no heading"]
        found += [] if len(main.inner_text()) > 40 else ["has no text"]
        found += [] if page.evaluate(PAGE_WIDTH) <= 390 else ["is too wide"]
        page.emulate_media(media="print")
        found += ["prints its navigation"] if page.get_by_role("banner").is_visible() else []
        found += [] if main.get_by_role("heading", level=1).is_visible() else ["prints no heading"]
        page.emulate_media(media="screen")
        if found:
            problems[path] = found
    page.goto(site.url)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.get_by_text("What is your name?")).to_be_visible()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_hidden()
    context.close()
    assert problems == {}


def test_the_chosen_theme_is_there_before_anything_is_drawn(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="light")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{site.url}/help/")
    page.evaluate("localStorage.setItem('appearance', JSON.stringify({theme: 'dark'}))")
    for path in ("/", "/help/", NO_SUCH_PAGE):
        page.goto(f"{site.url}{path}")
        assert page.evaluate("seen.theme") == "dark", path
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 22)", path
    context.close()


def test_the_program_of_the_home_page_runs_for_a_visitor(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(site.url)
    since = site.request_count()
    page.get_by_role("button", name="Run", exact=True).click()
    field = page.get_by_role("textbox", name="Program input")
    expect(field).to_be_enabled(timeout=READY_TIMEOUT_MS)
    field.fill("Grace")
    field.press("Enter")

    console = page.get_by_role("log", name="Console")
    expect(console).to_contain_text("Hello, Grace!")
    expect(console).to_contain_text(re.compile(r"\*{9}"))
    expect(page.get_by_role("status", name="Runtime")).to_contain_text("ready")
    assert {request.method for request in site.requests(since)} == {"GET"}
    context.close()
