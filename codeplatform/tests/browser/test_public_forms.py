"""What visitors fill in: Check a URL, which asks from where programs ask, and the forms that need no script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from codeplatform.tests.browser.accessibility import find_problems
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.web_server import free_address, serving
from codeplatform.tests.browser.workbench import forbid_addresses

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def check(page: Page, address: str) -> tuple[str, str]:
    """The outcome of checking an address, in one word, and all that is shown and said about it."""
    result = page.locator("#address-result")
    page.get_by_label("Address").fill("")
    page.get_by_role("button", name="Check").click()
    expect(result).to_have_attribute("data-outcome", "empty")
    page.get_by_label("Address").fill(address)
    page.get_by_label("Address").press("Enter")
    expect(page.get_by_role("status")).not_to_contain_text(
        re.compile("Your browser asks|No address yet"), timeout=30_000
    )
    expect(result).to_be_visible()
    title = result.get_by_role("heading").inner_text().strip(" ✓◐✕")
    expect(page.get_by_role("status")).to_contain_text(title)
    return result.get_attribute("data-outcome") or "", result.inner_text()


def test_check_a_url_tells_apart_what_a_browser_tells_apart(site: Site, context: BrowserContext, server: str) -> None:
    page, asked = context.new_page(), list[Request]()
    page.on("request", lambda request: asked.append(request))
    page.goto(f"{site.url}/cors/")
    assert not [request for request in asked if "/sandbox/frame/" in request.url]
    host = server.removeprefix("http://")

    outcome, words = check(page, f"{server}/open?q='a b'#part")
    assert outcome == "works"
    lines = f'import requests\nprint(requests.get("{server}/open?q=%27a%20b%27").json())'
    assert lines in words
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{lines}\n"
    [asking] = [request for request in asked if "/open" in request.url]
    sent = asking.all_headers()
    assert (sent["origin"], "cookie" in sent, "referer" in sent) == ("null", False, False)
    assert "/sandbox/frame/" in asking.frame.url
    assert find_problems(page) == []

    outcome, words = check(page, f"{server}/closed")
    assert outcome == "cors"
    assert f"{host} answers, but does not allow" in words and "requests.get" not in words
    assert [check(page, f"{server}/status/404")[0], check(page, f"{server}/status/500")[0]] == ["refuses", "refuses"]
    assert check(page, f"{free_address()}/open")[0] == "silent"
    assert check(page, "http://no-such-server.invalid/")[0] == "silent"
    assert check(page, f"{site.url}/projects/")[0] == "this-site"
    for odd, said in (
        ("ftp://a.example/", "no-web-address"),
        ("<img src=x onerror=alert(1)>", "no-address"),
        ("https://a\u202e.example\u0000/", "no-address"),
        ("http://me:secret@a.example/", "has-password"),
        (f"https://a.example/{'x' * 100_000}", "too-long"),
    ):
        assert check(page, odd)[0] == said
    assert page.locator("main img").count() == 0
    assert not [request for request in asked if "onerror" in request.url or "secret" in request.url]
    # Python itself is not needed for any of it.
    assert not [request for request in asked if "/runtime/" in request.url]

    context.set_offline(True)
    assert check(page, f"{server}/open")[0] == "offline"


def test_check_a_url_says_what_the_settings_of_the_site_forbid(
    site: Site, context: BrowserContext, server: str
) -> None:
    forbid_addresses(context)
    page = context.new_page()
    page.goto(f"{site.url}/cors/")

    outcome, words = check(page, f"{server}/open")
    assert outcome == "forbidden"
    assert "is not among them" in words


def test_the_forms_need_no_script(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site.url}/interest/")
    page.get_by_label("Your name").fill("Grace Hopper")
    page.get_by_label("School").fill("Elm School, York")
    page.get_by_label("E-mail").fill("grace@elm.example.org")
    page.get_by_label("Message").fill("Two classes of Year 10.")
    page.get_by_label("You may keep").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("was not sent yet")
    expect(page.get_by_label("You are there as")).to_be_focused()
    expect(page.get_by_label("Message")).to_have_value("Two classes of Year 10.")
    page.get_by_label("You are there as").select_option("Teacher")
    page.get_by_role("button", name="Send").click()
    for _ in range(2):
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        page.reload()

    page.goto(f"{site.url}/compatibility/")
    page.get_by_role("searchbox").fill("turtle")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text(re.compile(r"\d of \d+ rows"))).to_be_visible()
    expect(page.get_by_role("rowheader", name="numpy")).to_be_hidden()
    page.get_by_role("link", name="Show all rows").click()
    expect(page.get_by_role("rowheader", name="numpy", exact=True)).to_be_visible()

    page.goto(f"{site.url}/cors/")
    expect(page.get_by_text("The check needs JavaScript")).to_be_visible()
    expect(page.get_by_label("Address")).to_be_hidden()

    page.goto(f"{site.url}/privacy/")
    page.get_by_role("link", name="Registrations of interest").click()
    expect(page.get_by_role("rowheader", name="works_as")).to_be_visible()
    context.close()
