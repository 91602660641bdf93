"""From Run to the first print of a program that imports a library."""

from __future__ import annotations

from collections import defaultdict

from playwright.sync_api import BrowserContext

from benchmarks.bench import Bench
from benchmarks.contenders import Contender, bare, open_bare, open_ready, ours, put_program
from benchmarks.results import BARE, OURS, Row, Section, Target
from benchmarks.run import TIME_A_RUN

COLD = "cold"
WARM = "warm"
AFTER_A_PAUSE = "warm, Run pressed 5 s after opening"
PAUSE_MS = 5000
PLOT = "matplotlib, first plot"
PROGRAMS = {
    "numpy": "import numpy",
    "pandas": "import pandas",
    PLOT: "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "scikit-learn": "from sklearn.linear_model import LinearRegression",
    "sympy": "import sympy",
    "Pillow": "from PIL import Image\nImage.new('RGB', (8, 8))",
    "requests": "import requests",
}
# The bare page has nothing that shows figures: it draws one into memory.
BARE_PROGRAMS = PROGRAMS | {
    PLOT: (
        "import io, matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\n"
        "plt.plot([1, 2])\nplt.savefig(io.BytesIO())"
    )
}
TARGETS = [
    Target(PLOT, 0.5, under=WARM, versus=BARE),
    Target("pandas", 0.5, under=WARM, versus=BARE),
    Target("numpy", 0.6, under=WARM, versus=BARE),
]
TEXT = """
From Run until the program, which imports the library and then prints, has printed. Cold: the library has never been
on this device. Warm: it has, in an earlier tab. Run is pressed the moment that Python is ready, so that nothing can
have been fetched ahead; people take longer, hence the third table. The bare page loads what the program imports by
Pyodide's own `loadPackagesFromImports`, from the official wheels.
"""
RUN_BARE = """async (program) => {
  const start = performance.now();
  await python.loadPackagesFromImports(program);
  python.runPython(program);
  return performance.now() - start;
}"""
ROUNDS = 2
# Those that have a target; a pause at each takes its time.
PAUSED = [target.what for target in TARGETS]


def measure(bench: Bench) -> Section:
    times: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for _ in range(bench.rounds(ROUNDS)):
        for library in PROGRAMS:
            put_program(bench.site, f"{PROGRAMS[library]}\nprint('hello')\n")
            with bench.fresh_browser() as context:
                address = ours(bench).prepare(context)
                for under in (COLD, WARM, AFTER_A_PAUSE) if library in PAUSED else (COLD, WARM):
                    times[under, library, OURS].append(_ours(context, address, PAUSE_MS * (under == AFTER_A_PAUSE)))
            with bench.fresh_browser() as context:
                for under in (COLD, WARM):
                    times[under, library, BARE].append(_bare(context, bare(bench), BARE_PROGRAMS[library]))
            for (under, what, contender), taken in times.items():
                if what == library:
                    bench.say(f"  {library}, {under}: {contender} {taken[-1]:.0f} ms")
    rows = [
        Row(library, contender, times[under, library, contender], under=under)
        for under in (COLD, WARM, AFTER_A_PAUSE)
        for library in PROGRAMS
        for contender in (OURS, BARE)
        if (under, library, contender) in times
    ]
    return Section("imports", 3, "From an import to its result", TEXT, rows, TARGETS, bench.machine())


def _ours(context: BrowserContext, address: str, pause_ms: float) -> float:
    page = open_ready(context, address)
    page.wait_for_timeout(pause_ms)
    taken = float(page.evaluate(TIME_A_RUN))
    page.close()
    return taken


def _bare(context: BrowserContext, contender: Contender, program: str) -> float:
    page = open_bare(context, contender)
    taken = float(page.evaluate(RUN_BARE, program))
    page.close()
    return taken
