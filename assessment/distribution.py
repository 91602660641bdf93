"""How a class did: in one exercise, and in all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.grid import Cell
from assessment.numbers import percent, plain

# From which percentage on a part of the bar begins, the best first.
_PARTS = (("full marks", Decimal(100)), ("half or more", Decimal(50)), ("less than half", Decimal(0)))
PART_NAMES = [name for name, _ in _PARTS]
HISTOGRAM_STEP = 10


@dataclass(frozen=True)
class Part:
    """A piece of a bar: `start` and `width` are percent of all students."""

    name: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Spread:
    """What a class handed in of an exercise. `mean_percent` is None where nothing has a mark yet."""

    student_count: int
    handed_in_count: int
    parts: list[Part]
    mean_percent: Decimal | None
    mean_attempts: Decimal | None

    @property
    def words(self) -> str:
        counts = [f"{part.count} {part.name}" for part in self.parts if part.count]
        handed_in = f"{self.handed_in_count} of {self.student_count} handed in"
        mean = [f"mean {plain(self.mean_percent)} %"] if self.mean_percent is not None else []
        return ", ".join([handed_in, *counts, *mean])


def spread_of(cells: Sequence[Cell]) -> Spread:
    """The distribution of one column."""
    shares = [percent(cell.points, cell.out_of) for cell in cells if cell.points is not None and cell.out_of]
    handed_in = [cell for cell in cells if cell.is_handed_in]
    parts, start, rest = [], 0.0, shares
    for name, floor in _PARTS:
        count = sum(share >= floor for share in rest)
        rest = [share for share in rest if share < floor]
        width = round(100 * count / len(cells), 2) if cells else 0.0
        parts.append(Part(name, count, round(start, 2), width))
        start += width
    return Spread(
        len(cells),
        len(handed_in),
        parts,
        _mean(shares),
        _mean([Decimal(cell.attempt) for cell in handed_in]),
    )


@dataclass(frozen=True)
class Bin:
    """How many lie from one percentage to the next; `height` is percent of the highest."""

    name: str
    count: int
    height: int
    index: int


def histogram(percents: Iterable[Decimal]) -> list[Bin]:
    """Ten steps of ten percent; 100 % is in the last."""
    steps = 100 // HISTOGRAM_STEP
    counts = [0] * steps
    for value in percents:
        counts[min(int(value) // HISTOGRAM_STEP, steps - 1)] += 1
    highest = max(counts) or 1
    return [Bin(_range(index, steps), count, round(100 * count / highest), index) for index, count in enumerate(counts)]


def _range(index: int, steps: int) -> str:
    last = HISTOGRAM_STEP * (index + 1)
    return f"{HISTOGRAM_STEP * index}–{last if index == steps - 1 else last - 1}"


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.1")) if values else None
