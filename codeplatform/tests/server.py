"""The site as gunicorn runs it, for tests that need no browser: with its own settings, and no files collected."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"SECRET_KEY": "only-for-tests", "HTTPS": "off", "DEBUG": "off", "WEB_CONCURRENCY": "1"}
START_TIMEOUT_S = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """gunicorn with the site in it; `log` is what it said."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port, self.metrics_port = free_port(), free_port()
        self.environment = os.environ | SETTINGS | settings
        self.environment |= {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "METRICS_ADDRESS": f"127.0.0.1:{self.metrics_port}",
        }
        self.log = folder / "log"
        # In the place of `collectstatic`
        (folder / "static").mkdir()
        (folder / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline_s = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline_s:
            try:
                self.ask("/healthz")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def ask(self, path: str, *, port: int | None = None, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def figure(self, name: str) -> float:
        """What is counted so far; `name` with its labels, in the order of the alphabet."""
        lines = self.ask("/metrics", port=self.metrics_port)[1].decode().splitlines()
        return sum(float(line.removeprefix(name)) for line in lines if line.startswith(f"{name} "))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
