"""What the buttons of the authoring page do to its rows of tests and files, without anything being saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exercises.drafts import DEFAULTS, Draft, FileRow


def change_rows(draft: Draft, button: str) -> str | None:
    """Do what the button says: `add-test`, `copy-test-2`, `up-test-2`, `down-test-2`, `delete-test-2`,
    `add-file-starter`, `delete-file-3`; rows count from 0. `add-uploads`: what was uploaded is among the rows already.

    Returns the `id` of the field to go on with, or None for a button that there is not.
    """
    if button == "add-uploads":
        return "uploads"
    verb, _, rest = button.partition("-")
    what, _, which = rest.partition("-")
    if (verb, what) == ("add", "test"):
        draft.tests.append(dict(DEFAULTS))
        return f"test-{len(draft.tests) - 1}-input"
    if (verb, what) == ("add", "file") and which in {"starter", "reference", "tests"}:
        draft.files.append(FileRow(which, "", ""))
        return f"file-{len(draft.files) - 1}-path"
    rows: list[Any] = {"test": draft.tests, "file": draft.files}.get(what, [])  # type: ignore[assignment]
    place = int(which) if which.isdecimal() and len(which) < 5 else len(rows)
    change = _CHANGES.get((verb, what))
    if change is None or place >= len(rows):
        return None
    end = {"test": "name", "file": "path"}[what]
    return f"{what}-{max(change(rows, place), 0)}-{end}"


def _copy(rows: list[Any], place: int) -> int:
    rows.insert(place + 1, dict(rows[place]))
    return place + 1


def _move(rows: list[Any], place: int, step: int) -> int:
    to = min(max(place + step, 0), len(rows) - 1)
    rows.insert(to, rows.pop(place))
    return to


def _delete(rows: list[Any], place: int) -> int:
    del rows[place]
    return min(place, len(rows) - 1)


_CHANGES: dict[tuple[str, str], Callable[[list[Any], int], int]] = {
    ("copy", "test"): _copy,
    ("up", "test"): lambda rows, place: _move(rows, place, -1),
    ("down", "test"): lambda rows, place: _move(rows, place, 1),
    ("delete", "test"): _delete,
    ("delete", "file"): _delete,
}
