"""Clients on a bad line: they take what they asked for, or send what they say, far more slowly than the host could."""

from __future__ import annotations

import json
import select
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.host.host import BASE_DIR, NAME, Host

BUFFER_BYTES = 4096


class SlowClients:
    """Readers of the largest file of the runtime, and as many senders of a form that never ends, in another process."""

    def __init__(self, host: Host, readers: int, bytes_per_s: int) -> None:
        current = json.loads((Path(host.environment["RUNTIME_DIR"]) / "current.json").read_text())["version"]
        arguments = [host.https_port, host.certificate, f"/runtime/{current}/pyodide.asm.wasm", readers, bytes_per_s]
        command = [sys.executable, "-m", "benchmarks.faults.slow_reader", *map(str, arguments)]
        self._process = subprocess.Popen(
            command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self._process.stdout.readline()  # all are connected

    def end(self) -> int:
        """How many were still at it."""
        return int(self._process.communicate("\n")[0])


def main() -> None:
    port, certificate, path, readers, bytes_per_s = sys.argv[1:]
    trust = ssl.create_default_context(cafile=certificate)
    ask = f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    send = f"POST /login/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n"
    reading, sending = ([_open(int(port), trust, text) for _ in range(int(readers))] for text in (ask, send))
    print("connected", flush=True)
    while not select.select([sys.stdin], [], [], BUFFER_BYTES / int(bytes_per_s))[0]:
        for connection in reading:
            if connection.fileno() >= 0 and (connection.pending() or select.select([connection], [], [], 0)[0]):
                _try(connection, lambda one: one.recv(BUFFER_BYTES) or one.close())
        for connection in sending:
            if connection.fileno() >= 0:
                _try(connection, lambda one: one.sendall(b"x"))
    print(sum(connection.fileno() >= 0 for connection in [*reading, *sending]))


def _open(port: int, trust: ssl.SSLContext, request: str) -> ssl.SSLSocket:
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    plain.connect(("127.0.0.1", port))
    secure = trust.wrap_socket(plain, server_hostname="127.0.0.1")
    secure.sendall(request.encode())
    return secure


def _try(connection: ssl.SSLSocket, act: Callable[[ssl.SSLSocket], object]) -> None:
    try:
        act(connection)
    except OSError:
        connection.close()


if __name__ == "__main__":
    main()
