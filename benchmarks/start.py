"""From opening the page to the first text that a program prints."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.bench import Bench
from benchmarks.contenders import Contender
from benchmarks.printing import put_program
from benchmarks.results import BARE, OURS, Row, Section, Target

PROGRAM = 'print("hello")\n'
COLD = "page open to first print, cold browser"
WARM = "page open to first print, warm browser"
TARGETS = [
    Target(WARM, 0.25, versus=BARE),
]
TEXT = """
From the navigation's beginning until the text stands in the document.
"""


def measure(bench: Bench) -> Section:
    bench.site.query(put_program(PROGRAM))
    contenders = [Contender(OURS, bench.site.url, "ada@demo"), Contender(BARE, bench.bare_url)]
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(bench.rounds(5)):
        for contender in contenders:
            with bench.fresh_browser() as context:
                address = contender.prepare(context)
                for what in (COLD, WARM):
                    page, taken = contender.open_until_print(context, address)
                    times[what, contender.name].append(taken)
                    page.close()
    rows = [Row(what, name, taken) for (what, name), taken in sorted(times.items())]
    bench.tell(rows)
    return Section("start", 1, "How fast a page becomes a running program", TEXT, rows, TARGETS, bench.machine())
