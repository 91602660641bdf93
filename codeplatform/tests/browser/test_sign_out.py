"""At a shared computer, what one person typed is saved when they sign out, and is nobody else's to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.stored import project_id, stored
from codeplatform.tests.browser.test_saving import KEPT, SAVE
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.fresh]

SECRET = "the diary of ada"
DRAFTS = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("codeplatform");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const {result: database} = request;
    if (!database.objectStoreNames.contains("drafts")) return resolve([]);
    const all = database.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => { database.close(); resolve(all.result); };
  };
})"""


@pytest.fixture
def desk(open_project: Callable[..., Workbench], context: BrowserContext, request: pytest.FixtureRequest) -> Workbench:
    """A new project of Ada's; Python, which these tests do not need, is kept from loading."""
    context.route("**/sandbox/**", lambda route: route.abort())
    context.route("**/runtime/**", lambda route: route.abort())
    return open_project("ada@demo", request.node.name)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def leave_unsaved(desk: Workbench, context: BrowserContext) -> None:
    """Sign out while the server does not take the text."""
    context.route(SAVE, lambda route: route.fulfill(status=500))
    desk.write(SECRET)
    expect(desk.save_status).to_have_text(KEPT)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    sign_out(desk.page)
    context.unroute(SAVE)


def test_signing_out_saves_first_and_leaves_no_draft(desk: Workbench, site: Site) -> None:
    page, address = desk.page, project_id(desk.page)
    desk.write(SECRET)
    sign_out(page)

    assert page.evaluate(DRAFTS) == []
    page.goto(f"{site.url}/projects/{address}/")
    expect(page.get_by_label("Login name")).to_be_visible()
    content = f"from projects.models import File; print(bytes(File.objects.get(project='{address}').content).decode())"
    assert site.query(content) == SECRET


def test_signing_out_elsewhere_on_the_site_saves_too(desk: Workbench, context: BrowserContext, site: Site) -> None:
    context.route(SAVE, lambda route: route.fulfill(status=500))
    desk.write(SECRET)
    expect(desk.save_status).to_have_text(KEPT)
    desk.page.goto(f"{site.url}/projects/")
    context.unroute(SAVE)
    sign_out(desk.page)

    assert desk.page.evaluate(DRAFTS) == []


def test_the_next_person_sees_nothing(desk: Workbench, context: BrowserContext, site: Site) -> None:
    address = desk.page.url
    desk.write(SECRET)
    desk.wait_saved()
    sign_out(desk.page)
    page = sign_in(context, site.url, "ben@demo")
    answer = page.goto(address)

    assert answer is not None
    assert answer.status == 404
    assert SECRET not in page.content()
    assert page.evaluate(DRAFTS) == []


def test_unsaved_text_waits_for_its_owner_alone(desk: Workbench, context: BrowserContext, site: Site) -> None:
    address = desk.page.url
    leave_unsaved(desk, context)
    other = Workbench(sign_in(context, site.url, "ben@demo"))
    other.page.goto(f"{site.url}/projects/")
    other.page.get_by_role("link", name="Hello", exact=True).click()
    expect(other.editor).to_contain_text("What is your name?")
    assert SECRET not in other.page.content()
    sign_out(other.page)

    owner = Workbench(sign_in(context, site.url, "ada@demo"))
    owner.page.goto(address)
    expect(owner.editor).to_have_text(SECRET)
    owner.wait_saved()
    assert stored(site, owner).files["main.py"].decode() == SECRET


def test_signing_out_can_be_called_off(desk: Workbench, context: BrowserContext) -> None:
    context.route(SAVE, lambda route: route.fulfill(status=500))
    desk.write(SECRET)
    expect(desk.save_status).to_have_text(KEPT)
    with desk.page.expect_event("dialog") as asked:
        desk.page.once("dialog", lambda dialog: dialog.dismiss())
        desk.page.get_by_role("button", name="Sign out").click()

    assert "Not everything could be saved: main.py" in asked.value.message
    expect(desk.editor).to_have_text(SECRET)
    context.unroute(SAVE)
    desk.wait_saved()


def test_tab_left_open_never_saves_for_the_next_person(desk: Workbench, context: BrowserContext, site: Site) -> None:
    desk.write("before")
    desk.wait_saved()
    other_page = context.new_page()
    other_page.goto(f"{site.url}/projects/")
    sign_out(other_page)
    sign_in(context, site.url, "ben@demo")
    desk.write(SECRET)
    expect(desk.save_status).to_have_text(KEPT)
    assert stored(site, desk).files["main.py"] == b"before"

    sign_out(other_page_of(context, site))
    sign_in(context, site.url, "ada@demo")
    desk.wait_saved()
    assert stored(site, desk).files["main.py"].decode() == SECRET


def other_page_of(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(f"{site.url}/projects/")
    return page


def test_back_button_shows_nothing_after_signing_out(desk: Workbench) -> None:
    desk.write(SECRET)
    desk.wait_saved()
    sign_out(desk.page)
    desk.page.go_back()

    expect(desk.page.get_by_label("Login name")).to_be_visible()
    assert SECRET not in desk.page.content()
