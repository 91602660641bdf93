"""The gradebook as a spreadsheet. Points are numbers, all else is text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook

from assessment.gradebook import Gradebook, Line, Score
from assessment.grid import Cell, State
from assessment.numbers import plain
from schools.sheet_cells import harmless

_WORDS = {
    State.CLAIMED: "claimed",
    State.VERIFIED: "verified",
    State.DIFFERS: "verified",
    State.OVERRIDE: "set by teacher",
}
_Value = str | int | Decimal | None
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet_of(book: Gradebook) -> list[list[_Value]]:
    """A line with the headings, then one for each student. Nothing handed in is None, a mark of 0 is 0."""
    return [_headings(book), *(_values(line) for line in book.lines)]


def as_csv(sheet: list[list[_Value]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in sheet:
        writer.writerow([plain(value) if isinstance(value, Decimal | int) else harmless(value) for value in row])
    # The mark at its beginning tells a spreadsheet that the letters are UTF-8
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: list[list[_Value]]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet("Marks")
    page.freeze_panes = "B2"
    for row in sheet:
        page.append([harmless(value) if isinstance(value, str) else value for value in row])
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def state_in_words(cell: Cell) -> str:
    """Where its points are from; nothing where nothing was handed in."""
    if cell.is_handed_in and cell.points is None:
        return "no mark yet"
    return _WORDS.get(cell.state, "")


def _headings(book: Gradebook) -> list[_Value]:
    names: list[_Value] = ["Student", "Login name"]
    for assignment, columns in book.groups:
        for column in columns:
            name = f"{assignment.title}: {column.exercise.title}"
            names += [f"{name} (of {column.points})", f"{name}: state", f"{name}: late"]
        names += [f"{assignment.title}: {what}" for what in ("points", "out of", "percent")]
    return [*names, "Handed in", "Exercises", "Overall percent"]


def _values(line: Line) -> list[_Value]:
    values: list[_Value] = [str(line.student), line.student.username]
    for cells, score in zip(line.parts, line.scores, strict=True):
        for cell in cells:
            values += _of_cell(cell)
        values += _of_score(score)
    return [*values, line.handed_in_count, line.exercise_count, line.overall]


def _of_cell(cell: Cell) -> Iterator[_Value]:
    yield cell.points
    yield state_in_words(cell)
    yield "late" if cell.is_late and cell.is_handed_in else ""


def _of_score(score: Score) -> list[_Value]:
    return [score.points, score.out_of, score.percent] if score.out_of else [None, None, None]
