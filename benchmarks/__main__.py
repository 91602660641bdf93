"""`make bench`: measures this site and others side by side, in one run, and writes docs/benchmarks/."""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.report import DATA, write_report
from benchmarks.servers import BASE_DIR

# The sections of the report in their order, and the module whose measure(bench) gives each.
SECTIONS = {
    "start": "benchmarks.start",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*SECTIONS], help="this section; may be given several times")
    parser.add_argument("--rounds", type=int, help="so many rounds, where each section has a number of its own")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks", help="the report's folder")
    options = parser.parse_args()
    with Bench(options.rounds, say=lambda text: print(text, flush=True)) as bench:
        for key in options.only or SECTIONS:
            began = time.monotonic()
            bench.say(f"{key}:")
            importlib.import_module(SECTIONS[key]).measure(bench).store(options.output / DATA)
            write_report(options.output)
            bench.say(f"{key}: took {time.monotonic() - began:.0f} s")
    bench.say(f"The report is in {options.output}.")


if __name__ == "__main__":
    main()
