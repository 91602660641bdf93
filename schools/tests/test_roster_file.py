"""Lists as schools have them: pasted, or in files of every make."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from schools.roster_file import MAX_ROWS, Row, read_file, read_text
from schools.roster_workbook import BadRoster


def names(text: str) -> list[str]:
    return [row.name for row in read_text(text).rows]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


class TestPastedText:
    @pytest.mark.parametrize(
        "text",
        [
            "Ada Lovelace\nBen Ali\n",
            "Ada Lovelace\r\n\r\n  Ben   Ali  \r\n",
            "Ada Lovelace\rBen Ali",
            "Lovelace, Ada\nAli, Ben\n",
            "Ada\tLovelace\nBen\tAli\n",
            "Ada;Lovelace\nBen;Ali\n",
            "First name\tSurname\nAda\tLovelace\nBen\tAli\n",
            "surname;  FORENAME ;e-mail\nLovelace;Ada;a@x\nAli;Ben;b@x\n",
            "Last-Name,Given_Name\nLovelace,Ada\nAli,Ben\n",
            'Full name,Class\n"Lovelace, Ada",10A\n"Ali, Ben",10A\n',
            'Pupil\tForm\n"Ada\nLovelace"\t10A\n"Ben Ali"\t10A\n',
        ],
    )
    def test_every_usual_form_gives_the_names_as_people_say_them(self, text: str) -> None:
        assert names(text) == ["Ada Lovelace", "Ben Ali"]

    def test_columns_may_be_in_any_order(self) -> None:
        roster = read_text("Class,Login name,Name,Shoe size\n10A,ada,Ada Lovelace,37\n")

        assert roster.rows == [Row(2, "Ada Lovelace", "ada", "10A")]
        assert roster.ignored_columns == ["Shoe size"]

    def test_a_row_is_where_it_begins(self) -> None:
        assert [row.line for row in read_text('Name;Class\n"Ada\nLovelace";10A\n\nBen;10A\n').rows] == [2, 5]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "no names"),
            (" \n\t\n", "no names"),
            ("Name\n", "no names below"),
            ("Ada;Lovelace;10A;girl\n", "Line 1 has 4 columns"),
            ('Name\nAda\n"Ben\n', "Line 3 cannot be read"),
            ('Name\n"Ada"x\n', "Line 2 cannot be read"),
            ("Name;Student\nAda;Ben\n", "Two columns"),
            ("a\x00b", "no text"),
            ("\n".join(["Ada"] * (MAX_ROWS + 1)), "more than 10,000 lines"),
        ],
    )
    def test_what_cannot_be_read_says_what_to_do(self, text: str, sentence: str) -> None:
        with pytest.raises(BadRoster, match=sentence):
            read_text(text)

    def test_ten_thousand_lines_are_read(self) -> None:
        assert len(names("\n".join(f"Ada {n}" for n in range(MAX_ROWS)))) == MAX_ROWS


class TestFiles:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
    )
    def test_every_usual_encoding(self, encoding: str) -> None:
        rows = read_file("Surname;First name\r\nMüller;Zoë\r\n".encode(encoding)).rows

        assert [row.name for row in rows] == ["Zoë Müller"]

    def test_a_workbook(self) -> None:
        rows = read_file(
            workbook(("Surname", "First name", "Login name"), ("Lovelace", "Ada", 1815.0), (None, "Ben"))
        ).rows

        assert rows == [Row(2, "Ada Lovelace", "1815"), Row(3, "Ben")]

    def test_a_workbook_keeps_its_line_numbers(self) -> None:
        assert [row.line for row in read_file(workbook(("Name",), (), (), ("Ada",))).rows] == [4]

    def test_a_formula_counts_as_the_value_saved_with_it_and_these_have_none(self) -> None:
        assert read_file(workbook(("Name",), ("=1+1",), ("Ada",))).rows == [Row(3, "Ada")]

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old XLS form"),
            (b"PK\x03\x04 and no more", "cannot be read"),
            (b"\x81\x8d\x8f", "letters of the file"),
            (b"\xff\xfe\x00", "letters of the file"),
            (b"x" * 6_000_000, "larger than 5 MB"),
            (b"", "no names"),
        ],
    )
    def test_what_cannot_be_read_says_what_to_do(self, data: bytes, sentence: str) -> None:
        with pytest.raises(BadRoster, match=sentence):
            read_file(data)


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with other bytes in its parts, by the last piece of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return packed.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'
)
FAR_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Ada</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = BOMB[:21] + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    "data",
    [
        repacked(workbook(("Name",)), sheet1=b"<x>" + b" " * 50_000_000),
        repacked(workbook(("Name",)), sheet1=BOMB),
        repacked(workbook(("Name",)), sheet1=FAR_ROW),
        repacked(workbook(("Name",)), sheet1=OUTSIDE),
        repacked(workbook(("Name",)), workbook=OUTSIDE),
        repacked(workbook(("Name",)), styles=b"<not-closed"),
        repacked(workbook(("Name",)), workbook=b""),
    ],
    ids=["zip bomb", "entities", "far row", "outside entity", "outside entity in the book", "broken", "empty part"],
)
def test_a_hostile_workbook_is_refused_soon(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(BadRoster):
        read_file(data)

    assert time.process_time() - began < 1


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    honest = repacked(workbook(("Name",)), sheet1=b"<x>" + b" " * 20_000_000)
    size = (20_000_003).to_bytes(4, "little")
    assert honest.count(size) == 2

    with pytest.raises(BadRoster):
        read_file(honest.replace(size, (100).to_bytes(4, "little")))
