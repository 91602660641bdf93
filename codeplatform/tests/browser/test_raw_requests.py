"""Bytes that are hardly HTTP, straight at gunicorn: never a 500, and the site goes on (promise 27).

What is sound HTTP, however odd, is sent by codeplatform/tests/fuzz/.
"""

from __future__ import annotations

import random
import socket
import urllib.request
from collections.abc import Iterator

from codeplatform.tests.browser.site import Site

WAIT_S = 20
MUTANTS = 300
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
JSON = b"Content-Type: application/json\r\n"
PART = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nada\r\n--x--\r\n'
HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = b"POST /login/ HTTP/1.1\r\n" + HOST + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
LOGIN = b"POST /login/ HTTP/1.1\r\n" + HOST + FORM
SOUND = [
    b"GET / HTTP/1.1\r\n" + HOST + b"Accept: text/html\r\nCookie: sessionid=abc\r\n\r\n",
    LOGIN + b"Content-Length: 23\r\n\r\nusername=ada&password=x",
    CHUNKED + b"17\r\nusername=ada&password=x\r\n0\r\n\r\n",
    b"POST /login/ HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: " + str(len(PART)).encode() + b"\r\n\r\n" + PART,
    b"GET /static/sandbox/worker.js?a=b HTTP/1.1\r\n" + HOST + b"Range: bytes=0-10\r\nAccept-Encoding: br\r\n\r\n",
]
UNSOUND = [
    b"\r\n\r\n",
    b"\x00" * 100,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET //evil.example/%2e%2e/ HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET * HTTP/1.1\r\n" + HOST + b"\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /%00%ff%c0%af/../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\xff\xfe\x80 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"A: " + b"b" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n" * 5000 + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: \x00\xff\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Bad Name: x\r\nX : y\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Folded: a\r\n b\r\n\r\n",
    b"GET / HTTP/1.1\n" + HOST + b"\n\n",
    LOGIN + b"\r\nusername=ada&password=x",
    LOGIN + b"Content-Length: 9999\r\n\r\nusername=ada",
    LOGIN + b"Content-Length: -1\r\n\r\nx",
    LOGIN + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
    LOGIN + b"Content-Length: 99999999999999999999\r\n\r\nx",
    LOGIN + b"Content-Length: +5\r\n\r\nabcde",
    LOGIN + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    LOGIN + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n",
    LOGIN + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    LOGIN + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    CHUNKED,
    CHUNKED + b"zz\r\nusername=ada\r\n0\r\n\r\n",
    CHUNKED + b"-1\r\nx\r\n0\r\n\r\n",
    CHUNKED + b"ffffffffffffffff\r\nx\r\n",
    CHUNKED + b"5\r\nabcdefgh\r\n0\r\n\r\n",
    CHUNKED + b"5;ext=\x00\r\nabcde\r\n0\r\nTrailer: \xff\r\n\r\n",
    CHUNKED.replace(FORM, b"Content-Type: multipart/form-data; boundary=x\r\n") + b"5\r\n--x\r\n\r\n0\r\n\r\n",
    CHUNKED.replace(FORM, JSON) + b"3\r\n[[[\r\n0\r\n\r\n",
    b"POST /projects/upload/ HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 500\r\n\r\n" + PART,
]


def mutants() -> Iterator[bytes]:
    """Sound requests with a few bytes changed, doubled or left out; the same ones each time."""
    dice = random.Random(27)  # noqa: S311
    for _ in range(MUTANTS):
        request = bytearray(dice.choice(SOUND))
        for _ in range(dice.randrange(1, 5)):
            at = dice.randrange(len(request))
            request[at : at + dice.randrange(3)] = dice.choice([b"", b"\x00", b"\r\n", b":", b"\xff", b"9" * 20, b" "])
        yield bytes(request)


def status_of(port: int, request: bytes) -> int:
    """What the request is answered; 0 where the connection is closed without a word."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_S) as connection:
        answer = b""
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65_536):
                answer += chunk
        except ConnectionError:
            pass  # closed before all of a long request was sent
    lines = [line for line in answer.splitlines() if line.startswith(b"HTTP/1.")]
    return max((int(line.split()[1]) for line in lines), default=0)


def test_nothing_is_a_500_and_the_site_goes_on(site: Site) -> None:
    told = {request[:90]: status_of(site.port, request) for request in (*SOUND, *UNSOUND, *mutants())}

    assert {request: status for request, status in told.items() if status >= 500} == {}
    assert [told[request[:90]] for request in SOUND[:1]] == [200]
    with urllib.request.urlopen(f"{site.url}/healthz", timeout=WAIT_S) as alive:  # noqa: S310 - our own address
        assert alive.status == 200


def test_trace_tells_nothing(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=WAIT_S) as connection:
        connection.sendall(b"TRACE / HTTP/1.1\r\n" + HOST + b"Cookie: planted=secret\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 405")
    assert b"planted" not in answer
