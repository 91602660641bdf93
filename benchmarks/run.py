"""Once Python is ready: Run to the first print, Stop to ready, and a run after a crash."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from benchmarks.bench import Bench
from benchmarks.contenders import PROGRAM, TIMEOUT_MS, bare, open_bare, open_ready, ours, put_program
from benchmarks.results import BARE, OURS, Row, Section, Target
from codeplatform.tests.browser.workbench import Workbench

RUN = "Run to first print"
STOP = "Stop to ready: an endless loop"
STUBBORN = "Stop to ready: a program that catches what stops it, so that the spare takes over"
CRASH = "Run to ready again: a program that ends Python itself"
AFTER_CRASH = "Run to first print after such a crash"
RUNS = 30
ENDINGS = 5
TARGETS = [
    Target(RUN, 30),
    Target(STOP, 300),
    Target(STUBBORN, 300),
]
TEXT = """
The page is open, Python is ready, and has been for a while: the spare worker is booted. `Run to first print` is from
the press of the button until the text stands in the document. The bare page runs Python on the page's own thread: it
has nothing that could be stopped, and no second Python.
"""
ENDLESS = "while True:\n    pass\n"
CATCHES = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass\n"
ENDS_PYTHON = "import os\nos.abort()\n"
# No sign says that the spare is ready; it boots in less than this on the slowest machine that runs benchmarks.
SPARE_BOOTS_MS = 4000

# From the press of Run until its text is in the document.
TIME_A_RUN = """() => new Promise((resolve) => {
  const output = document.getElementById("console");
  output.replaceChildren();
  const start = performance.now();
  const seen = new MutationObserver(() => {
    if (!output.textContent.includes("hello")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  });
  seen.observe(output, { childList: true, subtree: true, characterData: true });
  document.getElementById("run").click();
})"""
# From the press of a button until Run can be pressed on a Python that is ready.
UNTIL_READY = """(pressed) => new Promise((resolve) => {
  const run = document.getElementById("run");
  const status = document.getElementById("runtime-status");
  const start = performance.now();
  let hasBegun = false;
  const look = () => {
    const isReady = !run.disabled && /ready/.test(status.textContent);
    hasBegun ||= !isReady;
    if (!hasBegun || !isReady) return;
    seen.disconnect();
    resolve(performance.now() - start);
  };
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  document.getElementById(pressed).click();
})"""
RUNS_FOR_A_WHILE = """() => new Promise((resolve) => {
  const look = () => {
    if (document.getElementById("stop").disabled) requestAnimationFrame(look);
    else setTimeout(resolve, 500);
  };
  document.getElementById("run").click();
  look();
})"""


def measure(bench: Bench) -> Section:
    rows: list[Row] = []

    def add(row: Row) -> None:
        rows.append(row)
        bench.tell([row])

    with bench.fresh_browser() as context:
        add(Row(RUN, OURS, _runs(_open(bench, context, PROGRAM), bench.rounds(RUNS))))
        add(Row(RUN, BARE, _runs(open_bare(context, bare(bench)), bench.rounds(RUNS))))
        for what, program in ((STOP, ENDLESS), (STUBBORN, CATCHES)):
            page = _open(bench, context, program)
            add(Row(what, OURS, [_stop(page) for _ in range(bench.rounds(ENDINGS))]))
        for row in _crashes(bench, context):
            add(row)
    return Section("run", 2, "Run, Stop and what follows a crash", TEXT, rows, TARGETS, bench.machine())


def _open(bench: Bench, context: BrowserContext, program: str) -> Page:
    # The empty one that a browser begins with stays: without any it may end.
    for page in context.pages[1:]:
        page.close()
    put_program(bench.site, program)
    page = open_ready(context, ours(bench).prepare(context))
    page.wait_for_timeout(SPARE_BOOTS_MS)
    return page


def _runs(page: Page, count: int) -> list[float]:
    times = []
    for _ in range(count):
        page.wait_for_function("() => !document.getElementById('run').disabled", timeout=TIMEOUT_MS)
        times.append(float(page.evaluate(TIME_A_RUN)))
    return times


def _stop(page: Page) -> float:
    page.evaluate(RUNS_FOR_A_WHILE)
    taken = float(page.evaluate(UNTIL_READY, "stop"))
    page.wait_for_timeout(SPARE_BOOTS_MS)
    return taken


def _crashes(bench: Bench, context: BrowserContext) -> list[Row]:
    crash, after = [], []
    workbench = Workbench(_open(bench, context, PROGRAM))
    for _ in range(bench.rounds(ENDINGS)):
        workbench.write(ENDS_PYTHON)
        crash.append(float(workbench.page.evaluate(UNTIL_READY, "run")))
        workbench.write(PROGRAM)
        after.append(float(workbench.page.evaluate(TIME_A_RUN)))
        workbench.page.wait_for_timeout(SPARE_BOOTS_MS)
    return [Row(CRASH, OURS, crash), Row(AFTER_CRASH, OURS, after)]
