"""Clients on a bad line: they take what they asked for, or send what they say, far more slowly than the host could."""

from __future__ import annotations

import json
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.host.host import NAME, Host

BUFFER_BYTES = 4096


class SlowClients:
    def __init__(self) -> None:
        self.connections: list[ssl.SSLSocket] = []
        self.over = threading.Event()

    def count_at_work(self) -> int:
        return sum(connection.fileno() >= 0 for connection in self.connections)


@contextmanager
def reading_slowly(host: Host, readers: int, bytes_per_s: int) -> Iterator[SlowClients]:
    """So many readers of the largest file of the runtime, and as many senders of a save that never ends."""
    clients = SlowClients()
    current = json.loads((Path(host.environment["RUNTIME_DIR"]) / "current.json").read_text())["version"]
    ask = f"GET /runtime/{current}/pyodide.asm.wasm HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    send = f"POST /login/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n"
    clients.connections = [_open(host, ask) for _ in range(readers)] + [_open(host, send) for _ in range(readers)]
    half = clients.connections[:readers], clients.connections[readers:]
    thread = threading.Thread(target=_go_on, args=(clients, *half, bytes_per_s))
    thread.start()
    try:
        yield clients
    finally:
        clients.over.set()
        thread.join()
        for connection in clients.connections:
            connection.close()


def _open(host: Host, request: str) -> ssl.SSLSocket:
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    plain.connect(("127.0.0.1", host.https_port))
    secure = host.trust.wrap_socket(plain, server_hostname="127.0.0.1")
    secure.sendall(request.encode())
    return secure


def _go_on(clients: SlowClients, readers: list[ssl.SSLSocket], senders: list[ssl.SSLSocket], bytes_per_s: int) -> None:
    pause_s = BUFFER_BYTES / bytes_per_s
    while not clients.over.wait(pause_s):
        began = time.monotonic()
        for connection in readers:
            if connection.fileno() >= 0 and (connection.pending() or select.select([connection], [], [], 0)[0]):
                _try(connection, lambda one: one.recv(BUFFER_BYTES) or one.close())
        for connection in senders:
            if connection.fileno() >= 0:
                _try(connection, lambda one: one.sendall(b"x"))
        pause_s = max(0.0, BUFFER_BYTES / bytes_per_s - (time.monotonic() - began))


def _try(connection: ssl.SSLSocket, act: object) -> None:
    try:
        act(connection)  # type: ignore[operator]
    except OSError:
        connection.close()
