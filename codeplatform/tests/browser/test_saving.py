"""Nothing typed is lost, whatever happens to the network, the server, the session, the tab or the browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from codeplatform.tests.browser.killable import KillableBrowser
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.stored import stored
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, sign_in

pytestmark = pytest.mark.browser

SAVE = "**/projects/*/save/"
KEPT = "Kept on this device"
CHOICE = "Needs your choice"
VISIBLE_WITHIN_S = 2.0
SAVED_AFTER_RECONNECT_MS = 10_000
KILLED_AFTER_S = [0.5, 1.0]

RECORD_STATUS = """(status) => {
  window.saveWords = [];
  new MutationObserver(() => window.saveWords.push(status.textContent)).observe(status, {childList: true});
}"""

# As from the clipboard: Chromium takes minutes to type so many lines.
PASTE = """(editor, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


def words_since_recorded(workbench: Workbench) -> list[str]:
    return list(workbench.page.evaluate("window.saveWords"))


def expect_status_soon(workbench: Workbench, words: str) -> None:
    """Within two seconds of the last key, a second of which the page waits for the next one."""
    workbench.page.wait_for_function(
        "([status, words]) => status.textContent === words",
        arg=[workbench.save_status.element_handle(), words],
        timeout=VISIBLE_WITHIN_S * 1000,
    )


def expect_text_after_reload(workbench: Workbench, text: str) -> None:
    workbench.page.reload()
    expect(workbench.editor).to_have_text(text)


def test_a_page_older_than_what_this_tab_saved_fetches_the_newer_text(desk: Workbench) -> None:
    """A reload while a save is on its way: the server wrote the page before the save, the tab heard of it after."""
    page = desk.page
    older = page.request.get(page.url)
    desk.write("print('newer')")
    desk.wait_saved()
    page.route(page.url, lambda route: route.fulfill(response=older))
    expect_text_after_reload(desk, "print('newer')")
    page.unroute(page.url)

    desk.write("print('newest')")
    desk.wait_saved()


def test_lost_network_keeps_the_text_and_saves_it_later(desk: Workbench, context: BrowserContext, site: Site) -> None:
    desk.page.evaluate(RECORD_STATUS, desk.save_status.element_handle())
    context.set_offline(True)
    desk.write("print('typed ")
    desk.editor.press_sequentially("x" * 200)
    expect_status_soon(desk, KEPT)
    expect(desk.page.get_by_role("alert").filter(has_text="You are offline.")).to_be_visible()
    assert not any(word.startswith("Saved") for word in words_since_recorded(desk))

    context.set_offline(False)
    expect(desk.save_status).to_have_text(re.compile(r"^Saved \d"), timeout=SAVED_AFTER_RECONNECT_MS)
    text = "print('typed " + "x" * 200
    assert stored(site, desk).files["main.py"].decode().startswith(text)
    expect_text_after_reload(desk, re.compile(re.escape(text)))


def test_text_typed_offline_survives_the_tab(desk: Workbench, context: BrowserContext, site: Site) -> None:
    address = desk.page.url
    context.set_offline(True)
    desk.write("typed offline")
    expect_status_soon(desk, KEPT)
    desk.page.close()
    context.set_offline(False)
    reopened = Workbench(context.new_page())
    reopened.page.goto(address)

    expect(reopened.editor).to_have_text("typed offline")
    reopened.wait_saved()
    assert stored(site, reopened).files["main.py"] == b"typed offline"


@pytest.mark.parametrize(
    ("choice", "files"),
    [
        ("Keep mine", {"main.py": b"second"}),
        ("Keep theirs", {"main.py": b"first"}),
        ("Keep both", {"main.py": b"first", "main (my copy).py": b"second"}),
    ],
)
def test_two_tabs_never_overwrite_each_other(
    desk: Workbench, second_tab: Workbench, site: Site, choice: str, files: dict[str, bytes]
) -> None:
    desk.write("first")
    desk.wait_saved()
    second_tab.write("second")
    expect(second_tab.save_status).to_have_text(CHOICE)
    conflict = second_tab.page.get_by_role("region", name="This project was saved somewhere else")
    expect(conflict.locator("pre")).to_have_text(["second", "first"])
    expect(second_tab.editor).to_have_text("second")
    second_tab.page.get_by_role("button", name=choice).click()
    second_tab.wait_saved()

    expect(conflict).to_be_hidden()
    expect(desk.editor).to_have_text("first")
    record = stored(site, second_tab)
    assert record.files == files
    assert {b"first", b"second"} <= set(record.history)
    expect_text_after_reload(second_tab, files["main.py"].decode())


def test_choice_waits_for_a_reload_and_for_more_typing(desk: Workbench, second_tab: Workbench, site: Site) -> None:
    desk.write("first")
    desk.wait_saved()
    second_tab.write("second")
    expect(second_tab.save_status).to_have_text(CHOICE)
    second_tab.write("second, and more")
    second_tab.page.reload()
    expect(second_tab.save_status).to_have_text(CHOICE)
    expect(second_tab.editor).to_have_text("second, and more")
    assert stored(site, desk).files["main.py"] == b"first"

    second_tab.page.get_by_role("button", name="Keep mine").click()
    second_tab.wait_saved()
    assert stored(site, desk).files["main.py"] == b"second, and more"


def test_tabs_that_take_turns_meet_no_conflict_with_themselves(desk: Workbench, site: Site) -> None:
    for number in range(5):
        desk.write(f"version {number}")
        desk.page.keyboard.press("ControlOrMeta+s")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"version 4"


JSON = "application/json"
UNACKNOWLEDGED = {
    "500": {"status": 500, "body": "<h1>Server error</h1>", "content_type": "text/html"},
    "html_200": {"status": 200, "body": "<!doctype html><title>Sign in</title>", "content_type": "text/html"},
    "truncated": {"status": 200, "body": '{"revision": 2, "saved_', "content_type": JSON},
    "older_revision": {
        "status": 200,
        "body": '{"revision": 1, "saved_at": "2026-11-02T10:00:00Z"}',
        "content_type": JSON,
    },
    "401": {"status": 401, "body": '{"error": "x", "sign_in": "/login/"}', "content_type": JSON},
    "403": {"status": 403, "body": '{"error": "Not now."}', "content_type": JSON},
    "409_empty": {"status": 409, "body": "{}", "content_type": JSON},
    "429": {"status": 429, "body": "", "headers": {"Retry-After": "1"}},
    "503": {"status": 503, "body": "", "headers": {"Retry-After": "1"}},
    "no_answer": None,
}


@pytest.mark.parametrize("fault", UNACKNOWLEDGED)
def test_saved_is_said_only_when_it_is_true(desk: Workbench, site: Site, fault: str) -> None:
    answer = UNACKNOWLEDGED[fault]
    desk.page.route(SAVE, lambda route: route.fulfill(**answer) if answer else route.abort())
    desk.page.evaluate(RECORD_STATUS, desk.save_status.element_handle())
    desk.write("typed")
    expect_status_soon(desk, KEPT)
    expect_text_after_reload(desk, "typed")
    expect(desk.save_status).to_have_text(KEPT)
    assert stored(site, desk).revision == 1

    desk.page.unroute(SAVE)
    desk.wait_saved()
    record = stored(site, desk)
    assert (record.revision, record.files["main.py"]) == (2, b"typed")


def test_refused_text_stays_until_it_is_changed(desk: Workbench, site: Site) -> None:
    too_large = {"status": 413, "body": '{"error": "A file holds at most 5 MB."}', "content_type": JSON}
    desk.page.route(SAVE, lambda route: route.fulfill(**too_large))
    desk.write("too large")
    expect_status_soon(desk, KEPT)
    expect(desk.page.get_by_role("alert").filter(has_text="A file holds at most 5 MB.")).to_be_visible()
    desk.page.unroute(SAVE)
    desk.write("small enough")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"small enough"


def test_server_is_left_alone_for_as_long_as_it_asks(desk: Workbench) -> None:
    tries: list[float] = []

    def answer(route: Route) -> None:
        tries.append(time.monotonic())
        if len(tries) == 1:
            route.fulfill(status=429, headers={"Retry-After": "3"})
        else:
            route.continue_()

    desk.page.route(SAVE, answer)
    desk.write("typed")
    expect_status_soon(desk, KEPT)
    desk.write("typed on")
    desk.wait_saved()

    assert tries[1] - tries[0] >= 3


def test_lost_response_is_one_revision(desk: Workbench, site: Site) -> None:
    keys: list[str] = []

    def lose_the_first_two_answers(route: Route) -> None:
        keys.append(route.request.post_data_json["key"])
        answer = route.fetch()
        if len(keys) <= 2:
            route.abort()
        else:
            route.fulfill(response=answer)

    desk.page.route(SAVE, lose_the_first_two_answers)
    desk.write("typed once")
    expect_status_soon(desk, KEPT)
    desk.wait_saved()

    assert len(keys) == 3
    assert len(set(keys)) == 1
    record = stored(site, desk)
    assert (record.revision, record.files["main.py"]) == (2, b"typed once")
    assert record.history.count(b"typed once") == 1


def test_text_typed_while_an_answer_is_awaited_is_saved_too(desk: Workbench, site: Site) -> None:
    with desk.page.expect_request(SAVE):
        desk.page.route(SAVE, lambda route: (time.sleep(0.5), route.continue_()))
        desk.write("first part")
    desk.page.keyboard.insert_text(", second part")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"first part, second part"


def test_session_that_ends_while_typing_loses_nothing(desk: Workbench, context: BrowserContext, site: Site) -> None:
    context.clear_cookies(name="sessionid")
    desk.write("typed signed out")
    expect_status_soon(desk, KEPT)
    link = desk.page.get_by_role("link", name="Sign in again in a new tab")
    with context.expect_page() as opened:
        link.click()
    sign_in_page = opened.value
    expect(sign_in_page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(context, site.url, "cleo@demo")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"typed signed out"
    expect_text_after_reload(desk, "typed signed out")


def test_all_cookies_gone_still_leads_to_the_sign_in(desk: Workbench, context: BrowserContext, site: Site) -> None:
    context.clear_cookies()
    desk.write("typed without cookies")
    expect_status_soon(desk, KEPT)
    sign_in(context, site.url, "cleo@demo")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"typed without cookies"


def test_control_s_saves_at_once(desk: Workbench, site: Site) -> None:
    desk.write("saved by hand")
    with desk.page.expect_request(SAVE, timeout=900):
        desk.page.keyboard.press("ControlOrMeta+s")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"] == b"saved by hand"


@pytest.mark.parametrize("line_count", [10, 1_400, 10_000], ids=["small", "70_kB", "500_kB"])
def test_text_of_the_last_moment_survives_leaving(desk: Workbench, site: Site, line_count: int) -> None:
    text = "\n".join(f"value_{number} = {'x' * 32}" for number in range(line_count))
    desk.write("")
    desk.editor.evaluate(PASTE, text)
    desk.page.goto(f"{site.url}/projects/")
    desk.page.go_back()
    expect(desk.editor).to_contain_text("value_0 = xxx")
    desk.wait_saved()

    assert stored(site, desk).files["main.py"].decode() == text


def test_files_that_a_program_writes_are_saved(open_project: Callable[..., Workbench], site: Site) -> None:
    desk = open_project("cleo@demo", "Files of a program")
    desk.run(
        "open('notes.txt', 'w', encoding='utf-8').write('åäö ✓\\n')\n"
        "open('bytes.bin', 'wb').write(bytes(range(256)))\n"
        "import os\nos.makedirs('data')\nopen('data/deep.csv', 'w').write('a,b\\n')"
    )
    desk.wait_saved()
    files = stored(site, desk).files

    assert files["notes.txt"].decode() == "åäö ✓\n"
    assert files["bytes.bin"] == bytes(range(256))
    assert files["data/deep.csv"] == b"a,b\n"
    desk.page.reload()
    desk.wait_ready()
    read_back = "print(open('notes.txt', encoding='utf-8').read(), sum(open('bytes.bin', 'rb').read()))"
    assert desk.run(read_back).startswith(f"åäö ✓\n {sum(range(256))}")


@pytest.fixture
def killable(browser: Browser, chromium_path: str, tmp_path: Path) -> Iterator[KillableBrowser]:
    opened = KillableBrowser(browser.browser_type, chromium_path, tmp_path / "profile")
    yield opened
    opened.close()


def test_killed_browser_loses_no_text(desk: Workbench, killable: KillableBrowser, site: Site) -> None:
    address = desk.page.url
    expected = ""
    for after_s in KILLED_AFTER_S:
        tab = killable.open(site.url, "cleo@demo", address)
        if expected:
            expect(tab.editor).to_have_text(expected)
        expected = f"killed {after_s} s after the last key"
        tab.write("killed ")
        tab.page.keyboard.type(expected.removeprefix("killed "), delay=20)
        time.sleep(after_s)
        killable.kill()

    last = killable.open(site.url, "cleo@demo", address)
    expect(last.editor).to_have_text(expected)
    last.wait_saved()
    assert stored(site, last).files["main.py"].decode() == expected


@pytest.mark.alone
def test_browser_killed_in_the_middle_of_typing_loses_three_seconds_at_most(
    desk: Workbench, killable: KillableBrowser, site: Site
) -> None:
    # Only where more was typed can more be lost.
    assert killable.seconds_lost(site.url, "cleo@demo", desk.page.url, after_s=4) <= 3


def test_nothing_can_be_typed_before_a_large_text_is_there(desk: Workbench, context: BrowserContext) -> None:
    # What is not in the page itself is asked for once it is open.
    desk.write("#" * 300_000)
    desk.wait_saved()
    asked: list[Route] = []
    late = Workbench(context.new_page())
    late.page.route("**/files/", lambda route: asked.append(route))
    with late.page.expect_request("**/files/"):
        late.page.goto(desk.page.url)
    expect(late.editor).to_have_attribute("contenteditable", "false")
    asked[0].continue_()
    late.write("typed")
    late.wait_saved()


@pytest.mark.parametrize("first", ["offline", "online"])
def test_a_device_that_was_offline_for_an_hour_overwrites_nothing(
    desk: Workbench, browser: Browser, site: Site, first: str
) -> None:
    context = browser.new_context()
    for pattern in ("**/sandbox/**", "**/runtime/**"):
        context.route(pattern, lambda route: route.abort())
    page = sign_in(context, site.url, "cleo@demo")
    page.clock.install()
    page.goto(desk.page.url)
    device = Workbench(page)
    expect(device.editor).to_contain_text("What is your name?")

    def type_offline() -> None:
        context.set_offline(True)
        device.write("typed offline")
        page.clock.run_for(2000)
        expect(device.save_status).to_have_text(KEPT)

    def type_online() -> None:
        desk.write("typed online")
        desk.wait_saved()

    for act in (type_offline, type_online) if first == "offline" else (type_online, type_offline):
        act()
    page.clock.run_for(60 * 60 * 1000)
    context.set_offline(False)
    # The network comes back in real time, the next attempt to save in the page's own.
    page.clock.resume()
    expect(device.save_status).to_have_text(CHOICE, timeout=READY_TIMEOUT_MS)
    expect(device.editor).to_have_text("typed offline")
    assert stored(site, desk).files["main.py"] == b"typed online"

    device.page.get_by_role("button", name="Keep mine").click()
    page.clock.run_for(5000)
    expect(device.save_status).to_have_text(re.compile(r"^Saved \d"))
    context.close()
    record = stored(site, desk)
    assert record.files["main.py"] == b"typed offline"
    assert b"typed online" in record.history


def test_saved_is_not_said_before_a_late_answer(desk: Workbench) -> None:
    answered: list[float] = []

    def answer_late(route: Route) -> None:
        time.sleep(3)
        answered.append(time.monotonic())
        route.continue_()

    desk.page.route(SAVE, answer_late)
    desk.page.evaluate(RECORD_STATUS, desk.save_status.element_handle())
    desk.write("typed")
    expect_status_soon(desk, "Saving…")
    assert not any(word.startswith("Saved") for word in words_since_recorded(desk))
    desk.wait_saved()
    assert len(answered) == 1
