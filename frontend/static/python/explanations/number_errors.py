"""Numbers that cannot be worked with."""

from __future__ import annotations

from .failure import Failure


def division_by_zero(failure: Failure) -> str | None:
    return "This line divides by zero, and no number can be divided by zero."


RULES = (division_by_zero,)
