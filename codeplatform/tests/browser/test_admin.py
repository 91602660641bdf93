"""The administration in a real browser: nothing that our policy forbids, wide and narrow, and a head's working day."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page, expect

from codeplatform.tests.browser.accessibility import appearances
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

LISTS = [
    "accounts/user",
    "schools/school",
    "schools/classroom",
    "schools/enrolment",
    "schools/auditevent",
    "projects/project",
]


def watched(page: Page) -> list[str]:
    """What the browser complains of, from now on: forbidden scripts and styles among it."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def look_around(page: Page, site: Site) -> list[str]:
    """Opens every kind of page and tells which are wider than the screen or not isolated, and how they were shown."""
    bad: list[str] = []

    def look() -> None:
        page.wait_for_load_state()
        for scheme, width in appearances(page):
            fits = "document.documentElement.scrollWidth <= innerWidth"
            if not page.evaluate(f"crossOriginIsolated && {fits}"):
                bad.append(f"{page.url}, {scheme}, {width} px")

    for name in LISTS:
        base = f"{site.url}/admin/{name}/"
        page.goto(base)
        look()
        page.locator("#result_list tbody th a").first.click()
        look()
        page.goto(page.url.replace("/change/", "/history/"))
        look()
    for path in ("", "accounts/user/add/", "accounts/user/import/", "accounts/user/export/", "schools/classroom/add/"):
        page.goto(f"{site.url}/admin/{path}")
        look()
    return bad


def test_every_page_keeps_to_policy_and_screen(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = sign_in(context, site.url, "head@demo")
    complaints = watched(page)

    assert look_around(page, site) == []
    assert complaints == []
    context.close()


def test_a_head_adds_a_student_who_signs_in_and_one_day_leaves(
    context: BrowserContext, browser: Browser, site: Site
) -> None:
    page = sign_in(context, site.url, "head@elsewhere")
    complaints = watched(page)
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Add person").click()
    page.get_by_label("Login name").fill("zoe")
    page.get_by_label("Name:", exact=True).fill("Zoë Zettl")
    page.get_by_label("9Z").check()
    page.get_by_role("button", name="Save", exact=True).click()
    phrase = page.get_by_role("row", name="Zoë Zettl").locator("code").inner_text()

    other = browser.new_context()
    student = other.new_page()
    student.goto(f"{site.url}/login/elsewhere/")
    student.get_by_label("Login name").fill("zoe")
    student.get_by_label("Password", exact=True).fill(phrase)
    student.get_by_role("button", name="Sign in").click()
    expect(student.get_by_role("button", name="Sign out")).to_be_visible()

    page.goto(f"{site.url}/admin/accounts/user/?q=zoe")
    page.get_by_role("row", name="Zoë Zettl").get_by_role("checkbox").check()
    page.get_by_role("combobox", name="Action").select_option(label="Close accounts: they left the school")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("1 account closed.")).to_be_visible()
    student.reload()
    expect(student.get_by_role("button", name="Sign in")).to_be_visible()
    assert complaints == []
    other.close()
