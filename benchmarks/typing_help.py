"""From a key to what helps: the mark under a mistake, and the list of names that fit."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from benchmarks.contenders import TIMEOUT_MS, Contender
from benchmarks.printing import put_program
from benchmarks.results import Row
from codeplatform.tests.browser.site import Site

MARKS = "keystroke to lint marks, the pause of 300 ms included"
NAMES = "keystroke to the list of names"
# A program of the length that a lesson ends with.
PROGRAM = "".join(f"def function_{number}(value):\n    return value + {number}\n\n\n" for number in range(40))
WATCH = """() => {
  addEventListener("keydown", () => { window.keyAt = performance.now(); }, {capture: true});
  const seen = new MutationObserver(() => {
    if (document.querySelector(window.awaited)) window.seenAt ??= performance.now();
  });
  seen.observe(document.body, {childList: true, subtree: true});
}"""
HAS_HINTS = "() => /hint/.test(document.getElementById('show-hints').textContent)"


def measure_typing_help(context: BrowserContext, site: Site, ours: Contender, runs: int) -> list[Row]:
    """Our own rows: a bare page has no such help."""
    site.query(put_program(PROGRAM))
    page = context.new_page()
    page.goto(ours.prepare(context))
    page.wait_for_function(HAS_HINTS, timeout=TIMEOUT_MS)
    page.evaluate(WATCH)
    page.get_by_role("textbox", name="Code editor").click()
    marks = [_time(page, "prnt(1)\n", ".cm-lintRange") for _ in range(runs)]
    names = [_time(page, "pri", ".cm-tooltip-autocomplete") for _ in range(runs)]
    page.close()
    return [Row(MARKS, ours.name, marks), Row(NAMES, ours.name, names)]


def _time(page: Page, text: str, awaited: str) -> float:
    """From the last key of `text`, typed on a line of its own at the end, until `awaited` is in the document; in ms."""
    page.keyboard.press("Control+End")
    page.evaluate("(awaited) => { window.awaited = awaited; window.seenAt = undefined; }", awaited)
    page.keyboard.type(text, delay=60)
    page.wait_for_function("() => window.seenAt !== undefined", timeout=TIMEOUT_MS)
    elapsed = float(page.evaluate("() => window.seenAt - window.keyAt"))
    page.keyboard.press("Escape")
    for _ in text:
        page.keyboard.press("Backspace")
    page.wait_for_function("(awaited) => !document.querySelector(awaited)", arg=awaited, timeout=TIMEOUT_MS)
    return elapsed
