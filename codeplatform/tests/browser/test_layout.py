"""The project page's panels, themes, presentation and keys, and what it says to people who hear it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, accept, sign_in

pytestmark = pytest.mark.browser

OpenProject = Callable[..., Workbench]
SLOW = "import time\nfor number in range(600):\n    time.sleep(0.1)\n"
# Every two parts of the bar that lie over each other, and every part that leaves the window, by their text.
MISPLACED = """() => {
  const parts = [...document.querySelectorAll(".bar > *, .bar-project > *, .bar-told > *, .bar-run > *")]
    .filter((part) => part.getClientRects().length)
    .map((part) => ({part, box: part.getBoundingClientRect()}));
  const name = ({part}) => part.id || part.className || part.tagName;
  const outside = parts.filter(({box}) => box.left < 0 || box.right > innerWidth + 0.5).map(name);
  const over = parts.flatMap((one, at) => parts.slice(at + 1)
    .filter((other) => !one.part.contains(other.part) && one.box.right > other.box.left + 0.5 &&
      other.box.right > one.box.left + 0.5 && one.box.bottom > other.box.top + 0.5 &&
      other.box.bottom > one.box.top + 0.5)
    .map((other) => `${name(one)} over ${name(other)}`));
  return [...outside, ...over];
}"""


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found is not None
    return dict(found)


def panel(page: Page, name: str) -> Locator:
    return page.locator(f".panel-{name}")


def divider(page: Page, name: str) -> Locator:
    return page.get_by_role("separator", name=name)


def drag(page: Page, handle: Locator, by_x: float, by_y: float) -> None:
    at = box(handle)
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_x / 2, y + by_y / 2)
    page.mouse.move(x + by_x, y + by_y)
    page.mouse.up()


def listen(page: Page) -> Callable[[], list[str]]:
    """What is read out from now on."""
    page.evaluate("""() => {
      window.spoken = [];
      new MutationObserver((changes) => {
        for (const {addedNodes} of changes) for (const node of addedNodes) spoken.push(node.textContent);
      }).observe(document.getElementById("announcer"), {childList: true, subtree: true});
    }""")

    def heard() -> list[str]:
        spoken: list[str] = page.evaluate("spoken.splice(0)")
        return spoken

    return heard


def told_of_the_end(heard: Callable[[], list[str]]) -> str:
    """What is read out, without what is said on a slow machine besides: that it runs, that Stop started Python anew."""
    return " ".join(said for said in heard() if said not in {"Running.", "Python is ready."})


@pytest.fixture
def page(bench: Workbench) -> Iterator[Page]:
    """The module's project page at 1280 by 800, with nothing chosen yet on this device."""
    yield bench.page
    bench.page.set_viewport_size({"width": 1280, "height": 800})
    bench.page.evaluate("localStorage.clear()")
    bench.page.reload()


def test_dividers_are_moved_by_mouse_and_keys_and_remembered(page: Page) -> None:
    files, console = panel(page, "files"), panel(page, "output")
    first = box(files)["width"], box(console)["width"]
    width = first[0]
    drag(page, divider(page, "Width of the files"), 90, 0)
    assert box(files)["width"] == pytest.approx(width + 90, abs=2)

    handle = divider(page, "Size of the console")
    before = int(handle.get_attribute("aria-valuenow") or 0)
    console_width = box(console)["width"]
    handle.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert box(console)["width"] == pytest.approx(console_width + 64, abs=3)
    expect(handle).to_have_attribute("aria-valuenow", re.compile(rf"^(?!{before}$)\d+$"))

    sizes = box(files)["width"], box(console)["width"]
    page.reload()
    assert (box(files)["width"], box(console)["width"]) == pytest.approx(sizes, abs=2)
    handle.dblclick()
    divider(page, "Width of the files").dblclick()
    assert (box(files)["width"], box(console)["width"]) == pytest.approx(first, abs=1)
    page.reload()
    assert (box(files)["width"], box(console)["width"]) == pytest.approx(first, abs=1)


def test_no_panel_becomes_too_small_whatever_is_asked(page: Page) -> None:
    handle = divider(page, "Size of the console")
    handle.focus()
    page.keyboard.press("End")
    assert box(panel(page, "code"))["width"] >= 240
    page.keyboard.press("Home")
    assert box(panel(page, "output"))["width"] >= 220
    drag(page, divider(page, "Width of the files"), 900, 0)
    for width, height in ((1280, 800), (1101, 700), (820, 600), (701, 500)):
        page.set_viewport_size({"width": width, "height": height})
        for name in ("files", "code", "output"):
            found = box(panel(page, name))
            assert found["width"] >= 140 and found["height"] >= 110, (width, name, found)
            assert found["x"] + found["width"] <= width + 1 and found["y"] + found["height"] <= height + 1


def test_files_are_put_away_and_come_back(page: Page) -> None:
    files, button = panel(page, "files"), page.locator("#toggle-files")
    button.click()
    expect(files).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(files).to_be_hidden()
    handle = divider(page, "Width of the files")
    handle.focus()
    expect(handle).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("Enter")
    expect(files).to_be_visible()
    drag(page, handle, -150, 0)
    expect(files).to_be_hidden()
    drag(page, handle, 200, 0)
    assert box(files)["width"] == pytest.approx(200, abs=10)


def test_the_console_goes_below_where_the_person_or_the_window_wants_it(page: Page) -> None:
    code, console = panel(page, "code"), panel(page, "output")

    def is_below() -> bool:
        return box(console)["y"] >= box(code)["y"] + box(code)["height"]

    assert not is_below()
    page.set_viewport_size({"width": 1024, "height": 768})
    assert is_below()
    page.get_by_text("View", exact=True).click()
    page.get_by_label("Console", exact=True).and_(page.locator("select")).select_option("Right of the code")
    assert not is_below()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Console", exact=True).and_(page.locator("select")).select_option("Below the code")
    page.keyboard.press("Escape")
    assert is_below()
    handle = divider(page, "Size of the console")
    expect(handle).to_have_attribute("aria-orientation", "horizontal")
    height = box(console)["height"]
    drag(page, handle, 0, -100)
    assert box(console)["height"] == pytest.approx(height + 100, abs=3)
    page.reload()
    assert box(console)["height"] == pytest.approx(height + 100, abs=3)


def test_dividers_follow_a_finger(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True)
    page = sign_in(context, site.url, "cleo@demo")
    page.goto(f"{site.url}/projects/")
    page.get_by_role("link", name="Hello", exact=True).click()
    expect(page.get_by_role("textbox", name="Code editor")).to_be_visible()
    handle, files = divider(page, "Width of the files"), panel(page, "files")
    at, width = box(handle), box(files)["width"]
    x, y = at["x"] + at["width"] / 2, at["y"] + 100
    finger = context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + 40, "y": y}]),
        ("touchMove", [{"x": x + 80, "y": y}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert box(files)["width"] == pytest.approx(width + 80, abs=3)
    context.close()


def test_presentation_is_large_ends_with_escape_and_remembers_its_size(page: Page) -> None:
    bench = Workbench(page)
    text = page.locator(".cm-content")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    usual = text.evaluate(size)
    page.get_by_text("View", exact=True).click()
    page.get_by_role("button", name="Present", exact=True).click()
    expect(bench.files).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    for needed in (bench.run_button, bench.save_status, bench.runtime, bench.console, bench.editor):
        expect(needed).to_be_visible()
    assert text.evaluate(size) >= 1.7 * usual
    assert bench.console.evaluate(size) == text.evaluate(size)
    page.wait_for_function("() => document.fullscreenElement !== null")
    first = text.evaluate(size)
    page.get_by_role("button", name="Larger").click()
    larger = text.evaluate(size)
    assert larger > first
    bench.editor.click()
    page.keyboard.press("Escape")
    expect(bench.files).to_be_visible()
    assert text.evaluate(size) == usual
    page.wait_for_function("() => document.fullscreenElement === null")
    page.reload()
    bench.wait_ready()
    page.keyboard.press("F9")
    expect(bench.files).to_be_hidden()
    assert text.evaluate(size) == larger
    page.keyboard.press("F9")
    expect(bench.files).to_be_visible()


@pytest.mark.fresh
def test_a_theme_is_there_before_the_page_is_drawn_and_after_a_reload(page: Page) -> None:
    page.context.add_init_script("""
      new MutationObserver((changes, observer) => {
        if (!document.body) return;
        observer.disconnect();
        const {colorScheme} = getComputedStyle(document.documentElement);
        window.first = [document.documentElement.dataset.theme, colorScheme];
      }).observe(document, {childList: true, subtree: true});
    """)
    page.emulate_media(color_scheme="light")
    page.get_by_text("View", exact=True).click()
    theme = page.get_by_label("Colours")
    seen = {}
    for choice in ("Dark", "High contrast", "Light", "As the device"):
        theme.select_option(choice)
        seen[choice] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert seen["Light"] == seen["As the device"] == seen["High contrast"] != seen["Dark"]
    theme.select_option("Dark")
    page.reload()
    assert page.evaluate("first") == ["dark", "dark"]
    expect(theme).to_have_value("dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == seen["Dark"]


def test_the_device_is_followed_in_contrast(page: Page) -> None:
    body, white = page.locator("body"), "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark", contrast="no-preference")
    expect(body).not_to_have_css("color", white)
    page.emulate_media(color_scheme="dark", contrast="more")
    expect(body).to_have_css("color", white)
    page.emulate_media(color_scheme="light", contrast="no-preference")
    expect(body).not_to_have_css("color", white)


def test_each_shortcut_of_the_list_does_what_it_says(page: Page) -> None:
    bench = Workbench(page)
    bench.wait_ready()
    bench.write("print('first')\nprint('second')")
    page.keyboard.press("Shift+F1")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    listed = dict(zip(dialog.locator("dt").all_inner_texts(), dialog.locator("dd").all_inner_texts(), strict=True))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    line = "() => document.querySelectorAll('.cm-line')[1].textContent"

    def press(words: str) -> None:
        for stroke in listed.pop(words).split(", then "):
            page.keyboard.press(stroke.replace("Ctrl", "Control").replace("Esc", "Escape").translate(ARROWS))

    def focused(locator: Locator) -> None:
        expect(locator).to_be_focused()

    press("This list")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    bench.editor.click()
    page.keyboard.press("Control+End")
    press("Indent")
    assert page.evaluate(line) == "    print('second')"
    press("Indent less")
    assert page.evaluate(line) == "print('second')"
    press("Comment or uncomment")
    assert page.evaluate(line) == "# print('second')"
    press("Undo")
    assert page.evaluate(line) == "print('second')"
    press("Redo")
    assert page.evaluate(line) == "# print('second')"
    press("Move the line up")
    assert page.evaluate(line) == "print('first')"
    press("Move the line down")
    assert page.evaluate(line) == "# print('second')"
    press("Find and replace")
    focused(page.get_by_role("textbox", name="Find"))
    page.keyboard.press("Escape")
    focused(bench.editor)
    press("Leave the editor")
    expect(bench.editor).not_to_be_focused()

    hints = page.get_by_role("button", name=re.compile(r"^(No|\d+) hints?$"))
    bench.write("prnt(1)\nprint( 2 )\n")
    expect(hints).to_have_text("1 hint", timeout=READY_TIMEOUT_MS)
    for words in ("Next hint", "Previous hint"):
        press(words)
        expect(page.locator(".cm-tooltip-lint")).to_contain_text("Did you mean print?")
        page.keyboard.press("Escape")
    press("Make the change a hint offers")
    expect(page.locator(".cm-line").first).to_have_text("print(1)")
    press("Format the code")
    expect(page.locator(".cm-line").nth(1)).to_have_text("print(2)")
    press("List the hints")
    expect(page.get_by_role("region", name="Hints")).to_be_visible()
    page.keyboard.press("Escape")
    bench.write("prin")
    press("List the names that fit")
    accept(page, "print")
    press("Explain the name at the cursor")
    expect(page.locator(".name-doc")).to_contain_text("Prints the values")
    page.keyboard.press("Escape")

    press("Go to the files")
    focused(bench.files.locator("[aria-current]"))
    press("Next panel")
    focused(bench.editor)
    press("Go to the console")
    focused(bench.console)
    press("Previous panel")
    focused(bench.editor)
    press("Present, and end presentation")
    expect(bench.files).to_be_hidden()
    page.keyboard.press("F9")
    expect(bench.files).to_be_visible()

    asking = "try:\n    input('Again? ')\nexcept EOFError:\n    print('no')\n"
    bench.write(f"name = input('Name? ')\nprint('I am', name)\n{asking}while True:\n    pass\n")
    press("Save now")
    bench.wait_saved()
    press("Run")
    bench.wait_input()
    press("Go to the code")
    focused(bench.editor)
    press("Go to the program's input")
    focused(bench.input)
    bench.answer("Ben")
    expect(bench.console).to_contain_text("I am Ben")
    bench.wait_input()
    press("Earlier answer")
    expect(bench.input).to_have_value("Ben")
    press("Later answer")
    expect(bench.input).to_have_value("")
    press("End the input")
    expect(bench.console).to_contain_text("no")
    press("Stop")
    expect(bench.runtime).to_have_text(re.compile("stopped"), timeout=10_000)
    bench.start("input('Name? ')")
    bench.wait_input()
    press("Stop, if nothing is selected")
    expect(bench.runtime).to_have_text(re.compile("stopped"), timeout=10_000)

    handle = divider(page, "Width of the files")
    handle.focus()
    width = box(panel(page, "files"))["width"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert box(panel(page, "files"))["width"] == pytest.approx(width + 96, abs=2)
    del listed["Move (with Shift: further)"]
    press("As large as possible")
    assert box(panel(page, "files"))["width"] > 600
    press("As small as possible")
    expect(panel(page, "files")).to_be_hidden()
    press("Hide the panel at the side, or show it")
    expect(panel(page, "files")).to_be_visible()
    assert listed == {}, "listed and not tried"


ARROWS = str.maketrans({"↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight"})


def test_a_run_is_told_once_to_people_who_hear_the_page(page: Page) -> None:
    bench = Workbench(page)
    bench.wait_ready()
    title = page.title()
    heard = listen(page)
    bench.start("print('Welcome')\nname = input('Your name? ')\nprint('Hello', name)\n")
    bench.wait_input()
    # The field has the focus: it is read with the question.
    assert told_of_the_end(heard) == "Welcome Waiting for input."
    assert bench.input.get_attribute("aria-description") == "Your name?"
    assert page.title() == f"? {title}"
    bench.answer("Ada")
    bench.wait_ready()
    assert re.fullmatch(r"Hello Ada Finished in [\d.]+ seconds\.", told_of_the_end(heard))
    assert page.title() == title

    bench.run("total = 1\n\nprint(total / 0)\n")
    told = told_of_the_end(heard)
    assert told.startswith("Error in line 3 of main.py: ZeroDivisionError: division by zero.")
    assert "Traceback" not in told

    bench.start(SLOW)
    page.wait_for_function("() => spoken.length")
    assert heard() == ["Running."]
    assert page.title() == f"● {title}"
    bench.stop_button.click()
    bench.wait_ready()
    assert told_of_the_end(heard) == "Stopped."

    bench.write("print('saved')")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => spoken.length")
    assert re.fullmatch(r"Saved [\d:]+", "|".join(heard()))


def test_neither_the_console_nor_a_status_repeats_what_is_told(page: Page) -> None:
    bench = Workbench(page)
    for silent in (bench.console, bench.runtime, bench.save_status):
        expect(silent).to_have_attribute("aria-live", "off")


def test_the_skip_link_leads_past_the_bar(page: Page) -> None:
    page.reload()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_page_works_with_storage_that_is_full_of_nonsense_or_closed(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = sign_in(context, site.url, "cleo@demo")
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.evaluate("""localStorage.setItem("appearance", '{"filesWidth": 1e9, "rightShare": "x", "theme": []}')""")
    page.goto(f"{site.url}/projects/")
    page.get_by_role("link", name="Hello", exact=True).click()
    expect(page.get_by_role("textbox", name="Code editor")).to_be_visible()
    usual = box(panel(page, "files"))["width"]
    assert 140 < usual < 400
    context.add_init_script("""Object.defineProperty(window, "localStorage", {get() { throw new Error("closed"); }})""")
    page.reload()
    drag(page, divider(page, "Width of the files"), 50, 0)
    assert box(panel(page, "files"))["width"] == pytest.approx(usual + 50, abs=2)
    assert errors == []
    context.close()


def open_on_phone(browser: Browser, site: Site) -> tuple[BrowserContext, Workbench]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = sign_in(context, site.url, "cleo@demo")
    page.goto(f"{site.url}/projects/")
    page.get_by_label("Name").fill("Phone")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    return context, Workbench(page)


def test_a_phone_has_keys_above_its_keyboard_and_run_in_reach(browser: Browser, site: Site) -> None:
    context, bench = open_on_phone(browser, site)
    page, keys = bench.page, bench.page.get_by_role("toolbar", name="Keys")
    bench.wait_ready()
    expect(keys).to_be_hidden()
    bench.write("")
    expect(keys).to_be_visible()
    page.keyboard.insert_text("print")
    for name in ("Opening round bracket", "Double quote"):
        keys.get_by_role("button", name=name).tap()
    page.keyboard.insert_text("a")
    keys.get_by_role("button", name="Move right").tap()
    keys.get_by_role("button", name="Closing round bracket").tap()
    expect(bench.editor).to_be_focused()
    expect(page.locator(".cm-line")).to_have_text(['print("a")'])
    keys.get_by_role("button", name="Tab", exact=True).tap()
    expect(page.locator(".cm-line")).to_have_text(['    print("a")'])
    keys.get_by_role("button", name="Undo").tap()
    expect(page.locator(".cm-line")).to_have_text(['print("a")'])

    # The keyboard opens: the page becomes as high as what is left.
    page.set_viewport_size({"width": 390, "height": 430})
    for needed in (bench.run_button, keys, bench.editor, bench.save_status):
        expect(needed).to_be_in_viewport(ratio=0.9)
    assert box(bench.editor.locator("xpath=ancestor::*[@id='editor']"))["height"] > 120

    bench.write("print('Hello', input('Name? '))")
    bench.run_button.tap()
    bench.wait_input()
    expect(bench.input).to_be_focused()
    expect(bench.input).to_be_in_viewport(ratio=1)
    expect(bench.stop_button).to_be_in_viewport(ratio=1)
    bench.answer("Cleo")
    expect(bench.console).to_contain_text("Hello Cleo")
    context.close()


def test_the_bar_keeps_its_rows_and_nothing_lies_over_another(open_project: OpenProject) -> None:
    name = "A project with a name that is much too long for any bar"
    bench = open_project("cleo@demo", name)
    bench.wait_ready()
    page = bench.page
    expect(page.get_by_role("heading", name=name)).to_have_attribute("title", name)
    page.evaluate("""() => {
      document.getElementById("runtime-status").textContent = "loading numpy, pandas, matplotlib, scikit-learn, pillow";
      document.getElementById("save-status").textContent = "Kept on this device";
    }""")
    heights = {}
    # 640 is a screen of 1280 at 200 %.
    for width in (1440, 1280, 1024, 820, 701, 640, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(MISPLACED) == [], width
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        expect(bench.save_status).to_be_in_viewport(ratio=1)
        expect(bench.run_button).to_be_in_viewport(ratio=1)
        heights[width] = box(page.locator(".bar"))["height"]
    assert all(heights[width] < 60 for width in (1440, 1280, 1024, 820)), heights
    assert heights[390] < 105, heights
