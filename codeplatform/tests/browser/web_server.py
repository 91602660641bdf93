"""Servers of the tests' own, at other ports than the site: one that allows cross-origin requests, one that does not."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SLOW_S = 5
FOUND = {
    "query": {
        "searchinfo": {"totalhits": 1815},
        "search": [{"title": "Ada Lovelace", "wordcount": 8214}, {"title": "Analytical engine", "wordcount": 3127}],
    }
}
TOWNS = [{"name": "Bath", "people": 94_000}, {"name": "Ely", "people": 20_000}]


class Handler(BaseHTTPRequestHandler):
    """Answers with what it was asked: `/open…` to every origin, `/closed…` to none, `/slow` late, `/status/404` so.

    `…/towns.json` is a file of data instead, and `…/search.json` what Wikipedia answers to a search.
    """

    protocol_version = "HTTP/1.1"
    stopping = threading.Event()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/slow"):
            self.stopping.wait(SLOW_S)
        status = int(self.path.split("/")[2]) if self.path.startswith("/status/") else 200
        asked = {
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
        }
        data = {"towns.json": TOWNS, "search.json": FOUND}.get(self.path.partition("?")[0].rpartition("/")[2], asked)
        self._answer(status, json.dumps(data).encode())

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def do_OPTIONS(self) -> None:
        self._answer(204, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if not self.path.startswith("/closed"):
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
            self.send_header("Access-Control-Allow-Methods", "*")
            self.send_header("Access-Control-Expose-Headers", "*")
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Own", "seen")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


class QuietServer(ThreadingHTTPServer):
    """A browser that gives up on an answer is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nobody reads it."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of a running server."""
    server = QuietServer(("127.0.0.1", 0), Handler)
    Handler.stopping.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Handler.stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


def free_address() -> str:
    """An address of this machine where nothing answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{found.getsockname()[1]}"
