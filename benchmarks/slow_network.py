"""A line of so many Mbit/s and so many ms in front of a server, which also counts what crosses it.

Chromium's own throttling holds a page, but neither its workers nor its frames of another process; what stands before
the server holds all that a contender fetches, whoever fetches it.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.distribution import BASE_DIR

CHUNK_BYTES = 16_384
REQUEST = re.compile(rb"(?:GET|HEAD|POST|PUT) (\S+) HTTP/1\.1\r\n")


@dataclass(frozen=True)
class Crossed:
    """What one address brought: how often it was asked for, and its bytes with their headers."""

    path: str
    requests: int
    received: int


class Line:
    """The front of the line: its address, and what has crossed it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self._process = process
        self.url = url

    def take(self) -> list[Crossed]:
        """What has crossed since it was last asked."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("take\n")
        self._process.stdin.flush()
        return [Crossed(*row) for row in json.loads(self._process.stdout.readline())]


@contextmanager
def slow_network(url: str, mbit_s: float = 0, latency_ms: float = 0) -> Iterator[Line]:
    """Stands before the server at `url`; 0 Mbit/s is as fast as this machine. The latency is that of a whole way there
    and back, and a connection's beginning costs it once more."""
    command = [sys.executable, "-m", "benchmarks.slow_network", str(urlsplit(url).port), str(mbit_s), str(latency_ms)]
    with subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        yield Line(process, f"http://127.0.0.1:{port}")
        process.terminate()


class _Pace:
    """One direction of the line, shared by all connections."""

    def __init__(self, mbit_s: float, delay_s: float) -> None:
        self._bytes_s = mbit_s * 1e6 / 8
        self._delay_s = delay_s
        self._free_at = 0.0

    def due(self, count: int) -> float:
        """When the last of these bytes arrives."""
        now = asyncio.get_running_loop().time()
        if not self._bytes_s:
            return now + self._delay_s
        self._free_at = max(now, self._free_at) + count / self._bytes_s
        return self._free_at + self._delay_s


class _Proxy:
    def __init__(self, port: int, mbit_s: float, latency_ms: float) -> None:
        self._port = port
        self._latency_s = latency_ms / 1000
        self._up = _Pace(mbit_s, self._latency_s / 2)
        self._down = _Pace(mbit_s, self._latency_s / 2)
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def take(self) -> str:
        counted = [[path, *numbers] for path, numbers in self._counts.items()]
        self._counts.clear()
        return json.dumps(counted)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._latency_s)
        try:
            asked, answering = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        # A browser asks one thing at a time on a connection: what comes back belongs to what was asked last.
        path = ""

        def sent(chunk: bytes) -> None:
            nonlocal path
            for request in REQUEST.finditer(chunk):
                path = request[1].decode(errors="replace")
                self._counts[path][0] += 1

        def received(chunk: bytes) -> None:
            self._counts[path][1] += len(chunk)

        await asyncio.gather(
            _carry(reader, answering, self._up, sent),
            _carry(asked, writer, self._down, received),
            return_exceptions=True,
        )


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pace: _Pace, count: Callable[[bytes], None]
) -> None:
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(256)

    async def deliver() -> None:
        while True:
            due, chunk = await on_the_way.get()
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
            if not chunk:
                break
            writer.write(chunk)
            await writer.drain()
        writer.close()

    delivering = asyncio.create_task(deliver())
    try:
        while (chunk := await reader.read(CHUNK_BYTES)) and not delivering.done():
            count(chunk)
            await on_the_way.put((pace.due(len(chunk)), chunk))
    finally:
        if not delivering.done():
            await on_the_way.put((0.0, b""))
        await delivering


async def _serve(port: int, mbit_s: float, latency_ms: float) -> None:
    proxy = _Proxy(port, mbit_s, latency_ms)
    server = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(proxy.take(), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
