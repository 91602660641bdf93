"""`make faults`: a school's host is harmed while students save. What becomes of their work?"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from pathlib import Path

from benchmarks.faults.report import as_markdown
from benchmarks.faults.scenarios import SCENARIOS
from benchmarks.faults.trial import Trial, Verdict
from benchmarks.host.host import BASE_DIR
from benchmarks.report import machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *SCENARIOS], help="all, unless some are named")
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=30, help="how long the harm goes on, where it can go on")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks" / "faults.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="static-") as static:
        Path(static).chmod(0o755)
        names = options.names or SCENARIOS
        verdicts = [run(name, Path(static), options.students, options.seconds) for name in names]
    if not options.names:
        options.output.write_text(as_markdown(verdicts, machine()))
    sys.exit(not all(verdict.is_kept for verdict in verdicts))


def run(name: str, static: Path, students: int, seconds: int) -> Verdict:
    scenario = SCENARIOS[name]
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        Path(folder).chmod(0o755)
        trial = Trial(Path(folder), static, students, seconds)
        try:
            verdict = scenario(trial)
        except Exception as error:  # noqa: BLE001 - the others are tried all the same
            traceback.print_exc()
            verdict = Verdict(name, "", [], [f"{type(error).__name__}: {error}"])
        finally:
            trial.close()
    print(verdict.as_text(), flush=True)  # noqa: T201 - what it is for
    return verdict


if __name__ == "__main__":
    main()
