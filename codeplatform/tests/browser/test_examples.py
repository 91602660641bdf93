"""Every public example runs where it stands, and does what its page says. What its page costs: test_public_pages.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.web_server import serving
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, sign_in
from frontend.examples import Example, examples

pytestmark = pytest.mark.browser

# How many colours a picture has, looked at on a canvas of the page's own: a blank one has one.
COLOURS = """async (image) => {
  await image.decode();
  const canvas = new OffscreenCanvas(160, 120);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, 160, 120);
  return new Set(new Uint32Array(pen.getImageData(0, 0, 160, 120).data.buffer)).size;
}"""


@pytest.fixture(scope="module")
def page(device: BrowserContext) -> Iterator[Page]:
    """One for all, in a browser that has Python in its cache; a visitor's."""
    opened = device.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def other_server() -> Iterator[str]:
    """Answers as Wikipedia does, as far as the examples know it."""
    with serving() as address:
        yield f"{address}/open/search.json"


def run(page: Page, example: Example) -> Workbench:
    """Press Run and wait for the end, typing the answers."""
    workbench = Workbench(page)
    workbench.run_button.click()
    for answer in example.answers:
        workbench.answer(answer)
    expect(workbench.console.locator(".note").last).to_contain_text("Finished in", timeout=READY_TIMEOUT_MS)
    return workbench


@pytest.mark.parametrize("slug", examples())
def test_an_example_does_what_its_page_says(page: Page, site: Site, other_server: str, slug: str) -> None:
    example = examples()[slug]
    page.goto(f"{site.url}/examples/{slug}/")
    if example.asks:
        page.get_by_role("button", name="Edit", exact=True).click()
        assert example.asks in example.program.code
        Workbench(page).write(example.program.code.replace(example.asks, other_server))

    workbench = run(page, example)

    text = workbench.text()
    assert re.search(".*".join(map(re.escape, example.prints)), text, re.DOTALL), text
    pictures = workbench.console.get_by_role("img")
    expect(pictures).to_have_count(example.figures)
    for picture in pictures.all():
        assert picture.evaluate(COLOURS) > 3
    for name in example.writes:
        produced = page.get_by_role("region", name="Files that the program wrote")
        expect(produced.locator("summary", has_text=name)).to_be_visible()


def test_the_keyboard_is_enough(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/examples/greeting/")
    workbench = Workbench(page)
    page.locator("#live-source").focus()
    page.keyboard.press("Enter")
    expect(workbench.editor).to_be_focused()
    expect(page.get_by_role("button", name="Reset")).to_be_hidden()

    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("while True:\n    pass\n")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(workbench.runtime).to_have_text("running", timeout=READY_TIMEOUT_MS)
    page.keyboard.press("ControlOrMeta+Shift+Enter")
    expect(workbench.console).to_contain_text("Stopped.")

    page.get_by_role("button", name="Reset").click()
    expect(workbench.editor).to_contain_text("What is your name?")
    workbench.run_button.click()
    workbench.wait_input()
    expect(workbench.input).to_be_focused()
    page.keyboard.type("Ada\n")
    workbench.wait_input()
    page.keyboard.type("twelve\n")
    expect(workbench.console).to_contain_text("ValueError")
    expect(page.locator(".cm-errorLine")).to_contain_text("birth_year")


def test_a_student_copies_one_and_goes_on(page: Page, site: Site) -> None:
    own = sign_in(page.context, site.url, "dan@demo")
    own.goto(f"{site.url}/examples/")
    own.get_by_role("link", name="Read a CSV file").click()
    own.get_by_role("button", name="Copy to my projects").click()
    own.wait_for_url("**/projects/*-*/")
    workbench = Workbench(own)

    assert "The longest: Saturday, The Hobbit" in workbench.run()
    expect(workbench.files.get_by_role("button", name="reading.csv", exact=True)).to_be_visible()
    own.close()
    page.context.clear_cookies()
