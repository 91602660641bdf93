"""What axe-core finds in a page, and a page in each of the ways it can look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from codeplatform.tests.browser.site import BASE_DIR

AXE = BASE_DIR / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# What axe finds, as "rule: element" lines.
FINDINGS = """async (only) => {
  const options = {resultTypes: ["violations"], ...(only.length && {runOnly: only})};
  const {violations} = await axe.run(document, options);
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`));
}"""
COLOUR_RULES = ("color-contrast", "link-in-text-block")
WIDTHS_PX = (1280, 390)
# Two frames: what observes sizes has answered the change.
SETTLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAGE_WIDTH = "document.documentElement.scrollWidth"

Problems = dict[str, list[str]]
Scheme = Literal["light", "dark"]


def find_problems(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    # A page's policy forbids foreign scripts; evaluating is the browser's own doing.
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(Path(AXE).read_text())
    found: list[str] = page.evaluate(FINDINGS, only)
    return found


def appearances(page: Page) -> Iterator[tuple[Scheme, int]]:
    """Show the page light and dark, on a desk and in a hand; it is light and on the desk again when all were seen."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for width in WIDTHS_PX:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLE)
            yield scheme, width
    page.set_viewport_size({"width": WIDTHS_PX[0], "height": 800})
    page.emulate_media(color_scheme=schemes[0], reduced_motion="reduce")
    page.evaluate(SETTLE)


def check_appearances(page: Page, state: str, problems: Problems) -> None:
    """Note what axe finds and what does not fit; in dark appearances only what depends on colours is looked for."""
    for scheme, width in appearances(page):
        found = find_problems(page, COLOUR_RULES if scheme == "dark" else ())
        if (wide := int(page.evaluate(PAGE_WIDTH))) > width:
            found.append(f"is {wide} px wide")
        if found:
            problems[f"{state}, {scheme}, {width} px"] = found
