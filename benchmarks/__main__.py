"""`make bench`: measures this site and others side by side, in one run, and writes docs/benchmarks/."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time
import traceback
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.report import DATA, write_report
from benchmarks.results import Section
from benchmarks.servers import BASE_DIR

# The sections of the report in their order, and the module and function that measures each.
SECTIONS = {
    "start": "benchmarks.start:measure",
    "network": "benchmarks.start:measure_network",
    "processor": "benchmarks.start:measure_processor",
    "run": "benchmarks.run:measure",
    "imports": "benchmarks.imports:measure",
    "output": "benchmarks.output:measure",
    "size": "benchmarks.size:measure",
    "compute": "benchmarks.compute:measure",
    "editor": "benchmarks.editor:measure",
    "server": "benchmarks.server.section:measure",
    "marking": "benchmarks.marking:measure",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*SECTIONS], help="this section; may be given several times")
    parser.add_argument("--rounds", type=int, help="so many rounds, where each section has a number of its own")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks", help="the report's folder")
    options = parser.parse_args()
    # Servers and browsers end with this, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    failed = []
    with Bench(options.rounds, say=lambda text: print(text, flush=True)) as bench:
        for key in options.only or SECTIONS:
            began = time.monotonic()
            bench.say(f"{key}:")
            try:
                measured(key, bench).store(options.output / DATA)
            except Exception:  # noqa: BLE001 - whatever befell it, the other sections are measured
                failed.append(key)
                traceback.print_exc()
            write_report(options.output)
            bench.say(f"{key}: took {time.monotonic() - began:.0f} s")
    bench.say(f"The report is in {options.output}.")
    if failed:
        sys.exit(f"Not measured, so the report keeps what it had of them: {', '.join(failed)}.")


def measured(key: str, bench: Bench) -> Section:
    module, _, measure = SECTIONS[key].partition(":")
    section: Section = getattr(importlib.import_module(module), measure)(bench)
    return section


if __name__ == "__main__":
    main()
