"""The table of a benchmark run: medians, spread, and the ratio to the contender beside us."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One thing measured on one contender, in ms."""

    what: str
    contender: str
    times: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def as_markdown(rows: Iterable[Row], ours: str, versions: str) -> str:
    """A table whose last column is our median divided by the contender's: below 1 we are faster."""
    rows = list(rows)
    lines = [
        "# How fast a program starts",
        "",
        f"Made by `make bench`; each contender in turn, in one run, on one machine: {versions}.",
        "Times in ms. The ratio is our median divided by theirs.",
        "",
        "| measured | contender | runs | median | min | max | ratio |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        own = next(other for other in rows if other.what == row.what and other.contender == ours)
        ratio = "1" if row is own else f"{own.median / row.median:.2f}"
        times = f"{row.median:.0f} | {min(row.times):.0f} | {max(row.times):.0f}"
        lines.append(f"| {row.what} | {row.contender} | {len(row.times)} | {times} | {ratio} |")
    return "\n".join(lines) + "\n"


def machine(browser_version: str) -> str:
    """What the figures were measured on, without naming the machine."""
    processor = next(
        (line.split(":", 1)[1].strip() for line in _cpu_info() if line.startswith("model name")), platform.machine()
    )
    cores = sum(1 for line in _cpu_info() if line.startswith("processor"))
    return f"Chromium {browser_version}, {platform.system()}, {cores or '?'} cores ({processor})"


def _cpu_info() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.is_file() else []
