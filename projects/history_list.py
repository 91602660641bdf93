"""The list of a project's revisions, page by page: by day, by sitting, and what each changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from projects.differences import line_counts
from projects.history import FileDifference, Version, contents, latest_versions, versions
from projects.models import Project, Revision, RevisionFile
from projects.sittings import sittings

PAGE_SIZE = 60
# Lines are counted in files of an ordinary size, and not in more of them than a page is quickly made of.
MAX_COUNTED_BYTES = 100_000
MAX_COUNTED_BYTES_IN_ALL = 4_000_000
MAX_STEPS_PER_FILE = 20_000


@dataclass(frozen=True)
class FileLine:
    """One file of one revision: the lines that came and went, None where they were not counted."""

    difference: FileDifference
    lines: tuple[int, int] | None


@dataclass(frozen=True)
class RevisionLine:
    revision: Revision
    files: tuple[FileLine, ...]


@dataclass(frozen=True)
class Sitting:
    """Newest first."""

    lines: tuple[RevisionLine, ...]

    @property
    def began_at(self) -> datetime:
        return self.lines[-1].revision.created_at

    @property
    def ended_at(self) -> datetime:
        return self.lines[0].revision.created_at


@dataclass(frozen=True)
class Day:
    date: date
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class HistoryPage:
    """`older` is the revision before which the next page begins, or None on the last one."""

    days: tuple[Day, ...]
    older: int | None


def history_page(project: Project, before: int | None = None) -> HistoryPage:
    """The newest revisions, or the newest before a number; four queries, however long the history is.

    Days and sittings are those of the owner's time zone.
    """
    zone = project.time_zone()
    revisions = project.revisions.kept().select_related("author").order_by("-number")
    found = list((revisions if before is None else revisions.filter(number__lt=before))[: PAGE_SIZE + 1])
    older = found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else None
    lines = _lines(project, found[:PAGE_SIZE])
    days: list[Day] = []
    for sitting in sittings([(line.revision.created_at, line) for line in lines], zone):
        day = sitting[0].revision.created_at.astimezone(zone).date()
        if not days or days[-1].date != day:
            days.append(Day(day, ()))
        days[-1] = Day(day, (*days[-1].sittings, Sitting(tuple(sitting))))
    return HistoryPage(tuple(days), older)


def _lines(project: Project, revisions: Sequence[Revision]) -> list[RevisionLine]:
    if not revisions:
        return []
    here = versions(RevisionFile.objects.filter(revision__in=revisions))
    former = latest_versions(project.pk, revisions[-1].number - 1, {version.path for version in here})
    latest = {version.path: version for version in former}
    changes: dict[int, list[FileDifference]] = {revision.number: [] for revision in revisions}
    for version in sorted(here, key=lambda version: version.revision):
        difference = FileDifference(version.path, _present(latest.get(version.path)), _present(version))
        latest[version.path] = version
        if (difference.before and difference.before.sha256) != (difference.after and difference.after.sha256):
            changes[version.revision].append(difference)
    counted = _count_lines(difference for revision in revisions for difference in changes[revision.number])
    return [
        RevisionLine(revision, tuple(FileLine(file, counted.get(id(file))) for file in changes[revision.number]))
        for revision in revisions
    ]


def _count_lines(differences: Iterable[FileDifference]) -> dict[int, tuple[int, int]]:
    chosen, needed, size = [], {}, 0
    for difference in differences:
        sides = [side for side in (difference.before, difference.after) if side]
        if not difference.is_text or max(side.size for side in sides) > MAX_COUNTED_BYTES:
            continue
        size += sum(side.size for side in sides if side.row not in needed)
        if size > MAX_COUNTED_BYTES_IN_ALL:
            break
        needed.update({side.row: side for side in sides})
        chosen.append(difference)
    texts = {row: content.decode(errors="replace") for row, content in contents(needed.values()).items()}
    texts_of = {id(d): [texts.get(side.row, "") if side else "" for side in (d.before, d.after)] for d in chosen}
    return {key: line_counts(before, after, MAX_STEPS_PER_FILE) for key, (before, after) in texts_of.items()}


def _present(version: Version | None) -> Version | None:
    return None if version is None or version.is_deleted else version
