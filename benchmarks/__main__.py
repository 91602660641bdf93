"""`make bench`: how fast programs start and print, on this site and on a bare Pyodide page."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from benchmarks.contenders import Contender
from benchmarks.lesson import measure_lesson
from benchmarks.printing import measure_printing, put_program
from benchmarks.report import Row, as_markdown, machine
from benchmarks.servers import BASE_DIR, bare_pyodide, our_site
from benchmarks.typing_help import measure_typing_help
from codeplatform.tests.browser.conftest import ARGUMENTS

OURS = "codeplatform"
BARE = "bare Pyodide"
PROGRAM = 'print("hello")\n'
COLD = "page open to first print, cold browser"
WARM = "page open to first print, warm browser"
RUN = "Run to first print, once ready"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="cold and warm openings of each contender")
    parser.add_argument("--runs", type=int, default=30, help="presses of Run on each contender")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks" / "start.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        with our_site(root) as site, bare_pyodide(root) as bare_url:
            site.query(put_program(PROGRAM))
            contenders = [Contender(OURS, site.url, "ada@demo"), Contender(BARE, bare_url)]
            rows, version = measure(playwright, contenders, options.rounds, options.runs)
            with playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS) as browser:
                context = browser.new_context(viewport={"width": 1280, "height": 800})
                rows += measure_printing(context, site, *contenders, options.rounds)
                rows += measure_typing_help(context, site, contenders[0], options.runs)
            rows += measure_lesson(playwright, site, _chromium(), options.rounds)
    table = as_markdown(rows, OURS, machine(version))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(table)
    print(table)


def measure(playwright: Playwright, contenders: list[Contender], rounds: int, runs: int) -> tuple[list[Row], str]:
    """The rows, and the browser's version. Contenders take turns, so that a slow minute hits them alike."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    version = ""
    for number in range(rounds):
        for contender in contenders:
            profile = tempfile.mkdtemp()
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=_chromium(), args=ARGUMENTS, viewport={"width": 1280, "height": 800}
            )
            version = context.browser.version if context.browser else version
            address = contender.prepare(context)
            page, cold = contender.open_until_print(context, address)
            times[COLD, contender.name].append(cold)
            page.close()
            page, warm = contender.open_until_print(context, address)
            times[WARM, contender.name].append(warm)
            if number == rounds - 1:
                # The spare worker boots after the first run; it must not stand beside the measured ones.
                page.wait_for_timeout(5000)
                times[RUN, contender.name] += contender.time_runs(page, runs)
            context.close()
            shutil.rmtree(profile, ignore_errors=True)
            print(
                f"round {number + 1} of {rounds}: {contender.name} cold {cold:.0f} ms, warm {warm:.0f} ms", flush=True
            )
    return [Row(what, name, measured) for (what, name), measured in sorted(times.items())], version


def _chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"


if __name__ == "__main__":
    main()
