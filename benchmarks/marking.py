"""`python -m benchmarks.marking`: how long a teacher's browser takes to mark a class, one or two programs at once."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.report import machine
from benchmarks.servers import BASE_DIR, our_site
from codeplatform.tests.browser.conftest import ARGUMENTS
from codeplatform.tests.browser.handed_in import RIGHT, hand_in
from codeplatform.tests.browser.workbench import sign_in

SUBMISSIONS = 30
TESTS = 8
# Beside the four that hand_in() makes
MORE_TESTS = TESTS - 4
DONE_TIMEOUT_MS = 900_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks" / "marking.md")
    options = parser.parse_args()
    programs = {f"Student {number:02}": RIGHT for number in range(SUBMISSIONS)}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, our_site(Path(folder)) as site:
        address = hand_in(site, programs, more_tests=MORE_TESTS)
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGUMENTS)
        times = {workers: mark(browser, site.url, address, workers) for workers in (1, 2)}
        text = as_markdown(times, machine(browser.version))
        browser.close()
    options.output.write_text(text)
    print(text)  # noqa: T201 - what it is for


def mark(browser: Browser, site: str, address: str, workers: int) -> float:
    """Seconds from Start to all done, in a browser that has never been there."""
    context = browser.new_context()
    page = sign_in(context, site, "teacher@demo")
    page.goto(address)
    page.get_by_role("button", name=f"Mark {SUBMISSIONS} submissions").click()
    page.get_by_label("Programs at once").select_option(str(workers))
    started = time.monotonic()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Publish")).to_be_enabled(timeout=DONE_TIMEOUT_MS)
    taken = time.monotonic() - started
    context.close()
    return taken


def as_markdown(times: dict[int, float], machine_text: str) -> str:
    lines = [
        "# How fast a class is marked",
        "",
        f"Made by `python -m benchmarks.marking`: {SUBMISSIONS} submissions with {TESTS} tests each, from Start to all",
        f"done, in a browser that has never been there: {machine_text}. Each submission has a worker of its own.",
        "",
        "| programs at once | seconds | submissions a minute | ratio |",
        "|---:|---:|---:|---:|",
    ]
    for workers, taken in times.items():
        lines.append(f"| {workers} | {taken:.0f} | {SUBMISSIONS * 60 / taken:.0f} | {taken / times[1]:.2f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
