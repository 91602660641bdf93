"""Signing in and out as people do it: typing, waiting after wrong passwords, being let in by a teacher, going back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from codeplatform.tests.browser.accessibility import find_problems
from codeplatform.tests.browser.site import PASSWORD, Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser


def type_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Login name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def test_on_the_schools_own_page_the_short_name_is_enough(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}/login/demo/?name=cleo")
    expect(page.get_by_label("Login name")).to_have_value("cleo")
    field = page.get_by_label("Password", exact=True)
    field.fill(PASSWORD)
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    field.press("Enter")

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_going_back_after_sign_out_shows_nothing(open_project: Callable[..., Workbench]) -> None:
    page = open_project("cleo@demo", "Left behind").page
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login/**")
    page.go_back()

    page.wait_for_url("**/login/**")
    expect(page.get_by_label("Login name")).to_be_visible()


def test_wrong_passwords_make_one_wait_until_a_teacher_lets_one_in(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}/login/demo/")
    for _ in range(7):
        type_in(page, "dan", "not my pass-phrase")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Too many wrong passwords were tried.")
    expect(told).to_contain_text(re.compile(r"Wait \d+ second"))
    expect(page.get_by_label("Login name")).to_have_value("dan")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert find_problems(page) == []

    context.clear_cookies()
    teacher = sign_in(context, site.url, "other@demo")
    teacher.goto(f"{site.url}/classes/")
    teacher.get_by_role("link", name="10B").click()
    teacher.get_by_role("row", name="Dan").get_by_role("button", name="Release").click()
    expect(teacher.get_by_role("button", name="Release")).to_have_count(0)
    context.clear_cookies()

    page.goto(f"{site.url}/login/demo/")
    type_in(page, "dan", PASSWORD)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
