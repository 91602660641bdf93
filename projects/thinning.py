"""Thinning a project's history: which revisions go, and how what they held stays (docs/decisions/0013-history.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from projects.limits import (
    HISTORY_ALL_DAYS,
    HISTORY_KEEP_NEWEST,
    HISTORY_ROW_BYTES,
    MAX_HISTORY_BYTES,
    THINNED_HISTORY_BYTES,
)
from projects.models import Project, Revision, RevisionFile
from projects.paths import path_key
from projects.sittings import last_ones

KEY_ANSWERED_FOR = timedelta(days=1)
Item = TypeVar("Item")
_ROWS_AT_ONCE = 500  # SQLite takes a limited number of parameters


@dataclass(frozen=True)
class Thinned:
    """What thinning did: revisions folded into later ones, bytes that the history is smaller by."""

    revision_count: int
    byte_count: int


class _Row(NamedTuple):
    pk: UUID
    size: int
    home: int  # the revision it belongs to in the database


@dataclass
class _Kept:
    """A revision during the planning: its file rows by what the path shares with its twins."""

    pk: UUID
    number: int
    created_at: datetime
    rows: dict[str, list[_Row]] = field(default_factory=lambda: defaultdict(list))


def thin(project_id: UUID, now: datetime | None = None, *, dry_run: bool = False) -> Thinned:
    """Fold the revisions that the rule lets go into the next one that stays.

    What a revision that stays shows is the same before and after. Nothing happens when nothing is due.
    """
    now = now or timezone.now()
    with transaction.atomic():
        # Two that thin at once would plan with the same rows; a save has to wait a moment too.
        project = Project.objects.select_for_update().get(pk=project_id)
        plan = _Plan(project_id)
        before = plan.size
        plan.fold(due_by_age(plan.saves(), now, project.time_zone(), project.history_days()))
        if plan.size > MAX_HISTORY_BYTES:
            plan.fold_until(THINNED_HISTORY_BYTES, due_by_size(plan.saves(), project.time_zone()))
        if not dry_run:
            plan.carry_out(now)
            Project.objects.filter(pk=project_id).update(history_bytes=plan.size)
    return Thinned(len(plan.folded), before - plan.size)


def due_by_age(saves: Sequence[tuple[datetime, int]], now: datetime, zone: tzinfo, history_days: int) -> list[int]:
    """The numbers of the revisions that are too old: `saves` are (created_at, number) in order of time.

    The newest is what the project is now, and never due.
    """
    all_since, sittings_since = (now - timedelta(days=days) for days in (HISTORY_ALL_DAYS, history_days))
    stays = {*last_ones(saves, zone), *(number for _, number in saves[-HISTORY_KEEP_NEWEST:])}
    return [number for at, number in saves[:-1] if at < sittings_since or (at < all_since and number not in stays)]


def due_by_size(saves: Sequence[tuple[datetime, int]], zone: tzinfo) -> Iterator[int]:
    """The order in which revisions go when the history is too large, the oldest first.

    First all but the last of each sitting, then all but the last of each day, then the days.
    """
    last_of_sitting = last_ones(saves, zone)
    last_of_day = {at.astimezone(zone).date(): number for at, number in saves}
    spare = [number for _, number in saves[:-HISTORY_KEEP_NEWEST]]
    rank = dict.fromkeys(spare, 0) | dict.fromkeys(last_of_sitting, 1) | dict.fromkeys(last_of_day.values(), 2)
    return iter(sorted(spare, key=lambda number: (rank[number], number)))


class _Plan:
    """The kept revisions of a project, from which some are folded away."""

    def __init__(self, project_id: UUID) -> None:
        self.project_id = project_id
        kept = Revision.objects.filter(project=project_id).kept().order_by("number")
        self.kept = {number: _Kept(pk, number, at) for pk, number, at in kept.values_list("pk", "number", "created_at")}
        self.size = 0
        rows = RevisionFile.objects.filter(revision__project=project_id)
        for number, pk, path, size in rows.values_list("revision__number", "pk", "path", "size"):
            row = _Row(pk, size + HISTORY_ROW_BYTES, number)
            self.kept[number].rows[path_key(path)].append(row)
            self.size += row.size
        numbers = [*self.kept]
        self.next = dict(zip(numbers, numbers[1:], strict=False))
        self.previous = {after: number for number, after in self.next.items()}
        self.folded: set[int] = set()
        self.superseded: list[_Row] = []

    def saves(self) -> list[tuple[datetime, int]]:
        return [(revision.created_at, revision.number) for revision in self.kept.values()]

    def fold_until(self, size: int, numbers: Iterable[int]) -> None:
        for number in numbers:
            if self.size <= size:
                return
            self.fold([number])

    def fold(self, numbers: Iterable[int]) -> None:
        """What a later revision says about a file, or about its twin in another case, is all that counts of it."""
        for number in numbers:
            gone, after = self.kept.pop(number), self._unlink(number)
            for key, rows in gone.rows.items():
                if key in self.kept[after].rows:
                    self.superseded += rows
                    self.size -= sum(row.size for row in rows)
                else:
                    self.kept[after].rows[key] = rows
            self.folded.add(number)

    def carry_out(self, now: datetime) -> None:
        for rows in _batches(self.superseded):
            RevisionFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for revision in self.kept.values():
            moved = [row for rows in revision.rows.values() for row in rows if row.home != revision.number]
            for rows in _batches(moved):
                RevisionFile.objects.filter(pk__in=[row.pk for row in rows]).update(revision=revision.pk)
        revisions = Revision.objects.filter(project=self.project_id)
        for numbers in _batches(sorted(self.folded)):
            revisions.filter(number__in=numbers).update(is_folded=True)
        revisions.filter(is_folded=True, created_at__lt=now - KEY_ANSWERED_FOR).delete()

    def _unlink(self, number: int) -> int:
        after = self.next.pop(number)
        before = self.previous.pop(number, None)
        if before is None:
            del self.previous[after]
        else:
            self.next[before], self.previous[after] = after, before
        return after


def _batches(rows: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (rows[at : at + _ROWS_AT_ONCE] for at in range(0, len(rows), _ROWS_AT_ONCE))
