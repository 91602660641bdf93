"""What a student waits for in a lesson: an import's first result, a large file being saved."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from benchmarks.contenders import TIMEOUT_MS, Contender
from benchmarks.printing import IS_READY, put_program
from benchmarks.results import Row
from codeplatform.tests.browser.conftest import ARGUMENTS
from codeplatform.tests.browser.site import Site

PROGRAMS = {
    "import numpy": "import numpy\nprint('hello')\n",
    "import pandas": "import pandas\nprint('hello')\n",
    "first plot with matplotlib": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('hello')\n",
}
SAVED_FILE_BYTES = 1_000_000
PRESS_RUN = """() => new Promise((resolve) => {
  const output = document.getElementById("console");
  const start = performance.now();
  new MutationObserver((_, seen) => {
    if (!output.textContent.includes("hello")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  }).observe(output, { childList: true, subtree: true, characterData: true });
  document.getElementById("run").click();
})"""
SAVE = """(bytes) => new Promise((resolve) => {
  const status = document.getElementById("save-status");
  const transfer = new DataTransfer();
  transfer.items.add(new File(["x".repeat(79).concat("\\n").repeat(bytes / 80)], `${Math.random()}.txt`));
  const chooser = document.getElementById("upload-files");
  chooser.files = transfer.files;
  const start = performance.now();
  let isSaving = false;
  new MutationObserver((_, seen) => {
    isSaving ||= status.textContent === "Saving…";
    if (!isSaving || !status.textContent.startsWith("Saved")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  }).observe(status, { childList: true });
  chooser.dispatchEvent(new Event("change"));
})"""


def measure_lesson(playwright: Playwright, site: Site, chromium: str, rounds: int) -> list[Row]:
    """Rows of our own site; cold: the packages come from the server, warm: they are on the device."""
    times: dict[str, list[float]] = defaultdict(list)
    contender = Contender("codeplatform", site.url, "ada@demo")
    for _ in range(rounds):
        for name, program in PROGRAMS.items():
            site.query(put_program(program))
            with _browser(playwright, chromium) as context:
                address = contender.prepare(context)
                for temperature in ("cold", "warm"):
                    page = _ready(context, address)
                    times[f"Run to first print: {name}, {temperature}"].append(float(page.evaluate(PRESS_RUN)))
                    page.close()
    with _browser(playwright, chromium) as context:
        page = _ready(context, contender.prepare(context))
        for _ in range(rounds):
            times["a file of 1 MB, from choosing it to “Saved”"].append(float(page.evaluate(SAVE, SAVED_FILE_BYTES)))
    return [Row(what, contender.name, measured) for what, measured in times.items()]


def _ready(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(IS_READY, timeout=TIMEOUT_MS)
    return page


@contextmanager
def _browser(playwright: Playwright, chromium: str) -> Iterator[BrowserContext]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            Path(profile), executable_path=chromium, args=ARGUMENTS, viewport={"width": 1280, "height": 800}
        )
        yield context
        context.close()
