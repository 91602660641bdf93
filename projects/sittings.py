"""Sittings: the stretches of work that a history falls into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

SITTING_PAUSE = timedelta(minutes=30)

Saved = TypeVar("Saved")


def sittings(saves: Iterable[tuple[datetime, Saved]], zone: tzinfo) -> list[list[Saved]]:
    """The saves, which come in order of time or against it, sitting by sitting.

    A sitting ends where nothing was saved for half an hour, and at midnight in `zone`.
    """
    found: list[list[Saved]] = []
    before: datetime | None = None
    for moment, save in saves:
        at = moment.astimezone(zone)
        if before is None or at.date() != before.date() or abs(at - before) > SITTING_PAUSE:
            found.append([])
        found[-1].append(save)
        before = at
    return found


def last_ones(saves: Sequence[tuple[datetime, Saved]], zone: tzinfo) -> list[Saved]:
    """The last save of each sitting; the saves come in order of time."""
    return [sitting[-1] for sitting in sittings(saves, zone)]
