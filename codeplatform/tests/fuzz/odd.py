"""Things that nobody's browser sends: odd texts, JSON, files, bodies and headers."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from openpyxl import Workbook

from codeplatform.tests.test_odd_requests import ODD, encode
from codeplatform.tests.whole_site.test_changes import GREEDY
from codeplatform.tests.whole_site.test_odd_text import FILES, zipped

TEXTS = [
    *ODD,
    *("", " ", "0", "1", "2", "on", "yes", "true", "None", "null", "[]", "{}", "undefined"),
    *("1.5", "1e9", "-0", "0x10", "1_000", "٣", "½", "²", "Ⅷ", "+1", "NaN", "Infinity", "-Infinity", "1e-400"),
    *("2026-02-30T00:00", "0001-01-01T00:00", "9999-12-31T23:59:59", "10000-01-01", "2026-01-01T00:00+99:00"),
    *("main.py", ".", "..", "/", "C:\\x", "a" * 300, "CON", "e\u0301", "\u00e9", "\u200b", "\u2028", "a\nb", "\t=1+1"),
    *(
        "ada",
        "ada@home",
        "@",
        "a@b@c",
        "x" * 5000,
        "💥" * 2000,
        "\udfff\ud800",
        "javascript:alert(1)",
        "//evil.example",
    ),
    *("http://[", "http://x:99999/", "\\\\x\\y", "$where", "%(name)s", "%s%n", "{0.__class__}", "' OR 1=1 --"),
    *("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", f"{2**63}", "1" * 400),
]
NAMES = [
    *GREEDY,
    *("_connector", "_negated", "owner__password__startswith", "password__startswith", "school__slug", "pk__in"),
    *(
        "_method",
        "_popup",
        "_to_field",
        "_saveasnew",
        "_addanother",
        "_changelist_filters",
        "_facets",
        "_selected_action",
    ),
    *("action", "index", "select_across", "post", "q", "p", "o", "e", "all", "ot", "sort", "next", "before", "against"),
    *("csrfmiddlewaretoken", "name", "files", "tests", "file", "archive", "uploads", "students", "format", "resource"),
    *("path", "line", "text", "key", "base", "", "a\x00", "\ud800", "x" * 3000, "a[b]", "a.b", "__proto__"),
    *("test-0-kind", "test-99999999999-kind", "file--1-path", "points-", "login-1", "new-person-x", "page", "week"),
    *("created_at__gte", "created_at__year", "role__exact", "school__id__exact", "is_active__exact", "classroom__pk"),
]
JSON = [
    *("", "null", "[]", "{}", "1", '"x"', "NaN", "-Infinity", '{"base": 1e999}', "[" * 200_000, '{"a":' * 100_000),
    *(
        '{"base": ' + "9" * 5000 + "}",
        '{"a": 1, "a": 2}',
        '{"_connector": "OR"}',
        "\ud800",
        "\x00",
        "\ufeff{}",
        "{'a': 1}",
    ),
    *('{"base": "\\ud800", "key": "\\u0000", "files": [null]}', '{"files": {"path": []}}', "[" + "0," * 50_000 + "0]"),
    *(
        '{"base": -0.0, "key": [], "files": [[]]}',
        '{"items": ["\\ud800"], "results": [{}]}',
        '{"results": "' + "a" * 9000,
    ),
    '{"base": 9223372036854775808, "key": "key-000001", "files": []}',
]
CONTENT_TYPES = [
    *(
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/json",
    ),
    *("application/json; charset=utf-16", "application/json; charset=no-such", "text/plain", "text/html", "", "/", "x"),
    *("multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300, "multipart/mixed; boundary=x"),
    *("application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=idna"),
    *(
        "multipart/form-data; boundary=\xff",
        "application/xml",
        "multipart/form-data; boundary*=utf-8''x",
        "a/b; c*0=1; c*1",
    ),
    *(
        "multipart/form-data; charset=undefined; boundary=x",
        "application/json; charset=base64",
        "text/csv; charset=hex",
    ),
]
HEADERS = {
    "HTTP_HOST": [
        "evil.example",
        "",
        "testserver:99999",
        "a b",
        "[::1",
        "testserver\x00",
        "ä.example",
        "x" * 300,
        "@",
        ".",
    ],
    "HTTP_ACCEPT": [
        "*/*",
        "application/json",
        "text/html;q=2",
        "a/b;q=x",
        ";;;",
        "/",
        "text/*;q=0",
        "\xff",
        "," * 2000,
    ],
    "HTTP_ACCEPT_LANGUAGE": ["cy", "xx-yy-zz", "a" * 600, "en;q=9", ",,,", "\x00", "*", "../../x", "en\xff"],
    "HTTP_ACCEPT_ENCODING": ["br", "gzip;q=x", "identity;q=0", "\xff", "," * 500],
    "HTTP_COOKIE": [
        "sessionid=",
        "sessionid=" + "x" * 3000,
        "a=b; ;;=",
        '"',
        "csrftoken=\xff",
        "messages=x",
        "device=\x00",
    ],
    "HTTP_ORIGIN": ["null", "http://testserver", "http://evil.example", "http://[", "x"],
    "HTTP_REFERER": ["http://[", "javascript:x", "\xff\xfe", "/" * 3000],
    "HTTP_RANGE": [
        "bytes=0-",
        "bytes=-0",
        "bytes=9-1",
        "bytes=" + "0-1," * 500,
        "bytes=" + "9" * 400 + "-",
        "x=1",
        "bytes=a-b",
    ],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"x', "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["x", "Thu, 99 Foo 2026 99:99:99 GMT", "Thu, 01 Jan 0000 00:00:00 GMT", "9" * 400],
    "HTTP_SEC_FETCH_SITE": ["cross-site", "none", "same-origin", "\x00"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4, x", "\x00", "9" * 500],
    "HTTP_X_REAL_IP": ["x", "::1%eth0", "999.1.1.1", "\x00", "9" * 500, "127.0.0.1\r\nX: y"],
    "HTTP_X_FORWARDED_PROTO": ["https", "x", ""],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE", "\xff"],
    "HTTP_X_CSRFTOKEN": ["x", "\xff" * 64],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_REQUEST_ID": ["x" * 5000, "a\x00b", "\x1b[2J", "é"],
    "HTTP_TRANSFER_ENCODING": ["chunked", "x"],
    "HTTP_EXPECT": ["100-continue", "x"],
    "REMOTE_ADDR": ["", "x", "::ffff:1.2.3.4"],
    "CONTENT_LENGTH": ["", "-1", "0", "1", "x", "99999999", "9" * 400, "1.5", " 5", "٣"],
}
METHODS = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "PROPFIND", "X" * 300]
_DISPOSITION = b"Content-Disposition: form-data; "
MULTIPART = [
    b"",
    b"--x",
    b"--x--",
    b"--x\r\n\r\n--x--",
    b"--x\r\n" + _DISPOSITION + b'name="a"\r\n\r\n',
    b"--x\r\n" + _DISPOSITION + b'name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--\r\n',
    b"--x\r\n"
    + _DISPOSITION
    + b'name="archive"; filename="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAA\r\n--x--\r\n',
    b"--x\r\n"
    + _DISPOSITION
    + b'name="file"; filename="a.csv"\r\nContent-Type: text/csv; charset=x\r\n\r\nName\r\n--x--\r\n',
    b"--x\r\n" + _DISPOSITION + b"name*=utf-8''%ff%fe; filename*=no-such''%00\r\n\r\nx\r\n--x--\r\n",
    b"--x\r\n" + _DISPOSITION + b"name=\"archive\"; filename*=utf-16''%d8%00\r\n\r\nx\r\n--x--\r\n",
    b"--x\r\n"
    + _DISPOSITION
    + b'name="archive"; filename="../../\x00\xff.zip"\r\nContent-Length: -1\r\n\r\nx\r\n--x--\r\n',
    b"--x\r\n" + b"A: " + b"b" * 5000 + b"\r\n\r\nx\r\n--x--\r\n",
    b"--x\r\nX\r\n\r\nx\r\n" * 300,
    b"--x\r\n" + _DISPOSITION + b'name="\xff\xfe"\r\n\r\n\xff\xfe\r\n--x--\r\n',
    (b"--x\r\n" + _DISPOSITION + b'name="a"\r\n\r\n1\r\n') * 2100 + b"--x--\r\n",
    (b"--x\r\n" + _DISPOSITION + b'name="file"; filename="a"\r\n\r\n1\r\n') * 120 + b"--x--\r\n",
]


@cache
def files() -> dict[str, bytes]:
    """Sound and unsound archives, workbooks and tables, to be sent as they are or with a part changed."""
    book = io.BytesIO()
    sheet = Workbook()
    for row in (["Name", "Login name", "Class"], ["Grace", "grace", "Class-10A-home"], [1.5, True, None]):
        sheet.active.append(row)
    sheet.save(book)
    return {
        **FILES,
        "workbook": book.getvalue(),
        "zip": zipped("main.py", b"print()"),
        "zip of odd names": _zip_of(
            ["../a.py", "/etc/x", "a\\b.py", "CON", "a/" * 60 + "b", "x" * 300, "é.py", "e\u0301.py"]
        ),
        "zip of an exercise": zipped("double/exercise.toml", b'title = "x"\n[[tests]]\nkind = 9\n'),
        "zip of broken toml": zipped("double/exercise.toml", b"\xff = [[[["),
        "table": "Name;Login name;Class\nGrace;grace;Class-10A-home\nÅsa;asa;\n".encode(),
        "table in UTF-16": "Name\tLogin name\nGrace\tgrace\n".encode("utf-16"),
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(40),
    }


def _zip_of(names: list[str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return body.getvalue()


def spoilt(content: bytes, at: int, by: int) -> bytes:
    """The content with the byte at a place changed, or for `by` above 255 cut off there."""
    if not content:
        return content
    at %= len(content)
    return content[:at] if by > 255 else content[:at] + bytes([by]) + content[at + 1 :]


def as_bytes(text: str) -> bytes:
    return encode(text)
