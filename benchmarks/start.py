"""From opening the page to the first text that a program prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, TimeoutError

from benchmarks.bench import Bench
from benchmarks.contenders import PROGRAM, Contender, all_contenders, put_program
from benchmarks.results import BARE, JUPYTERLITE, OURS, Row, Section, Target
from benchmarks.servers import upgraded
from benchmarks.slow_processor import slow_processor

COLD = "page open to first print, cold browser"
WARM = "page open to first print, warm browser"
UPGRADE = "page open to first print, after an upgrade of our app"
# By table, thing and contender, in ms.
Times = dict[tuple[str, str, str], list[float]]
MBIT_S = 50
LATENCY_MS = 20
SLOWER = 4
SERVED_BEFORE = 8
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

# Where our own time goes, in ms since the navigation began: marks of runner/runner.js, and what the browser keeps of
# each navigation and fetch.
PHASES = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const fetched = performance.getEntriesByType("resource");
  const ours = fetched.filter(({name}) => new URL(name).pathname.startsWith("/static/"));
  const runtime = fetched.filter(({name}) => new URL(name).pathname.startsWith("/runtime/"));
  const mark = (name) => performance.getEntriesByName(name)[0]?.startTime;
  const phases = {
    "the page's HTML is here": navigation.responseEnd,
    "the last of our own files before Python is ready is here": Math.max(
      ...ours.map(({responseEnd}) => responseEnd).filter((end) => end < mark("python:ready")),
    ),
    "the first file of the runtime is asked for": Math.min(...runtime.map(({startTime}) => startTime)),
    "the last file of the runtime is here": Math.max(...runtime.map(({responseEnd}) => responseEnd)),
    "all parts of Python are in the page": mark("python:parts"),
    "WebAssembly is compiled": mark("python:prepared"),
    "Python is ready": mark("python:ready"),
    "of this, booting in the worker": performance.getEntriesByName("python:ready")[0]?.detail?.boot_ms,
    "the first print": firstPrint.time,
  };
  return Object.fromEntries(Object.entries(phases).filter(([, at]) => Number.isFinite(at)));
}"""


@dataclass(frozen=True)
class Condition:
    """How contenders are held."""

    rounds: int
    mbit_s: float = 0
    latency_ms: float = 0
    slower: float = 1


def measure(bench: Bench) -> Section:
    rows, details = _rounds(bench, Condition(5))
    title = "From opening the page to the first print"
    return Section("start", 1, title, TEXT, rows, TARGETS, bench.machine(), details)


def measure_network(bench: Bench) -> Section:
    rows, details = _rounds(bench, Condition(3, mbit_s=MBIT_S, latency_ms=LATENCY_MS))
    title = f"From opening the page to the first print, over {MBIT_S} Mbit/s"
    return Section("network", 1, title, NETWORK_TEXT, rows, NETWORK_TARGETS, bench.machine(), details)


def measure_processor(bench: Bench) -> Section:
    rows, details = _rounds(bench, Condition(2, slower=SLOWER))
    title = f"From opening the page to the first print, on a processor slowed {SLOWER} times"
    return Section("processor", 1, title, PROCESSOR_TEXT, rows, [], bench.machine(), details)


def _rounds(bench: Bench, condition: Condition) -> tuple[list[Row], list[Row]]:
    """Rows and details. Contenders take turns, so that a slow minute hits them alike."""
    put_program(bench.site, PROGRAM)
    contenders = all_contenders(bench)
    times: Times = defaultdict(list)
    phases: Times = defaultdict(list)
    for _ in range(bench.rounds(condition.rounds)):
        for contender in list(contenders):
            try:
                _open_all_ways(bench, contender, condition, times, phases)
            except TimeoutError:
                if contender.name == OURS:
                    raise
                bench.say(f"  {contender.name} did not print; it is left out from here on.")
                contenders.remove(contender)
                if contender.name == JUPYTERLITE:
                    bench.has_jupyterlite = False
    return _as_rows(times), _as_rows(phases)


def _open_all_ways(bench: Bench, contender: Contender, condition: Condition, times: Times, phases: Times) -> None:
    with _held(contender, condition) as reached, bench.fresh_browser() as context:
        address = reached.prepare(context)
        for what in (COLD, WARM, UPGRADE) if contender.name == OURS else (COLD, WARM):
            with (
                upgraded(bench.site) if what == UPGRADE else nullcontext(),
                _warmed_up(context, address),
                slow_processor(bench.profile, condition.slower),
            ):
                page, taken = reached.open_until_print(context, address)
            times["", what, contender.name].append(taken)
            if contender.name == OURS:
                for phase, at in page.evaluate(PHASES).items():
                    phases[f"where it goes: {what}", phase, OURS].append(at)
            page.close()
            bench.say(f"  {what}: {contender.name} {taken:.0f} ms")


@contextmanager
def _held(contender: Contender, condition: Condition) -> Iterator[Contender]:
    """The contender, over a slower line where the condition has one."""
    if not condition.mbit_s:
        yield contender
        return
    with contender.behind(condition.mbit_s, condition.latency_ms) as (reached, _):
        yield reached


@contextmanager
def _warmed_up(context: BrowserContext, address: str) -> Iterator[None]:
    """Every process of the server has answered before; the browser's cache knows nothing of it."""
    for _ in range(SERVED_BEFORE):
        answer = context.request.get(address)
        assert answer.ok, f"{address} answered {answer.status}."
    yield


def _as_rows(times: Times) -> list[Row]:
    """What was measured first comes first, but all contenders of a thing together."""
    things = list(dict.fromkeys((under, what) for under, what, _ in times))
    ordered = sorted(times.items(), key=lambda item: things.index(item[0][:2]))
    return [Row(what, contender, taken, under=under) for (under, what, contender), taken in ordered]
