"""The choice in a conflict: both texts with their differences, file by file, and merging by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.stored import stored
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

CHOICE = "Needs your choice"
FIRST = "# totals\ntotal = 1\nprint('hello')\nprint(total)\n"
SECOND = "# totals\ntotal = 2\nprint('hello')\nprint(total)\nprint('end')\n"
MERGED = "# totals\ntotal = 1\nprint('hello')\nprint(total)\nprint('end')\n"


def conflict_of(tab: Workbench) -> Locator:
    return tab.page.get_by_role("region", name="This project was saved somewhere else")


def dialog_of(tab: Workbench) -> Locator:
    return tab.page.get_by_role("dialog", name="Merge by hand")


def meet(desk: Workbench, other: Workbench) -> None:
    """Both change the file; the other one is told."""
    desk.write(FIRST)
    desk.wait_saved()
    other.write(SECOND)
    expect(other.save_status).to_have_text(CHOICE)


@pytest.fixture
def other_device(desk: Workbench, browser: Browser, site: Site) -> Iterator[Workbench]:
    """The same project in another browser, signed in as the same student."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    for pattern in ("**/sandbox/**", "**/runtime/**"):
        context.route(pattern, lambda route: route.abort())
    page = sign_in(context, site.url, "cleo@demo")
    page.goto(desk.page.url)
    device = Workbench(page)
    expect(device.editor).to_contain_text("What is your name?")
    yield device
    context.close()


def test_the_differences_are_marked_in_both_texts(desk: Workbench, second_tab: Workbench) -> None:
    meet(desk, second_tab)
    mine, theirs = conflict_of(second_tab).locator("pre").all()

    expect(mine.locator("mark")).to_have_text(["2", "print('end')\n"], use_inner_text=True)
    expect(theirs.locator("mark")).to_have_text(["1"])
    second_tab.write(SECOND.replace("total = 2", "total = 1"))
    expect(theirs.locator("mark")).to_have_count(0)
    expect(mine).to_contain_text("total = 1")


def test_merging_by_hand_takes_from_both(desk: Workbench, other_device: Workbench, site: Site) -> None:
    meet(desk, other_device)
    page = other_device.page
    conflict_of(other_device).get_by_role("button", name="Merge by hand").click()
    dialog = dialog_of(other_device)
    expect(dialog.get_by_role("textbox", name="Theirs: main.py")).to_have_text(re.compile("total = 1"))
    expect(dialog.get_by_role("status")).to_have_text("Change 1 of 2: main.py")
    dialog.get_by_role("button", name="Take theirs here").click()
    merged = dialog.get_by_role("textbox", name="Merged: main.py")
    expect(merged).to_contain_text("total = 1")
    expect(dialog.get_by_role("status")).to_have_text("Change 1 of 1: main.py")
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    other_device.wait_saved()
    expect(other_device.editor).to_contain_text("print('end')")
    record = stored(site, desk)
    assert record.files == {"main.py": MERGED.encode()}
    assert {FIRST.encode(), SECOND.encode(), MERGED.encode()} <= set(record.history)


def test_merging_by_keyboard_alone(desk: Workbench, second_tab: Workbench, site: Site) -> None:
    meet(desk, second_tab)
    page = second_tab.page
    button = conflict_of(second_tab).get_by_role("button", name="Merge by hand")
    button.focus()
    page.keyboard.press("Enter")
    merged = dialog_of(second_tab).get_by_role("textbox", name="Merged: main.py")
    expect(merged).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(dialog_of(second_tab).get_by_role("status")).to_have_text("Change 2 of 2: main.py")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("3")
    page.keyboard.press("Escape")
    second_tab.wait_saved()

    assert stored(site, desk).files["main.py"] == SECOND.replace("total = 2", "total = 3").encode()


def test_a_tab_closed_in_the_middle_of_merging_loses_nothing(
    desk: Workbench, second_tab: Workbench, context: BrowserContext, site: Site
) -> None:
    meet(desk, second_tab)
    conflict_of(second_tab).get_by_role("button", name="Merge by hand").click()
    dialog_of(second_tab).get_by_role("textbox", name="Merged: main.py").click()
    second_tab.page.keyboard.press("ControlOrMeta+End")
    second_tab.page.keyboard.insert_text("# half merged")
    second_tab.page.close(run_before_unload=True)
    reopened = Workbench(context.new_page())
    reopened.page.goto(desk.page.url)

    expect(reopened.editor).to_contain_text("# half merged")
    reopened.wait_saved()
    assert {FIRST.encode(), SECOND.encode()} <= set(stored(site, desk).history)


def test_several_files_are_chosen_one_by_one(desk: Workbench, second_tab: Workbench, site: Site) -> None:
    for tab, word in ((desk, "first"), (second_tab, "second")):
        tab.page.evaluate(ADD_FILES, word)
        if tab is desk:
            tab.wait_saved()
    expect(second_tab.save_status).to_have_text(CHOICE)
    conflict = conflict_of(second_tab)
    for path, what in (("a.txt", "Theirs"), ("b.txt", "Both"), ("c.txt", "Mine")):
        conflict.get_by_role("group", name=f"Keep of {path}").get_by_role("radio", name=what).check()
    conflict.get_by_role("button", name="Keep as chosen below").click()
    second_tab.wait_saved()
    expect(second_tab.files.get_by_role("button", name="b (my copy).txt", exact=True)).to_be_visible()

    files = {path: text for path, text in stored(site, desk).files.items() if path != "main.py"}
    assert files == {"a.txt": b"first", "b.txt": b"first", "b (my copy).txt": b"second", "c.txt": b"second"}


# As the upload dialogue does: three files at once.
ADD_FILES = """(word) => {
  const transfer = new DataTransfer();
  for (const name of ["a.txt", "b.txt", "c.txt"]) transfer.items.add(new File([word], name));
  const input = document.getElementById("upload-files");
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def test_without_the_code_for_it_the_choice_stays(desk: Workbench, second_tab: Workbench) -> None:
    second_tab.page.route("**/codemirror-merge*", lambda route: route.abort())
    meet(desk, second_tab)
    conflict = conflict_of(second_tab)
    conflict.get_by_role("button", name="Merge by hand").click()

    expect(conflict.get_by_role("alert")).to_contain_text("cannot be loaded just now")
    expect(second_tab.save_status).to_have_text(CHOICE)
    expect(conflict.locator("pre").first).to_have_text(SECOND)


def test_the_code_for_comparing_is_loaded_in_a_conflict_only(
    desk: Workbench, second_tab: Workbench, site: Site
) -> None:
    def is_loaded() -> bool:
        names: list[str] = second_tab.page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
        return any("codemirror-merge" in name for name in names)

    desk.write(FIRST)
    desk.wait_saved()
    assert not is_loaded()
    second_tab.write(SECOND)
    expect(conflict_of(second_tab).locator("mark").first).to_be_visible()
    assert is_loaded()


def test_the_choice_and_the_dialogue_have_no_known_problem(desk: Workbench, second_tab: Workbench) -> None:
    page, problems = second_tab.page, Problems()
    meet(desk, second_tab)
    expect(conflict_of(second_tab).locator("mark").first).to_be_visible()
    check_appearances(page, "choice", problems)
    conflict_of(second_tab).get_by_role("button", name="Merge by hand").click()
    expect(dialog_of(second_tab)).to_be_visible()
    check_appearances(page, "dialogue", problems)
    page.keyboard.press("Escape")
    second_tab.wait_saved()

    # What is compared side by side on a desk lies in one text on a phone, from the moment when it is opened.
    desk.page.set_viewport_size({"width": 390, "height": 800})
    desk.write(MERGED)
    conflict_of(desk).get_by_role("button", name="Merge by hand").click()
    expect(dialog_of(desk)).to_be_visible()
    check_appearances(desk.page, "dialogue on a phone", problems)

    assert problems == {}
