"""Points and percentages as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def plain(number: Decimal | int) -> str:
    """Without zeros that say nothing: `7.5`, `10`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(points: Decimal, out_of: Decimal | int) -> Decimal:
    """How many percent that is, to a tenth. `out_of` is more than 0."""
    return (points * 100 / out_of).quantize(_TENTH, ROUND_HALF_UP)
