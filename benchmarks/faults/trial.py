"""One fault tried on a host with students at work, and the verdict on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.host.host import BASE_DIR, Host
from benchmarks.host.kept import compare
from benchmarks.host.students import Lesson

SCHOOL = "north"
# What the promises allow (45): an answer, an honest one, and work again once the harm is over.
LONGEST_ANSWER_S = 10
LONGEST_RECOVERY_S = 10


@dataclass(frozen=True)
class Check:
    """`what` was measured, and may be `limit` at most."""

    what: str
    measured: float
    limit: float
    unit: str = ""

    @property
    def is_kept(self) -> bool:
        return self.measured <= self.limit


@dataclass(frozen=True)
class Verdict:
    """What was found; `troubles` is what should not have happened at all, in words."""

    name: str
    harm: str
    checks: list[Check]
    troubles: list[str]
    saves: int = 0
    answers: str = ""

    @property
    def is_kept(self) -> bool:
        return not self.troubles and all(check.is_kept for check in self.checks)

    def as_text(self) -> str:
        lines = [f"{self.name}: {'kept' if self.is_kept else 'NOT KEPT'} ({self.saves} saves; answers {self.answers})"]
        for check in self.checks:
            mark = " " if check.is_kept else "!"
            lines.append(f"  {mark} {check.what}: {check.measured:.3g}{check.unit} (at most {check.limit:.3g})")
        return "\n".join([*lines, *(f"  ! {trouble}" for trouble in self.troubles[:5])])


class Trial:
    """A host of its own for one scenario. `lesson()` is open while students save; `verdict()` comes after it."""

    def __init__(self, folder: Path, static: Path, students: int, seconds: int) -> None:
        self.folder = folder
        self.static = static
        self.seconds = seconds
        self.student_count = students
        self.host: Host | None = None
        self.recovered_s: float | None = None

    def start(self, nodes: int = 1, **cluster_settings: str | int) -> Host:
        self.host = Host(self.folder, nodes, self.static, **cluster_settings)
        self.host.start()
        add_school(self.host, SCHOOL, self.student_count)
        self.work = Lesson(self.host, SCHOOL, self.student_count)
        self.work.sign_in()
        self.work.tally.statuses.clear()
        self.work.tally.slowest_answer_s = 0
        return self.host

    @contextmanager
    def lesson(self) -> Iterator[Lesson]:
        with self.work.going_on():
            yield self.work

    def verdict(self, name: str, harm: str, *more: Check) -> Verdict:
        assert self.host
        kept, tally = compare(self.host, self.work.students), self.work.tally
        checks = [
            Check("acknowledged saves that are lost", kept.lost, 0),
            Check("projects that are half written", kept.torn, 0),
            Check("saves that became two revisions", kept.doubled, 0),
            Check("answers of 500", tally.statuses[500], 0),
            Check("503 without Retry-After", tally.without_retry_after, 0),
            Check("slowest answer", tally.slowest_answer_s, LONGEST_ANSWER_S, " s"),
            *more,
        ]
        if self.recovered_s is not None:
            checks.append(Check("ready again after", self.recovered_s, LONGEST_RECOVERY_S, " s"))
        answers = ", ".join(f"{status or 'none'}: {count}" for status, count in sorted(tally.statuses.items()))
        return Verdict(name, harm, checks, self.work.failures, kept.acknowledged, answers)

    def close(self) -> None:
        if self.host:
            self.host.stop()


def add_school(host: Host, slug: str, students: int) -> None:
    command = [sys.executable, "-m", "benchmarks.host.school", slug, str(students)]
    subprocess.run(command, cwd=BASE_DIR, env=host.environment, check=True)
