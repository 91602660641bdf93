"""The files of a submission as its page shows them: with what is said at each line, or against an earlier state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessment.code_lines import as_html, lines_of
from assessment.models import Submission, SubmissionFile
from assessment.threads import Place, Said
from exercises.models import ExerciseFile
from projects.differences import MAX_STEPS, Line, edits, hunks

MAX_SHOWN_LINES = 2000
MAX_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class ShownLine:
    number: int
    html: SafeString
    said: Sequence[Said]
    is_chosen: bool  # the comment form stands below it


@dataclass(frozen=True)
class ShownFile:
    """`note` says why not all lines are there; `hunks` are those of a difference."""

    path: str
    size: int
    line_count: int = 0
    lines: Sequence[ShownLine] = ()
    said: Sequence[Said] = ()
    is_chosen: bool = False
    hunks: Sequence[Sequence[Line]] = ()
    note: str = ""


@dataclass
class Texts:
    """The lines of the text files, by path, as far as a page shows them; of the others the size."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read(files: Mapping[str, bytes], binary: frozenset[str] = frozenset()) -> Texts:
    """The files' lines, in bounded time."""
    texts, room = Texts(), MAX_READ_BYTES
    for path, content in sorted(files.items()):
        texts.sizes[path] = len(content)
        if path in binary or b"\0" in content:
            texts.notes[path] = _("Not a text.")
        elif len(content) > room:
            texts.notes[path] = _("Too large to be shown here.")
        else:
            room -= len(content)
            texts.lines[path] = lines_of(content)
    return texts


def handed_in(submission: Submission) -> Texts:
    """What was handed in; one query."""
    return _read_rows(submission.files.all())


def attempt_before(submission: Submission) -> Texts:
    """What the student handed in the time before; nothing the first time. One query."""
    attempt = submission.attempt - 1
    return _read_rows(SubmissionFile.objects.filter(submission__work=submission.work_id, submission__attempt=attempt))


def starter_of(submission: Submission) -> Texts:
    """What the student began with; one query."""
    starter = submission.version.files.filter(part=ExerciseFile.Part.STARTER)
    return read({file.path: bytes(file.content) for file in starter})


def _read_rows(rows: Iterable[SubmissionFile]) -> Texts:
    files = list(rows)
    binary = frozenset(file.path for file in files if not file.is_text)
    return read({file.path: bytes(file.content) for file in files}, binary)


def with_comments(texts: Texts, said: Mapping[Place, Sequence[Said]], chosen: Place | None) -> list[ShownFile]:
    """Every file with what is said about it and at its lines."""
    shown, room = [], MAX_SHOWN_LINES
    for path, size in texts.sizes.items():
        lines = texts.lines.get(path, [])
        html = as_html(path, lines[:room])
        room -= len(html)
        found = [
            ShownLine(number, line, said.get(Place(path, number), ()), chosen == Place(path, number))
            for number, line in enumerate(html, 1)
        ]
        note = texts.notes.get(path, "")
        if len(html) < len(lines):
            note = _("The other %(count)s lines are not shown here.") % {"count": len(lines) - len(html)}
        elif not note and not lines:
            note = _("The file is empty.")
        about = Place(path)
        shown.append(
            ShownFile(path, size, len(lines), found, said.get(about, ()), is_chosen=chosen == about, note=note)
        )
    return shown


def with_changes(before: Texts, after: Texts) -> list[ShownFile]:
    """What the files have become, file by file, in bounded time."""
    paths = sorted({*before.sizes, *after.sizes})
    steps, room, shown = MAX_STEPS // max(1, len(paths)), MAX_SHOWN_LINES, []
    for path in paths:
        size = after.sizes.get(path, 0)
        note = after.notes.get(path) or before.notes.get(path) or ""
        old, new = before.lines.get(path, []), after.lines.get(path, [])
        found = [] if note else list(hunks(old, new, edits(old, new, steps)))
        if path not in after.sizes:
            note = _("This file was not handed in.")
        elif not note and not found:
            note = _("Nothing has changed in this file.")
        lines = sum(len(hunk) for hunk in found)
        if lines > room:
            found, note = [], _("Too many lines differ to be shown here.")
        room -= lines if found else 0
        shown.append(ShownFile(path, size, len(new), hunks=found, note=note))
    return shown


def out_of_sight(files: Sequence[ShownFile], said: Mapping[Place, Sequence[Said]]) -> dict[Place, Sequence[Said]]:
    """What is said about places that the files do not show, all of it included."""
    shown = {Place(file.path) for file in files if not file.hunks}
    shown |= {Place(file.path, line.number) for file in files for line in file.lines}
    return {place: comments for place, comments in said.items() if place not in shown}
