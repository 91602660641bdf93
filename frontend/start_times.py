"""How fast a program starts, as docs/benchmarks/start.md says: what the home page claims is what was measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

_ROW = re.compile(r"^\| page open to first print, (\w+) browser \| ([\w ]+?) \| \d+ \| (\d+) \|", re.M)


@dataclass(frozen=True)
class StartTimes:
    """Medians in seconds from opening a page to what a program prints; `bare` of a page with nothing but Pyodide."""

    cold: float
    warm: float
    bare_cold: float
    bare_warm: float


@cache
def start_times() -> StartTimes | None:
    """What was measured last; None where the site was put up without its books."""
    try:
        table = (settings.BASE_DIR / "docs" / "benchmarks" / "start.md").read_text("utf-8")
    except OSError:
        return None
    seconds = {(who, browser): int(median) / 1000 for browser, who, median in _ROW.findall(table)}
    try:
        ours, bare = "codeplatform", "bare Pyodide"
        return StartTimes(seconds[ours, "cold"], seconds[ours, "warm"], seconds[bare, "cold"], seconds[bare, "warm"])
    except KeyError:
        return None
