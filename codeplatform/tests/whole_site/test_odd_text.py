"""Whatever text, key or file is sent to an address that changes something, it is never a 500 (promise 27).

Addresses, headers, JSON and the lists of the admin have their odd requests in test_odd_requests.py and
test_admin_scope.py.
"""

from __future__ import annotations

import io
import zipfile
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from codeplatform.tests.test_odd_requests import FORM, encode
from codeplatform.tests.whole_site.changes import CHANGES, Change, ready, row_of
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import Visitor, address
from codeplatform.tests.whole_site.world import World

pytestmark = pytest.mark.heavy  # thousands of requests

JSON = ["", "null", "[]", "NaN", '{"base": 1e999}', '{"base": 9' + "9" * 5000 + "}", "[" * 200_000, '{"a": 1, "a": 2}']
JSON += ['{"_connector": "OR"}', '{"base": 9223372036854775808, "key": "key-000001", "files": []}', "\ud800", "\x00"]
# Of each kind of ODD one: every address gets them all.
EACH = ["\x00", "\ud800", "\u202e", "9" * 5000, "9223372036854775808", "-1", "1e999", "x" * 100_000, "_connector"]
ALONE = {"\x00", "\ud800", "9" * 5000}
CALM = {*range(200, 500), 503}  # 503: without a built runtime the site says that it is not ready


def nothing() -> None:
    """Statuses alone are looked at."""


def odd_forms(world: World, change: Change, odd: str) -> list[str]:
    """The form with the text in all fields, as a key, and where what follows is read at all, in each field alone."""
    raw, fields = quote(encode(odd), safe=""), change.data(world)
    usual = {name: urlencode({name: value}, doseq=True) for name, value in fields.items()}
    forms = ["&".join(f"{name}={raw}" for name in fields), "&".join([*usual.values(), f"{raw}={raw}"])]
    if odd in ALONE:
        forms += ["&".join([*(usual[other] for other in fields if other != name), f"{name}={raw}"]) for name in fields]
    return forms


def test_odd_text_in_every_field(world: World) -> None:
    broken = set()
    for row, change in CHANGES.items():
        with ready(world, change, nothing) as visitor:
            visitor.client.raise_request_exception = False
            url = address(row, row_of(row).args, world.home)
            for odd in EACH:
                for form in odd_forms(world, change, odd):
                    if visitor.ask("post", url, form, content_type=FORM).status >= 500:
                        broken.add((row, form[:80]))

    assert broken == set()


def test_odd_queries_and_bodies_everywhere(world: World) -> None:
    visitor = Visitor(world, "teacher")
    visitor.client.raise_request_exception = False
    broken = set()
    for name, row in TABLE.items():
        url = address(name, row.args, world.home)
        for body in JSON:
            answer = visitor.ask("generic", "POST", url, encode(body), "application/json")
            broken |= {(name, body[:40])} if answer.status >= 500 else set()
        for odd in ("\x00", "\ud800", "9" * 5000):
            raw = quote(encode(odd), safe="")
            query = "&".join(f"{key}={raw}" for key in ("next", "q", "sort", "p", "before", "against", "name", raw))
            broken |= {(name, odd[:40])} if visitor.ask("get", f"{url}?{query}").status not in CALM else set()

    assert broken == set()


def zipped(name: str, content: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return body.getvalue()


FILES = {
    "empty": b"",
    "no text": bytes(range(256)) * 40,
    "NUL": b"Name\x00;Login name\nGrace\x00;\x00",
    "UTF-16 cut in half": "Name\nGrace".encode("utf-16")[:-1],
    "a huge cell": b"Name\n" + b"x" * 900_000,
    "many columns": b"Name," + b"," * 20_000 + b"\nGrace",
    "an open quotation mark": b'Name\n"Grace',
    "a formula": b"Name,Login name\n=cmd|' /C calc'!A0,=1+1",
    "numbers": b"Name,Login name\n" + b"9" * 5000 + b",1e999\nNaN,-1",
    "a zip of something else": zipped("a.txt", b"a"),
    "a workbook without a sheet": zipped("xl/workbook.xml", b"<workbook/>"),
    "a broken workbook": zipped("[Content_Types].xml", b"<Types><!DOCTYPE x [<!ENTITY a 'a'>]>&a;</Types>"),
    "half a zip": zipped("a.txt", b"a" * 1000)[:60],
}
UPLOADS = {"schools:students-add": "file", "admin:accounts_user_import": "file", "projects:project-upload": "archive"}


@pytest.mark.parametrize("row", UPLOADS)
def test_odd_files(world: World, row: str) -> None:
    broken = {}
    with ready(world, CHANGES[row], nothing) as visitor:
        visitor.client.raise_request_exception = False
        url = address(row, row_of(row).args, world.home)
        for case, content in FILES.items():
            for name in ("x.csv", "x.xlsx", "x.zip", "\u202e.", "a" * 300):
                answer = visitor.ask("post", url, {UPLOADS[row]: SimpleUploadedFile(name, content)})
                if answer.status >= 500:
                    broken[case, name] = answer.status

    assert broken == {}
