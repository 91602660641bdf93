"""A student gets back what was deleted, and a teacher sees how the work came about."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances
from codeplatform.tests.browser.site import PASSWORD, Site
from codeplatform.tests.browser.stored import stored
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

GOOD = "\n".join(f"def step_{n}(value):\n    return value * {n}\n" for n in range(30))
HOSTILE_NAME = "'&quot;onmouseover=alert(1) 'x'.py"
HOSTILE_TEXT = "</script><img src=x onerror=alert(1)>\n<b>bold</b>\n"
# What a program or an upload leaves: saved through the page's own address.
SAVE = """async ([url, base, files]) => {
  const token = /csrftoken=([^;]*)/.exec(document.cookie)[1];
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const body = JSON.stringify({base, key: `key-${crypto.randomUUID()}`, files});
  return (await fetch(url, {method: "POST", headers, body})).json();
}"""
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def save(desk: Workbench, base: int, *files: dict[str, object]) -> int:
    answer = desk.page.evaluate(SAVE, [f"{desk.page.url}save/", base, list(files)])
    return int(answer["revision"])


def history_of(desk: Workbench) -> str:
    return f"{desk.page.url.partition('history/')[0]}history/"


def open_versions(page: Page) -> list[str]:
    return [link.inner_text().split(",")[0] for link in page.locator(".revision-link").all()]


def test_a_student_who_deleted_everything_gets_it_back_in_three_clicks(desk: Workbench, site: Site) -> None:
    desk.write(GOOD)
    desk.wait_saved()
    desk.write("")
    desk.wait_saved()
    assert stored(site, desk).files["main.py"] == b""
    page = desk.page

    desk.files.get_by_role("link", name="History").click()
    page.get_by_role("link", name=re.compile("^Version 2,")).click()
    page.get_by_role("button", name="Restore this version").click()

    page.wait_for_url(re.compile(r"/projects/[^/]+/$"))
    expect(desk.editor).to_contain_text("def step_0(value):")
    record = stored(site, desk)
    assert (record.revision, record.files["main.py"].decode()) == (4, GOOD)
    page.goto(history_of(desk))
    expect(page.get_by_text("Restored version 2")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Version 3,"))).to_be_visible()


def test_one_deleted_file_comes_back_from_the_version_that_deleted_it(desk: Workbench, site: Site) -> None:
    base = save(desk, 1, {"path": "data.csv", "text": "1,2\n"}, {"path": "main.py", "text": "kept"})
    save(desk, base, {"path": "data.csv", "deleted": True})
    desk.page.goto(f"{history_of(desk)}3/")
    desk.page.get_by_role("button", name="Restore data.csv from before").click()

    desk.page.wait_for_url(re.compile(r"/projects/[^/]+/$"))
    assert stored(site, desk).files == {"data.csv": b"1,2\n", "main.py": b"kept"}


def test_a_teacher_sees_the_same_history_and_cannot_change_it(
    open_project: Callable[..., Workbench], browser: Browser, site: Site
) -> None:
    desk = open_project("ada@demo", "Seen by the teacher")
    save(desk, 1, {"path": "main.py", "text": "print('first')\n"})
    desk.page.goto(history_of(desk))
    seen_by_student = open_versions(desk.page)
    context = browser.new_context()
    teacher = sign_in(context, site.url, "teacher@demo")
    teacher.goto(desk.page.url)

    assert open_versions(teacher) == seen_by_student == ["Version 2", "Version 1"]
    teacher.get_by_role("link", name=re.compile("^Version 2,")).click()
    expect(teacher.get_by_role("textbox", name="Version 2: main.py")).to_have_text(re.compile("first"))
    expect(teacher.get_by_role("button", name=re.compile("Restore"))).to_have_count(0)
    teacher.get_by_role("link", name="Back to").click()
    expect(Workbench(teacher).files.get_by_role("link", name="History")).to_be_visible()
    context.close()


def test_changes_are_reached_by_keyboard_and_the_rest_is_folded(desk: Workbench) -> None:
    save(desk, 1, {"path": "main.py", "text": GOOD}, {"path": "b.py", "text": "1\n"})
    changed = GOOD.replace("value * 2\n", "value ** 2\n").replace("value * 25", "value / 25")
    save(desk, 2, {"path": "main.py", "text": changed}, {"path": "b.py", "text": "2\n"})
    page = desk.page
    page.goto(f"{history_of(desk)}3/")
    after = page.get_by_role("textbox", name="Version 3: main.py")
    expect(after).to_contain_text("unchanged lines")
    status = page.get_by_role("status", name="Change")
    for words in ("1 of 3: b.py", "2 of 3: main.py", "3 of 3: main.py", "3 of 3: main.py"):
        page.keyboard.press("Alt+ArrowDown")
        expect(status).to_have_text(f"Change {words}")
    expect(after).to_be_focused()
    expect(after.get_by_text("value / 25")).to_be_in_viewport()
    page.keyboard.press("Alt+ArrowUp")
    expect(status).to_have_text("Change 2 of 3: main.py")
    page.get_by_role("button", name="Show all lines").click()
    expect(after).not_to_contain_text("unchanged lines")


def test_pictures_deleted_files_and_hostile_names_are_shown_for_what_they_are(desk: Workbench) -> None:
    dialogs: list[str] = []
    desk.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    picture = {"path": "plot.png", "base64": PNG}
    save(desk, 1, {"path": HOSTILE_NAME, "text": HOSTILE_TEXT}, picture)
    save(desk, 2, {"path": "main.py", "deleted": True}, {"path": "x.bin", "base64": "AAECAw=="})
    page = desk.page
    page.goto(history_of(desk))
    expect(page.get_by_text(HOSTILE_NAME)).to_be_visible()
    page.goto(f"{history_of(desk)}2/")
    expect(page.get_by_role("textbox", name=f"Version 2: {HOSTILE_NAME}")).to_contain_text(
        "</script><img src=x onerror=alert(1)>"
    )
    image = page.get_by_role("img", name="plot.png, Version 2")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 1
    page.goto(f"{history_of(desk)}3/")
    expect(page.get_by_role("textbox", name="Before: main.py")).to_contain_text("What is your name?")
    expect(page.get_by_text("4 bytes. Not a text")).to_be_visible()
    assert dialogs == []


def test_a_tab_without_unsaved_text_takes_the_restored_one_when_looked_at(
    desk: Workbench, second_tab: Workbench, site: Site
) -> None:
    desk.write("good")
    desk.wait_saved()
    desk.write("bad")
    desk.wait_saved()
    second_tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(second_tab.editor).to_have_text("bad")
    desk.page.goto(f"{history_of(desk)}2/")
    desk.page.get_by_role("button", name="Restore this version").click()
    expect(desk.editor).to_have_text("good")
    second_tab.page.keyboard.press("ControlOrMeta+s")

    expect(second_tab.editor).to_have_text("good")
    second_tab.write("good, and on")
    second_tab.wait_saved()
    assert stored(site, desk).files["main.py"] == b"good, and on"


def test_a_tab_with_unsaved_text_meets_the_restored_one_as_a_conflict(desk: Workbench, context: BrowserContext) -> None:
    desk.write("bad")
    desk.wait_saved()
    second_tab = Workbench(context.new_page())
    second_tab.page.goto(desk.page.url)
    expect(second_tab.editor).to_have_text("bad")
    second_tab.page.route("**/save/", lambda route: route.abort())
    second_tab.write("typed meanwhile")
    expect(second_tab.save_status).to_have_text("Kept on this device")
    desk.page.goto(f"{history_of(desk)}1/")
    desk.page.get_by_role("button", name="Restore this version").click()
    expect(desk.editor).to_contain_text("What is your name?")
    second_tab.page.unroute("**/save/")
    second_tab.page.evaluate("dispatchEvent(new Event('online'))")

    expect(second_tab.save_status).to_have_text("Needs your choice")
    expect(second_tab.editor).to_have_text("typed meanwhile")


def test_without_javascript_a_version_is_seen_and_restored(desk: Workbench, browser: Browser, site: Site) -> None:
    save(desk, 1, {"path": "main.py", "text": "one\ntwo\n"})
    save(desk, 2, {"path": "main.py", "text": "one\n2\n"})
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/login/")
    page.get_by_label("Login name").fill("cleo@demo")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(history_of(desk))
    page.get_by_role("link", name=re.compile("^Version 2,")).click()
    expect(page.get_by_role("table").get_by_role("row").filter(has_text="two")).to_contain_text("+")
    page.get_by_role("button", name="Restore this version").click()
    page.wait_for_url(re.compile(r"/projects/[^/]+/$"))
    context.close()

    assert stored(site, desk).files["main.py"] == b"one\ntwo\n"


def test_the_pages_have_no_known_problem(desk: Workbench) -> None:
    save(desk, 1, {"path": "main.py", "text": GOOD}, {"path": "plot.png", "base64": PNG})
    save(desk, 2, {"path": "main.py", "text": GOOD.replace("* 7", "** 7")}, {"path": "plot.png", "deleted": True})
    page, problems, start = desk.page, Problems(), history_of(desk)
    for path in ("", "2/", "2/?against=now", "3/"):
        page.goto(start + path)
        if path:
            expect(page.locator(".cm-editor").first).to_be_visible()
        check_appearances(page, path, problems)

    assert problems == {}
