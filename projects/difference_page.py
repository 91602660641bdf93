"""How the difference between two states is shown: as lines by the server, as texts to the page's script."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from projects.differences import MAX_STEPS, Line, edits, hunks, split_lines
from projects.history import FileDifference, Version, contents

# What a page compares and sends at most; of the rest it tells the sizes.
MAX_COMPARED_BYTES = 4 * 1024 * 1024
MAX_SENT_BYTES = 8 * 1024 * 1024
MAX_SHOWN_LINES = 2000
MAX_SHOWN_CHARACTERS = 400  # of one line
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")  # frontend/static/files/file-content.js draws these


@dataclass(frozen=True)
class ShownFile:
    """One file's difference: hunks of lines, or none and a sentence that says why."""

    difference: FileDifference
    hunks: tuple[tuple[Line, ...], ...] = ()
    lines: tuple[int, int] | None = None
    note: str = ""


def shown_files(differences: Sequence[FileDifference]) -> list[ShownFile]:
    """The differences line by line, in bounded time and of bounded length; one query."""
    compared = _within(MAX_COMPARED_BYTES, [d for d in differences if d.is_text])
    texts = contents(side for d in compared for side in (d.before, d.after) if side)
    is_compared, steps = frozenset(compared), MAX_STEPS // max(1, len(compared))
    room, found = MAX_SHOWN_LINES, []
    for difference in differences:
        if not difference.is_text:
            shown = ShownFile(difference, note=_("Not a text: its lines cannot be compared."))
        elif difference not in is_compared:
            shown = ShownFile(difference, note=_("Too large to be compared here."))
        else:
            shown = _shown(difference, texts, steps, room)
            room -= sum(len(hunk) for hunk in shown.hunks)
        found.append(shown)
    return found


def as_json(differences: Sequence[FileDifference]) -> dict[str, Any]:
    """files: each with path, before and after; a side has its size and, unless too much, its text or picture."""
    sendable = [d for d in differences if d.is_text or d.path.lower().endswith(PICTURE_ENDINGS)]
    sent = _within(MAX_SENT_BYTES, sendable)
    texts = contents(side for d in sent for side in (d.before, d.after) if side)
    return {
        "files": [
            {"path": d.path, "before": _side(d.before, texts), "after": _side(d.after, texts)} for d in differences
        ]
    }


def _within(limit: int, differences: Sequence[FileDifference]) -> list[FileDifference]:
    """Those that come before the limit is reached."""
    chosen, size = [], 0
    for difference in differences:
        size += sum(side.size for side in (difference.before, difference.after) if side)
        if size <= limit:
            chosen.append(difference)
    return chosen


def _shown(difference: FileDifference, texts: Mapping[UUID, bytes], max_steps: int, room: int) -> ShownFile:
    sides = (difference.before, difference.after)
    old, new = (split_lines(texts[side.row].decode() if side else "") for side in sides)
    found = edits(old, new, max_steps)
    if not found:
        empty = not (old or new)
        return ShownFile(
            difference, note=_("The file is empty.") if empty else _("Only the end of the last line differs.")
        )
    lines = sum(e.new_to - e.new_from for e in found), sum(e.old_to - e.old_from for e in found)
    shown: list[tuple[Line, ...]] = []
    for hunk in hunks(old, new, found):
        shown.append(tuple(_shortened(line) for line in hunk[: max(0, room)]))
        room -= len(hunk)
        if room < 0:
            break
    note = "" if room >= 0 else _("The rest is not shown here.")
    return ShownFile(difference, tuple(shown), lines, note)


def _shortened(line: Line) -> Line:
    if len(line.text) <= MAX_SHOWN_CHARACTERS:
        return line
    return Line(line.sign, line.old, line.new, line.text[:MAX_SHOWN_CHARACTERS] + "…")


def _side(version: Version | None, texts: Mapping[UUID, bytes]) -> dict[str, Any] | None:
    if version is None:
        return None
    side: dict[str, Any] = {"size": version.size}
    content = texts.get(version.row)
    if content is not None:
        key, value = ("text", content.decode()) if version.is_text else ("base64", base64.b64encode(content).decode())
        side[key] = value
    return side
