"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

MAX_CANDIDATES = 1_000
MAX_LENGTH = 40


def nearest(word: str, candidates: Iterable[object]) -> str | None:
    """The candidate that differs from `word` by the fewest slips of the keyboard, or by capitals only; None for none.

    Of equally near ones the first counts. Short words must match more closely than long ones.
    """
    if not word or len(word) > MAX_LENGTH:
        return None
    best, best_slips = None, _allowed(word) + 1
    for candidate in islice(candidates, MAX_CANDIDATES):
        if type(candidate) is not str or candidate == word or len(candidate) > MAX_LENGTH:
            continue
        is_alike = _alike(candidate) == _alike(word) != ""
        slips = 0 if is_alike else _slips(word.lower(), candidate.lower(), best_slips)
        if slips < best_slips:
            best, best_slips = candidate, slips
    return best


def _alike(word: str) -> str:
    return word.lower().replace("_", "").replace(" ", "").replace("-", "")


def _allowed(word: str) -> int:
    if len(word) <= 2:
        return 0
    return 1 if len(word) <= 5 else 2 if len(word) <= 9 else 3


def _slips(one: str, other: str, most: int) -> int:
    """Letters too many, missing, wrong, or swapped with their neighbour; `most` when there are that many or more."""
    if abs(len(one) - len(other)) >= most:
        return most
    older: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                slips = min(slips, older[j - 2] + 1)
            row.append(slips)
        if min(row) >= most:
            return most
        older, last = last, row
    return last[-1]
