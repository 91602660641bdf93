"""Row 9 of the report: how long a teacher's browser takes to mark a class."""

from __future__ import annotations

import time
from collections import defaultdict

from playwright.sync_api import BrowserContext, expect

from benchmarks.bench import Bench
from benchmarks.results import OURS, Row, Section
from codeplatform.tests.browser.handed_in import RIGHT, hand_in
from codeplatform.tests.browser.workbench import sign_in

SUBMISSIONS = 30
TESTS = 8
# Beside the four that hand_in() makes
MORE_TESTS = TESTS - 4
AT_ONCE = (1, 2, 4)
ROUNDS = 2
DONE_TIMEOUT_MS = 900_000
TEXT = f"""
{SUBMISSIONS} submissions with {TESTS} tests each, from Start to all done, in a browser that has never been there. Each
submission has a worker of its own, which begins as a copy of a ready Python: what one program leaves behind, the next
one never sees. More programs at once than the processor has cores gain nothing.
"""


def measure(bench: Bench) -> Section:
    address = hand_in(
        bench.site, {f"Student {number:02}": RIGHT for number in range(SUBMISSIONS)}, more_tests=MORE_TESTS
    )
    speeds: dict[int, list[float]] = defaultdict(list)
    for _ in range(bench.rounds(ROUNDS)):
        for workers in AT_ONCE:
            with bench.fresh_browser() as context:
                speeds[workers].append(60 * SUBMISSIONS / _mark(context, bench.site.url, address, workers))
    rows = [Row("submissions a minute", OURS, speed, "", _under(workers)) for workers, speed in speeds.items()]
    bench.tell(rows)
    return Section("marking", 9, "How fast a class is marked", TEXT, rows, machine=bench.machine())


def _under(workers: int) -> str:
    return "one program at once" if workers == 1 else f"{workers} programs at once"


def _mark(context: BrowserContext, site: str, address: str, workers: int) -> float:
    """Seconds from Start to all done."""
    page = sign_in(context, site, "teacher@demo")
    page.goto(address)
    page.get_by_role("button", name=f"Mark {SUBMISSIONS} submissions").click()
    page.get_by_label("Programs at once").select_option(str(workers))
    began = time.monotonic()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Publish")).to_be_enabled(timeout=DONE_TIMEOUT_MS)
    return time.monotonic() - began
