"""Reading a list of people that somebody pasted or uploaded: text with any usual separator, or an XLSX workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from schools.roster_workbook import BadRoster, read_workbook

MAX_ROWS = 10_000
MAX_FILE_BYTES = 5 * 1024**2
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
# What the columns may be called, small and with single spaces
HEADINGS = {
    "name": ("name", "full name", "student", "student name", "pupil", "pupil name", "display name", "learner"),
    "first": ("first name", "first names", "first", "forename", "forenames", "given name", "given names", "firstname"),
    "surname": ("surname", "last name", "last", "family name", "lastname", "second name"),
    "login": ("login name", "login", "loginname", "username", "user name", "user", "account"),
    "classroom": ("class", "classroom", "form", "group", "class name", "tutor group", "registration group"),
}
_FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class _Table:
    """Lines that are not empty: where they begin in the list, and their cells."""

    lines: Sequence[tuple[int, Sequence[str]]]
    separator: str


@dataclass(frozen=True)
class Row:
    """One person as the list has them; `line` is where, counted from 1."""

    line: int
    name: str
    login: str = ""
    classroom: str = ""


@dataclass(frozen=True)
class Roster:
    rows: list[Row]
    ignored_columns: list[str]


def read_text(text: str) -> Roster:
    """Names, one a line; `Surname, First name`; or columns, with headings in any order or without."""
    if "\x00" in text:
        raise BadRoster(_("The list holds characters that are no text. Save the file as CSV UTF-8."))
    return _roster(_table(text))


def read_file(data: bytes) -> Roster:
    """As read_text, from the bytes of a CSV, a text file or an XLSX workbook, whatever it is called."""
    if len(data) > MAX_FILE_BYTES:
        raise BadRoster(
            _("The file is larger than %(max_file_bytes)s MB. Keep only the columns with names.")
            % {"max_file_bytes": MAX_FILE_BYTES // 1024**2}
        )
    if data.startswith(_OLD_EXCEL):
        raise BadRoster(_("This workbook is in the old XLS form or has a password. Save it as XLSX or CSV."))
    if data.startswith(_ZIP):
        return _roster(_Table(read_workbook(data, MAX_ROWS + 2), "\t"))
    return read_text(_decoded(data))


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16, or else Windows-1252, which is what spreadsheets write that do not say."""
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), _guessed_encoding(data))
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise BadRoster(_("The letters of the file cannot be read. Save it as CSV UTF-8 and try again.")) from None


def _guessed_encoding(data: bytes) -> str:
    start = data[:2000]
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _table(text: str) -> _Table:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((mark for mark in "\t;," if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    lines, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((line, cells))
            if len(lines) > MAX_ROWS + 1:
                break
            line = reader.line_num + 1
    except csv.Error:
        raise BadRoster(
            _("Line %(line)s cannot be read. Look for a quotation mark too many, or one not closed.") % {"line": line}
        ) from None
    return _Table(lines, separator)


def _roster(table: _Table) -> Roster:
    if not table.lines:
        raise BadRoster(_("There are no names in the list."))
    titles = table.lines[0][1]
    fields = [_FIELD_OF.get(_heading(title), "") for title in titles]
    ignored = []
    if {"name", "first", "surname"} & {*fields}:
        if twice := next((field for field in fields if field and fields.count(field) > 1), None):
            raise BadRoster(
                _("Two columns have a heading like “%(heading)s”. Delete one of them.")
                % {"heading": HEADINGS[twice][0]}
            )
        rows = [_row(line, dict(zip(fields, map(_tidy, cells), strict=False))) for line, cells in table.lines[1:]]
        ignored = [
            _tidy(title)[:50] for title, field in zip(titles, fields, strict=True) if title.strip() and not field
        ]
    else:
        rows = list(_rows_without_headings(table))
    if not rows:
        raise BadRoster(_("There are headings in the list, but no names below them."))
    if len(rows) > MAX_ROWS:
        raise BadRoster(_("The list has more than %(max_rows)s lines. Split it.") % {"max_rows": f"{MAX_ROWS:,}"})
    return Roster(rows, ignored)


def _heading(cell: str) -> str:
    return re.sub(r"[\s_-]+", " ", cell[:60]).strip(" :").casefold()


def _row(line: int, cells: dict[str, str]) -> Row:
    name = cells.get("name") or f"{cells.get('first', '')} {cells.get('surname', '')}".strip()
    return Row(line, _turned(name), cells.get("login", ""), cells.get("classroom", ""))


def _rows_without_headings(table: _Table) -> Iterator[Row]:
    """One cell is a name; two are its parts, as people write them: with a comma between, the surname is first."""
    joint = ", " if table.separator == "," else " "
    for line, all_cells in table.lines:
        cells = [cell for cell in map(_tidy, all_cells) if cell]
        if len(cells) > 2:
            raise BadRoster(
                _(
                    "Line %(line)s has %(cells_count)s columns. Write a heading over each column in the "
                    "first line, for example First name, Surname, Login name."
                )
                % {"line": line, "cells_count": len(cells)}
            )
        yield Row(line, _turned(joint.join(cells)))


def _turned(name: str) -> str:
    """`Lovelace, Ada` is Ada Lovelace."""
    surname, comma, first = name.partition(",")
    return f"{first.strip()} {surname.strip()}".strip() if comma and first.strip() else name.strip(" ,")


def _tidy(cell: str) -> str:
    return " ".join(cell.split())
