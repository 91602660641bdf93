"""What a benchmark hands over: rows that were measured, and targets that they are held against."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

OURS = "codeplatform"
BARE = "bare Pyodide"
JUPYTERLITE = "JupyterLite"
NATIVE = "native CPython"

Take = Literal["median", "p95", "max", "min"]


@dataclass(frozen=True)
class Row:
    """One thing measured on one contender under one condition, several times over."""

    what: str
    contender: str
    values: list[float]
    unit: str = "ms"
    under: str = ""

    def take(self, which: Take) -> float:
        if which == "median":
            return statistics.median(self.values)
        if which == "p95":
            return sorted(self.values)[max(0, -(-len(self.values) * 95 // 100) - 1)]
        return max(self.values) if which == "max" else min(self.values)


@dataclass(frozen=True)
class Target:
    """What our row has to be: at most `limit` (or at least), in its unit, or as a share of the row of `versus`.

    `what` and `under` name the row; `take` says which of its figures counts; `versus_what` names the other row where it
    is another.
    """

    what: str
    limit: float
    under: str = ""
    take: Take = "median"
    versus: str = ""
    versus_what: str = ""
    is_least: bool = False
    contender: str = OURS

    def figure(self, rows: list[Row]) -> float | None:
        """What was measured; None when it was not."""
        ours = _find(rows, self.what, self.contender, self.under)
        if ours is None:
            return None
        if not self.versus:
            return ours.take(self.take)
        other = _find(rows, self.versus_what or self.what, self.versus, self.under)
        divisor = other.take(self.take) if other else 0
        return ours.take(self.take) / divisor if divisor else None

    def is_met(self, figure: float) -> bool:
        return figure >= self.limit if self.is_least else figure <= self.limit


@dataclass(frozen=True)
class Section:
    """A page of the report.

    `key` is its name on the command line and that of its files; `text` is Markdown that stands before the table;
    `details` are rows of the last tables, which no plot shows and no target speaks of.
    """

    key: str
    number: int
    title: str
    text: str
    rows: list[Row]
    targets: list[Target] = field(default_factory=list)
    machine: str = ""
    details: list[Row] = field(default_factory=list)

    def store(self, folder: Path) -> None:
        """Keep it as JSON, so that a report of parts measured one by one can be written."""
        folder.mkdir(parents=True, exist_ok=True)
        kept = asdict(self)
        for row in kept["rows"] + kept["details"]:
            row["values"] = [float(f"{value:.4g}") for value in row["values"]]
        (folder / f"{self.key}.json").write_text(json.dumps(kept, indent=1) + "\n")


def stored_sections(folder: Path) -> list[Section]:
    """All that was stored, by number."""
    sections = [_read(json.loads(path.read_text())) for path in folder.glob("*.json")]
    return sorted(sections, key=lambda section: (section.number, section.key))


def _read(kept: dict[str, Any]) -> Section:
    rows = [Row(**row) for row in kept.pop("rows")]
    details = [Row(**row) for row in kept.pop("details", [])]
    targets = [Target(**target) for target in kept.pop("targets")]
    return Section(**kept, rows=rows, targets=targets, details=details)


def _find(rows: list[Row], what: str, contender: str, under: str) -> Row | None:
    return next((row for row in rows if (row.what, row.contender, row.under) == (what, contender, under)), None)
