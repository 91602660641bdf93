"""Row 5 of the report: what it costs to compute in a browser, against CPython of the machine itself."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections import defaultdict

from benchmarks.bench import Bench
from benchmarks.contenders import TIMEOUT_MS, open_ready, ours, put_program
from benchmarks.results import NATIVE, OURS, Row, Section
from benchmarks.servers import BASE_DIR

PROGRAM = BASE_DIR / "benchmarks" / "kernels.py"
ROUNDS = 3
PRINTED = """() => {
  const text = document.getElementById("console").textContent;
  return text.match(/\\{"n_body.*\\]\\}/)?.[0];
}"""


def measure(bench: Bench) -> Section:
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    put_program(bench.site, PROGRAM.read_text())
    for _ in range(bench.rounds(ROUNDS)):
        results = {OURS: _here(bench), NATIVE: _native()}
        for name in results[NATIVE]:
            assert results[OURS][name][1] == results[NATIVE][name][1], f"{name} differs in the browser"
            for contender, result in results.items():
                times[name.replace("_", " "), contender].append(result[name][0])
    rows = [Row(what, contender, taken) for (what, contender), taken in times.items()]
    bench.tell(rows)
    return Section("compute", 5, "What computing in a browser costs", _text(), rows, machine=bench.machine())


def _text() -> str:
    return f"""
Small programs that only compute, in a student's sandbox and in CPython {platform.python_version()} of the machine
(the sandbox has Python 3.14). One program, `benchmarks/kernels.py`, times its kernels itself, the fastest of three
turns each; the results are the same in both, or the run fails. The last column says by how much native CPython is
faster: 0.5 is twice as fast. It is the price of WebAssembly, and everybody's who runs CPython in a browser.
"""


def _here(bench: Bench) -> dict[str, tuple[float, float]]:
    with bench.fresh_browser() as context:
        page = open_ready(context, ours(bench).prepare(context))
        page.click("#run")
        printed = page.wait_for_function(PRINTED, timeout=TIMEOUT_MS).json_value()
    found: dict[str, tuple[float, float]] = json.loads(str(printed))
    return found


def _native() -> dict[str, tuple[float, float]]:
    done = subprocess.run([sys.executable, str(PROGRAM)], stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, tuple[float, float]] = json.loads(done.stdout)
    return found
