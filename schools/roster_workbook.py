"""Reading an XLSX workbook that anybody may have made: its first visible sheet, as text.

The library parses with defusedxml, so entities stay what they are. Nothing is unpacked before the sizes that the zip
states are within bounds, and no more is unpacked than they state. Macros are never looked at; of a formula the value
that the spreadsheet saved with it counts.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

# Ten thousand lines of five columns are 2 MB; more XML than this takes longer to parse than anybody should wait.
MAX_PART_BYTES = 8 * 1024**2
MAX_UNPACKED_BYTES = 32 * 1024**2
MAX_PARTS = 500
MAX_COLUMNS = 50
# What the library raises for odd bytes
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    DefusedXmlException,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class BadRoster(ValidationError):
    """The list cannot be read at all; the sentence says what to do."""


def read_workbook(data: bytes, max_rows: int) -> list[tuple[int, Sequence[str]]]:
    """The lines that are not empty, with their numbers, of the first visible sheet; raises BadRoster."""
    try:
        _check_sizes(data)
        return _lines(data, max_rows)
    except _UNREADABLE as error:
        if isinstance(error, BadRoster):
            raise
        raise BadRoster(
            _("This workbook cannot be read. Save it as XLSX or CSV again, or paste its columns.")
        ) from None


def _check_sizes(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    if len(sizes) > MAX_PARTS or max(sizes, default=0) > MAX_PART_BYTES or sum(sizes) > MAX_UNPACKED_BYTES:
        raise BadRoster(_("This workbook is too large. Keep only the sheet and the columns with names."))


def _lines(data: bytes, max_rows: int) -> list[tuple[int, Sequence[str]]]:
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = next((sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise BadRoster(_("This workbook has no sheet that is not hidden."))
        rows = sheet.iter_rows(max_row=max_rows, max_col=MAX_COLUMNS, values_only=True)
        lines = [(number, _cells(row)) for number, row in enumerate(rows, 1)]
    finally:
        workbook.close()
    return [(number, cells) for number, cells in lines if any(cells)]


def _cells(row: Sequence[object]) -> list[str]:
    cells = [_text(value).strip() for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    # A number that the spreadsheet shows as 7 may be kept as 7.0
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
