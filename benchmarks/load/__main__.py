"""`make load`: how many students one host carries through a lesson, and what it does when there are too many."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.faults.trial import Check, add_school
from benchmarks.host.host import BASE_DIR, Host, wait_until
from benchmarks.load.lesson import Outcome, hold
from benchmarks.load.report import Part, write_report
from benchmarks.report import machine

SIGN_IN_S = 60.0
LONGEST_RECOVERY_S = 30.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=30, help="how long the lesson is")
    parser.add_argument("--stretch-minutes", type=float, default=10, help="the same with twice as many students")
    parser.add_argument("--only", choices=["lesson", "stretch", "neighbours"], help="one part, for trying things out")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "docs" / "benchmarks")
    options = parser.parse_args()
    parts: list[Part] = []
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        host = Host(folder / "host")
        try:
            host.start()
            if options.only in (None, "lesson"):
                parts.append(lesson(host, folder, options.students, options.minutes * 60))
            if options.only in (None, "stretch"):
                parts += stretch(host, folder, 2 * options.students, options.stretch_minutes * 60)
            if options.only in (None, "neighbours"):
                parts.append(neighbours(host, folder))
        finally:
            host.stop()
    write_report(options.output, parts, machine())
    for part in parts:
        print(part.as_text(), flush=True)


def lesson(host: Host, folder: Path, students: int, seconds: float) -> Part:
    """Promises 54 and 55."""
    add_school(host, "north", students)
    outcome = hold(host, folder / "lesson", {"north": (students, 1.0)}, seconds, SIGN_IN_S)
    found = outcome.requests
    pages = [line for what, line in found.items() if "page" in what or "list" in what]
    saves = found["north: save"]
    checks = [
        *_nothing_lost(outcome),
        Check("requests that failed", outcome.failures, 0),
        Check("sign-in, p95", found["north: sign in"].p95, 1500, " ms"),
        Check("slowest kind of page, p95", max(page.p95 for page in pages), 800, " ms"),
        Check("save, p95", saves.p95, 300, " ms"),
        Check("save, p99", saves.p99, 1000, " ms"),
        Check("last save of all within 10 s, p95", found["north: last save"].p95, 1000, " ms"),
        Check("growth of gunicorn's memory", outcome.memory_growth() * 100, 5, " %"),
    ]
    return Part("lesson", f"A lesson of {students}", students, outcome, checks)


def stretch(host: Host, folder: Path, students: int, seconds: float) -> list[Part]:
    """Promise 56: twice as many, and then twice what those do."""
    add_school(host, "great", students)
    outcome = hold(host, folder / "stretch", {"great": (students, 1.0)}, seconds, SIGN_IN_S)
    checks = [*_nothing_lost(outcome), Check("save, p95", outcome.requests["great: save"].p95, 1000, " ms")]
    parts = [Part("stretch", f"A lesson of {students}", students, outcome, checks)]
    over = hold(host, folder / "overload", {"great": (students, 2.0)}, 60, 20)
    began = time.monotonic()
    wait_until(host.is_ready, 60)
    checks = [*_nothing_lost(over), Check("ready again", time.monotonic() - began, LONGEST_RECOVERY_S, " s")]
    parts.append(Part("overload", f"{students} who do everything twice as fast", students, over, checks))
    return parts


def neighbours(host: Host, folder: Path) -> Part:
    """Promise 57: a class that does everything ten times as fast beside one that does not."""
    for school in ("calm", "wild"):
        add_school(host, school, 30)
    quiet = hold(host, folder / "quiet", {"calm": (30, 1.0)}, 60, 10)
    beside = hold(host, folder / "beside", {"calm": (30, 1.0), "wild": (30, 10.0)}, 60, 10)
    quiet_ms, beside_ms = (outcome.requests["calm: save"].p95 for outcome in (quiet, beside))
    checks = [
        *_nothing_lost(beside),
        Check("p95 of the calm class's saves beside the other", beside_ms, 2 * quiet_ms, " ms"),
    ]
    return Part("neighbours", "A class beside one at ten times the pace", 60, beside, checks)


def _nothing_lost(outcome: Outcome) -> list[Check]:
    assert outcome.kept
    return [
        Check("acknowledged saves that are lost", outcome.kept.lost, 0),
        Check("projects that are half written", outcome.kept.torn, 0),
    ]


if __name__ == "__main__":
    main()
