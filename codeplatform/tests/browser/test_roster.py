"""A teacher's first five minutes: paste the names, print the cards, and the students are in and run programs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from codeplatform.tests.browser.accessibility import find_problems
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

FIRST = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gita", "Hugo", "Ines", "Jan"]
SURNAMES = ("Okafor", "Müller", "O'Brien")
NAMES = [f"{first} {surname}" for surname in SURNAMES for first in FIRST]
A4_PAGE = re.compile(rb"/Type\s*/Page\b")


def new_class(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/classes/")
    page.get_by_role("link", name="New class").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def run_with_card(browser: Browser, address: str, login: str, phrase: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}?name={login}")
    expect(page.get_by_label("Login name")).to_have_value(login)
    page.get_by_label("Password", exact=True).fill(phrase)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    page.get_by_label("Name").fill("First")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    bench = Workbench(page)
    assert "hello from " + login in bench.run(f"print('hello from {login}')\n")
    bench.wait_saved()
    context.close()


def test_thirty_names_become_cards_and_students_who_run_programs(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = sign_in(context, site.url, "other@demo")
    new_class(page, site, "7R")
    page.get_by_role("button", name="Add students").click()
    page.get_by_label("Names").fill("\n".join(NAMES))
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_label("Login name of Ada O'Brien, line 21")).to_have_value("ada.obrien")
    problems = {"list": find_problems(page)}
    page.get_by_role("button", name="Add 30 students").click()
    # A busy machine takes more than one step.
    expect(page.get_by_role("button", name="Show login cards")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Show login cards").click()
    cards = page.locator(".login-card")
    expect(cards).to_have_count(30)
    problems["cards"] = find_problems(page)
    assert len(A4_PAGE.findall(page.pdf(prefer_css_page_size=True))) == 3

    address = f"{site.url}/login/demo/"
    for name in ("Ada Okafor", "Hugo Müller", "Jan O'Brien"):
        card = cards.filter(has_text=name)
        login, phrase = card.locator("code").all_text_contents()
        expect(card.locator("img")).to_be_visible()
        run_with_card(browser, address, login, phrase)

    page.get_by_role("link", name="Back to 7R").click()
    row = page.get_by_role("row").filter(has_text="Hugo Müller")
    expect(row.get_by_role("link", name="First")).to_be_visible()
    problems["class"] = find_problems(page)
    row.get_by_role("link", name="Hugo Müller").click()
    problems["student"] = find_problems(page)
    context.close()
    assert {place: found for place, found in problems.items() if found} == {}
