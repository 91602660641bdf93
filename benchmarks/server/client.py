"""A load generator: each client sends its next request when the last one is answered."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TIMEOUT_S = 60
CSRF = "c" * 32
BROWSER_HEADERS = {
    "Host": "127.0.0.1",
    "Accept": "*/*",
    "Accept-Language": "en-GB,en;q=0.9",
    "Accept-Encoding": "gzip, deflate, br",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}


@dataclass(frozen=True)
class Request:
    """What a browser sends; `session` is the session cookie's value, empty for nobody's."""

    method: str
    path: str
    session: str
    body: str = ""
    content_type: str = ""

    def as_bytes(self) -> bytes:
        cookies, body = [f"csrftoken={CSRF}"], self.body.encode()
        if self.session:
            cookies.append(f"sessionid={self.session}")
        headers = BROWSER_HEADERS | {"Cookie": "; ".join(cookies)}
        if body:
            headers |= {"Content-Type": self.content_type, "Content-Length": str(len(body)), "X-CSRFToken": CSRF}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Exchange:
    """One client: what it sends next, and the status that it expects."""

    next_request: Callable[[], Request]
    expected: int = 200


@dataclass
class Turn:
    """What one turn gave, in seconds: times of answers, its length, processor time of web server and database."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0
    bytes_received: int = 0
    server_s: float = 0
    database_s: float = 0


def run_turn(port: int, exchanges: list[Exchange], seconds: float) -> Turn:
    """All clients at once, for so long. Raises RuntimeError where an answer is not the expected one."""
    turn, failures = Turn(), list[BaseException]()
    until = time.perf_counter() + seconds

    def drive(exchange: Exchange) -> None:
        try:
            for taken, size in _answers(port, exchange, until):
                turn.times.append(taken)
                turn.bytes_received += size
        except BaseException as error:  # noqa: BLE001 - raised below, by who waits
            failures.append(error)

    threads = [threading.Thread(target=drive, args=(exchange,)) for exchange in exchanges]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turn.seconds = time.perf_counter() - began
    if failures:
        raise failures[0]
    return turn


def _answers(port: int, exchange: Exchange, until: float) -> Iterator[tuple[float, int]]:
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < until:
            request = exchange.next_request().as_bytes()
            began = time.perf_counter()
            connection.sendall(request)
            status, size = _read_answer(connection)
            taken = time.perf_counter() - began
            if status != exchange.expected:
                raise RuntimeError(f"{status} instead of {exchange.expected} to {request[:300]!r}")
            yield taken, size


def _read_answer(connection: socket.socket) -> tuple[int, int]:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    status = int(head[9:12])
    headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    # Without a length it comes in chunks, of which the last is empty (RFC 9112, section 7.1).
    expected = int(headers.get(b"content-length", -1))
    size, end = len(body), body[-5:]
    while size < expected or (expected < 0 and end != b"0\r\n\r\n"):
        chunk = _some(connection)
        size, end = size + len(chunk), (end + chunk)[-5:]
    return status, size


def _some(connection: socket.socket) -> bytes:
    if not (chunk := connection.recv(1 << 20)):
        raise RuntimeError("the server closed the connection")
    return chunk
