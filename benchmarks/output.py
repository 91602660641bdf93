"""Programs that print much, draw much, or ask."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from benchmarks.bench import Bench
from benchmarks.contenders import bare, open_bare, open_ready, ours, put_program
from benchmarks.results import BARE, OURS, Row, Section, Target

LINES = 100_000
FIGURES = 200
ANSWERS = 40
MANY_LINES = f"{LINES:,} lines, from Run to the end"
PRINT_LINES = f"for number in range({LINES}):\n    print('line', number)\n"
LONG_LINE = "one line of 1 MB, from Run to the end"
MANY_FIGURES = f"{FIGURES} figures, from Run to the end"
ROUND_TRIP = "input(): from Enter to the next question"
LONGEST = "longest task of the page's main thread"
DROPPED = "frames that were not drawn"
PROGRAMS = {
    MANY_LINES: PRINT_LINES,
    LONG_LINE: "print('x' * 1_000_000)\n",
    MANY_FIGURES: (
        "import matplotlib.pyplot as plt\n"
        f"for number in range({FIGURES}):\n"
        "    plt.figure(figsize=(3, 2))\n    plt.plot([number, 1, 2])\n    plt.show()\n    plt.close()\n"
    ),
}
ASKS = f"for number in range({ANSWERS}):\n    input(f'question {{number}} ')\n"
ROUNDS = {MANY_LINES: 5, LONG_LINE: 5, MANY_FIGURES: 1}
TARGETS = [
    Target(MANY_LINES, 1.5, versus=BARE),
    *(Target(LONGEST, 100, under=what, take="max") for what in PROGRAMS),
]
TEXT = """
Until the console shows that the program has ended. The bare page prints into nothing: its text is counted and
dropped, so it is what Python itself takes. Tasks below 50 ms are not told by the browser and count as 0. A frame is
due every 16.7 ms; those that come later are not drawn.
"""
# From the press of Run until the program has ended and the note that says so is drawn.
WATCHED_RUN = """() => new Promise((resolve) => {
  const output = document.getElementById("console");
  const frame = 1000 / 60;
  let longest = 0;
  const note = (list) => {
    for (const {duration} of list) longest = Math.max(longest, duration);
  };
  const tasks = new PerformanceObserver((list) => note(list.getEntries()));
  tasks.observe({entryTypes: ["longtask"]});
  const start = performance.now();
  let last = start;
  let dropped = 0;
  let hasBegun = false;
  const look = () => {
    const now = performance.now();
    dropped += Math.max(0, Math.round((now - last) / frame) - 1);
    last = now;
    const end = output.lastElementChild?.textContent ?? "";
    const hasEnded = end.startsWith("Finished in");
    hasBegun ||= !hasEnded;
    if (!hasBegun || !hasEnded) {
      requestAnimationFrame(look);
      return;
    }
    setTimeout(() => {
      note(tasks.takeRecords());
      tasks.disconnect();
      resolve({time: now - start, longest, dropped});
    }, 200);
  };
  document.getElementById("run").click();
  requestAnimationFrame(look);
})"""
INTO_NOTHING = """async ([program, count]) => {
  python.setStdout({write: (bytes) => bytes.length});
  const times = [];
  for (let run = 0; run < count; run += 1) {
    const start = performance.now();
    python.runPython(program);
    times.push(performance.now() - start);
  }
  return times;
}"""
# Answers each question the moment it is asked.
ANSWER_ALL = """(count) => new Promise((resolve) => {
  const field = document.getElementById("program-input");
  const times = [];
  let given = null;
  const look = () => {
    if (field.disabled) return;
    if (given !== null) times.push(performance.now() - given);
    if (times.length === count - 1) {
      seen.disconnect();
      resolve(times);
    }
    given = performance.now();
    field.value = "an answer";
    field.form.requestSubmit();
  };
  const seen = new MutationObserver(look);
  seen.observe(field, {attributes: true, attributeFilter: ["disabled"]});
  document.getElementById("run").click();
})"""


@dataclass
class Watched:
    times: list[float]
    longest: list[float]
    dropped: list[float]


def measure(bench: Bench) -> Section:
    with bench.fresh_browser() as context:
        page = open_bare(context, bare(bench))
        into_nothing = page.evaluate(INTO_NOTHING, [PRINT_LINES, bench.rounds(ROUNDS[MANY_LINES])])
        page.close()
        address = ours(bench).prepare(context)
        rows: list[Row] = []
        for what, program in PROGRAMS.items():
            put_program(bench.site, program)
            page = open_ready(context, address)
            # The first run of a page also loads packages, and the spare worker boots beside it.
            if what != MANY_FIGURES:
                _watch(page, 1)
            page.wait_for_timeout(4000)
            watched = _watch(page, bench.rounds(ROUNDS[what]))
            page.close()
            measured = [
                Row(what, OURS, watched.times),
                Row(LONGEST, OURS, watched.longest, under=what),
                Row(DROPPED, OURS, watched.dropped, unit="frames", under=what),
            ]
            if what == MANY_LINES:
                measured.insert(1, Row(what, BARE, into_nothing))
            bench.tell(measured)
            rows += measured
        put_program(bench.site, ASKS)
        page = open_ready(context, address)
        rows.append(Row(ROUND_TRIP, OURS, page.evaluate(ANSWER_ALL, ANSWERS)))
        bench.tell(rows[-1:])
    rows.sort(key=lambda row: bool(row.under))
    return Section("output", 4, "Much output, figures, and questions", TEXT, rows, TARGETS, bench.machine())


def _watch(page: Page, count: int) -> Watched:
    watched = Watched([], [], [])
    for _ in range(count):
        page.wait_for_function("() => !document.getElementById('run').disabled")
        seen = page.evaluate(WATCHED_RUN)
        watched.times.append(seen["time"])
        watched.longest.append(seen["longest"])
        watched.dropped.append(seen["dropped"])
    return watched
