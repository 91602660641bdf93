"""Which lines differ between two texts, in bounded time whatever the texts are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# Comparisons until a detailed answer is given up: 0.1 s or so of pure Python. Two texts of 350 lines with nothing in
# common are still compared in full.
MAX_STEPS = 300_000
CONTEXT_LINES = 3


@dataclass(frozen=True)
class Edit:
    """Lines `old_from` to `old_to` (from 0, the end not included) became lines `new_from` to `new_to`."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int


@dataclass(frozen=True)
class Line:
    """A line of a unified difference: `sign` is " ", "+" or "-", numbers count from 1 and are None where it is not."""

    sign: str
    old: int | None
    new: int | None
    text: str


def split_lines(text: str) -> list[str]:
    """The lines, without their ends; an empty text has none."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def edits(old: Sequence[str], new: Sequence[str], max_steps: int = MAX_STEPS) -> list[Edit]:
    """What turns the old lines into the new ones, in order: the fewest lines there can be.

    Where that would take more than `max_steps`, everything between the first and the last difference is one edit.
    """
    shorter = min(len(old), len(new))
    start = _longest(shorter, lambda count: old[:count] == new[:count])
    end = _longest(shorter - start, lambda count: old[len(old) - count :] == new[len(new) - count :])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if not old_middle and not new_middle:
        return []
    found = None
    if old_middle and new_middle:
        numbers: dict[str, int] = {}
        old_numbers, new_numbers = (
            [numbers.setdefault(line, len(numbers)) for line in lines] for lines in (old_middle, new_middle)
        )
        found = _fewest(old_numbers, new_numbers, max_steps)
    if found is None:
        found = [Edit(0, len(old_middle), 0, len(new_middle))]
    return [Edit(*(at + start for at in (e.old_from, e.old_to, e.new_from, e.new_to))) for e in found]


def line_counts(old: str, new: str, max_steps: int = MAX_STEPS) -> tuple[int, int]:
    """How many lines came and how many went."""
    found = edits(split_lines(old), split_lines(new), max_steps)
    return sum(e.new_to - e.new_from for e in found), sum(e.old_to - e.old_from for e in found)


def hunks(old: Sequence[str], new: Sequence[str], found: Sequence[Edit]) -> Iterator[list[Line]]:
    """The edits with a few lines around them; edits that lie close together share a hunk."""
    groups: list[list[Edit]] = []
    for edit in found:
        if groups and edit.old_from - groups[-1][-1].old_to <= 2 * CONTEXT_LINES:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    for group in groups:
        yield list(_hunk(old, new, group))


def _hunk(old: Sequence[str], new: Sequence[str], group: Sequence[Edit]) -> Iterator[Line]:
    first, last = group[0], group[-1]
    at, shift = max(0, first.old_from - CONTEXT_LINES), first.new_from - first.old_from
    for edit in group:
        for number in range(at, edit.old_from):
            yield Line(" ", number + 1, number + shift + 1, old[number])
        for number in range(edit.old_from, edit.old_to):
            yield Line("-", number + 1, None, old[number])
        for number in range(edit.new_from, edit.new_to):
            yield Line("+", None, number + 1, new[number])
        at, shift = edit.old_to, edit.new_to - edit.old_to
    for number in range(at, min(len(old), last.old_to + CONTEXT_LINES)):
        yield Line(" ", number + 1, number + shift + 1, old[number])


def _longest(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest count up to the limit for which `holds`, which holds for all smaller ones: slices compare fast."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _fewest(old: Sequence[int], new: Sequence[int], max_steps: int) -> list[Edit] | None:
    """E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), the greedy form; None out of steps.

    `reach[k]` is how far into the old lines a path with so many edits comes on diagonal k = old - new.
    """
    reach, trace, steps = {1: 0}, [], 0
    for count in range(len(old) + len(new) + 1):
        trace.append(reach.copy())
        for k in range(-count, count + 1, 2):
            is_down = k == -count or (k != count and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if is_down else reach[k - 1] + 1
            start = x
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            steps += 2 + x - start
            reach[k] = x
            if x >= len(old) and x - k >= len(new):
                return _edits_of(trace, len(old), len(new))
            if steps > max_steps:
                return None
    return None


def _edits_of(trace: Sequence[dict[int, int]], x: int, y: int) -> list[Edit]:
    """Walk the way back from the end; neighbouring steps become one edit."""
    found: list[Edit] = []
    for count in range(len(trace) - 1, 0, -1):
        reach, k = trace[count], x - y
        is_down = k == -count or (k != count and reach[k - 1] < reach[k + 1])
        before_k = k + 1 if is_down else k - 1
        before_x = reach[before_k]
        before_y = before_x - before_k
        after_x, after_y = (before_x, before_y + 1) if is_down else (before_x + 1, before_y)
        if found and (found[-1].old_from, found[-1].new_from) == (after_x, after_y):
            last = found.pop()
            found.append(Edit(before_x, last.old_to, before_y, last.new_to))
        else:
            found.append(Edit(before_x, after_x, before_y, after_y))
        x, y = before_x, before_y
    return found[::-1]
