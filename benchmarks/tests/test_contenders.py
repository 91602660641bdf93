"""That contenders are held as the report says."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.servers import copy_with_new_names
from benchmarks.slow_network import slow_network
from benchmarks.slow_processor import hold_back

FILE_BYTES = 250_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "file").write_bytes(b"x" * FILE_BYTES)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


class TestSlowNetwork:
    def test_the_line_is_no_faster_than_it_says(self, server: str) -> None:
        with slow_network(server, mbit_s=10, latency_ms=50) as line:
            began = time.monotonic()
            assert len(urllib.request.urlopen(f"{line.url}/file").read()) == FILE_BYTES  # noqa: S310
            # 0.2 s for its bytes, a way there and back for the connection and one for the answer
            assert time.monotonic() - began >= 0.3

    def test_it_counts_what_crosses_it(self, server: str) -> None:
        with slow_network(server) as line:
            for _ in range(2):
                urllib.request.urlopen(f"{line.url}/file").read()  # noqa: S310
            [crossed] = line.take()
            assert (crossed.path, crossed.requests) == ("/file", 2)
            assert 2 * FILE_BYTES < crossed.received < 2 * FILE_BYTES + 1000
            assert line.take() == []


def test_a_slow_processor_gives_a_quarter_of_the_time() -> None:
    program = "import sys, time\nprint(flush=True)\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, process_group=0) as busy:
        try:
            assert busy.stdout
            busy.stdout.readline()
            before = _seconds_of(busy.pid)
            began = time.monotonic()
            with hold_back(busy.pid, 4):
                time.sleep(1)
            share = (_seconds_of(busy.pid) - before) / (time.monotonic() - began)
        finally:
            busy.kill()
    assert share < 0.4


def test_an_upgrade_gives_every_file_another_name_that_others_know(tmp_path: Path) -> None:
    static = tmp_path / "static"
    static.mkdir()
    (static / "page.0123456789ab.js").write_text('import "./other.ba9876543210.js";')
    (static / "page.0123456789ab.js.br").write_bytes(b"old")
    (static / "staticfiles.json").write_text(json.dumps({"paths": {"page.js": "page.0123456789ab.js"}}))
    copy_with_new_names(static, tmp_path / "newer")
    assert sorted(os.listdir(tmp_path / "newer")) == [
        "page.ba9876543210.js",
        "page.ba9876543210.js.br",
        "staticfiles.json",
        "staticfiles.json.br",
    ]
    assert (tmp_path / "newer" / "page.ba9876543210.js").read_text() == 'import "./other.0123456789ab.js";'
    assert "page.ba9876543210.js" in (tmp_path / "newer" / "staticfiles.json").read_text()


def _seconds_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
