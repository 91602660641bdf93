"""What an opening brings over the network, and what memory it holds."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from playwright.sync_api import BrowserContext, TimeoutError

from benchmarks.bench import Bench
from benchmarks.contenders import PROGRAM, Contender, all_contenders, put_program
from benchmarks.results import OURS, Row, Section, Target
from benchmarks.slow_network import Crossed, Line
from benchmarks.slow_processor import processes_of

COLD = "cold browser"
WARM = "warm browser"
BYTES = "bytes on the wire, all that the page loads"
WITHOUT_SNAPSHOT = "the same without the memory snapshot"
UNTIL_PRINT = "bytes on the wire until the first print"
RUNTIME = "of these, of the runtime"
REQUESTS = "requests, all that the page makes"
MEMORY = "memory at the first print"
MEMORY_LATER = "memory when all is loaded, the spare worker included"
# The spare worker, the linter and the names have come by then.
SETTLED_MS = 10_000
RUNTIME_PREFIX = "/runtime/"
TARGETS = [
    Target(BYTES, 11, under=COLD),
    Target(WITHOUT_SNAPSHOT, 7, under=COLD),
    Target(RUNTIME, 0, under=WARM),
]
TEXT = f"""
Bytes as they cross a line before the server, headers included, compressed as each server does it (brotli): until the
first print, and {SETTLED_MS // 1000} s later, when the page has also fetched what helps while typing. Memory: what
all processes of the browser hold (their proportional share, so that nothing counts twice) above what they hold with
an empty page.
"""
MEGA = 1e6
# By condition, thing, contender and unit.
Measured = dict[tuple[str, str, str, str], list[float]]


def measure(bench: Bench) -> Section:
    put_program(bench.site, PROGRAM)
    rows: Measured = defaultdict(list)
    for _ in range(bench.rounds(1)):
        for contender in all_contenders(bench):
            try:
                _open_twice(bench, contender, rows)
            except TimeoutError:
                if contender.name == OURS:
                    raise
                bench.say(f"  {contender.name} did not print; it is left out.")
    kept = [Row(what, name, values, unit, under) for (under, what, name, unit), values in rows.items()]
    order = list(dict.fromkeys((row.under, row.what) for row in kept))
    kept.sort(key=lambda row: order.index((row.under, row.what)))
    return Section("size", 6, "Bytes on the wire and memory held", TEXT, kept, TARGETS, bench.machine())


def _open_twice(bench: Bench, contender: Contender, rows: Measured) -> None:
    with contender.behind() as (reached, line), bench.fresh_browser() as context:
        address = reached.prepare(context)
        line.take()
        empty = _memory(bench.profile)
        for under in (COLD, WARM):
            found = _open(bench, reached, context, address, line, empty)
            for (what, unit), value in found.items():
                rows[under, what, contender.name, unit].append(value)
                bench.say(f"  {what}, {under}: {contender.name} {value:.1f} {unit}")


def _open(
    bench: Bench, contender: Contender, context: BrowserContext, address: str, line: Line, empty: float
) -> dict[tuple[str, str], float]:
    page, _ = contender.open_until_print(context, address)
    first = line.take()
    memory = _memory(bench.profile)
    page.wait_for_timeout(SETTLED_MS)
    crossed = first + line.take()
    memory_later = _memory(bench.profile)
    page.close()
    found = {
        (UNTIL_PRINT, "MB"): _sum(first),
        (BYTES, "MB"): _sum(crossed),
        (REQUESTS, "requests"): float(sum(part.requests for part in crossed)),
        (MEMORY, "MB"): memory - empty,
        (MEMORY_LATER, "MB"): memory_later - empty,
    }
    if contender.name == OURS:
        snapshot = [part for part in crossed if "/snapshot-" in part.path]
        found[WITHOUT_SNAPSHOT, "MB"] = _sum(crossed) - _sum(snapshot)
        found[RUNTIME, "MB"] = _sum([part for part in crossed if part.path.startswith(RUNTIME_PREFIX)])
    return found


def _sum(crossed: list[Crossed]) -> float:
    return sum(part.received for part in crossed) / MEGA


def _memory(profile: str) -> float:
    """Megabytes that the browser's processes hold; what several share counts in parts."""
    held = 0
    for process in processes_of(profile):
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        held += sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("Pss:"))
    return held * 1024 / MEGA
