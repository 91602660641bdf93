"""From opening the page to the first text that a program prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from benchmarks.bench import Bench
from benchmarks.contenders import PROGRAM, Contender, all_contenders, put_program
from benchmarks.results import BARE, JUPYTERLITE, OURS, Row, Section, Target
from benchmarks.servers import upgraded
from benchmarks.slow_processor import slow_processor

COLD = "page open to first print, cold browser"
WARM = "page open to first print, warm browser"
UPGRADE = "page open to first print, after an upgrade of our app"
MBIT_S = 50
LATENCY_MS = 20
SLOWER = 4
TARGETS = [Target(WARM, 0.25, versus=BARE), Target(WARM, 0.10, versus=JUPYTERLITE)]
NETWORK_TARGETS = [Target(COLD, 0.7, versus=BARE)]
TEXT = """
From the navigation's beginning until `hello` stands in the document; on our own page somebody is signed in, and Run
is pressed as soon as it can be. Cold: a browser that has never been there. Warm: the same browser, a new tab. After
an upgrade: warm, but all of our own files have new names and the runtime has not; the others have no such thing.
"""
NETWORK_TEXT = f"""
As [at full speed](start.md), but over a line of {MBIT_S} Mbit/s and {LATENCY_MS} ms before each server
([slow_network.py](../../benchmarks/slow_network.py)), which holds all contenders alike: Chromium's own throttling
reaches neither workers nor frames of another process.
"""
PROCESSOR_TEXT = f"""
As [at full speed](start.md), but the browser gets a processor for one {SLOWER}th of the time: all of its processes
are stopped for the rest of each 20 ms ([slow_processor.py](../../benchmarks/slow_processor.py)). Chromium's own
throttling slows the main thread only: it would slow the bare page, which runs Python there, and spare the workers of
the others. The servers are not slowed.
"""


@dataclass(frozen=True)
class Condition:
    """How contenders are held."""

    rounds: int
    mbit_s: float = 0
    latency_ms: float = 0
    slower: float = 1


def measure(bench: Bench) -> Section:
    rows = _rounds(bench, Condition(5))
    return Section("start", 1, "From opening the page to the first print", TEXT, rows, TARGETS, bench.machine())


def measure_network(bench: Bench) -> Section:
    rows = _rounds(bench, Condition(3, mbit_s=MBIT_S, latency_ms=LATENCY_MS))
    title = f"From opening the page to the first print, over {MBIT_S} Mbit/s"
    return Section("network", 1, title, NETWORK_TEXT, rows, NETWORK_TARGETS, bench.machine())


def measure_processor(bench: Bench) -> Section:
    rows = _rounds(bench, Condition(2, slower=SLOWER))
    title = f"From opening the page to the first print, on a processor slowed {SLOWER} times"
    return Section("processor", 1, title, PROCESSOR_TEXT, rows, [], bench.machine())


def _rounds(bench: Bench, condition: Condition) -> list[Row]:
    """Contenders take turns, so that a slow minute hits them alike."""
    put_program(bench.site, PROGRAM)
    contenders = all_contenders(bench)
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(bench.rounds(condition.rounds)):
        for contender in contenders:
            with _held(contender, condition) as reached, bench.fresh_browser() as context:
                address = reached.prepare(context)
                for what in (COLD, WARM, UPGRADE) if contender.name == OURS else (COLD, WARM):
                    with (
                        upgraded(bench.site) if what == UPGRADE else nullcontext(),
                        slow_processor(bench.profile, condition.slower),
                    ):
                        taken = _open(reached, context, address)
                    times[what, contender.name].append(taken)
                    bench.say(f"  {what}: {contender.name} {taken:.0f} ms")
    return [
        Row(what, contender.name, times[what, contender.name])
        for what in (COLD, WARM, UPGRADE)
        for contender in contenders
        if times[what, contender.name]
    ]


@contextmanager
def _held(contender: Contender, condition: Condition) -> Iterator[Contender]:
    """The contender, over a slower line where the condition has one."""
    if not condition.mbit_s:
        yield contender
        return
    with contender.behind(condition.mbit_s, condition.latency_ms) as (reached, _):
        yield reached


def _open(contender: Contender, context: BrowserContext, address: str) -> float:
    page, taken = contender.open_until_print(context, address)
    page.close()
    return taken
