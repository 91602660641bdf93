"""With the database away the site says so at once, and is back by itself when the database is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg
import pytest

from codeplatform.outages import bound_statements
from codeplatform.tests.cluster import Cluster

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "SECRET_KEY": "only-for-tests",
    "HTTPS": "off",
    "DEBUG": "off",
    "WEB_CONCURRENCY": "1",
    "ALLOWED_HOSTS": "*",
}


class Server:
    """gunicorn with the site in it; the log is what it said."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.environment = os.environ | SETTINGS | {"DATA_DIR": str(folder), "PORT": str(self.port)} | environment
        self.log = folder / "log"
        # In the place of `collectstatic`
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.ask("/healthz")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, DATABASE_URL=cluster.url)
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=server.environment, check=True)
    server.start()
    yield server
    server.stop()


# A session that there is none of: the database is asked about it.
SOMEBODY = {"Cookie": f"sessionid={'k' * 32}"}


def test_a_database_that_stops_and_comes_back(cluster: Cluster, server: Server) -> None:
    assert server.ask("/projects/", **SOMEBODY)[0].status == 302
    cluster.stop("immediate")

    began_s = time.monotonic()
    for _ in range(3):
        response, body = server.ask("/projects/", **SOMEBODY)
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert response.headers["Content-Security-Policy"]
        assert b"Your work is kept" in body
        assert response.headers["X-Request-Id"].encode() in body
    response, body = server.ask("/projects/", **SOMEBODY, Accept="application/json")
    assert (response.status, json.loads(body)["request"]) == (503, response.headers["X-Request-Id"])
    response, body = server.ask("/readyz")
    assert (response.status, json.loads(body)["database"], response.headers["Retry-After"]) == (503, False, "5")
    assert server.ask("/healthz")[0].status == 200
    assert time.monotonic() - began_s < 5

    with socket.create_server(("127.0.0.1", cluster.port)):  # who takes connections and says nothing
        began_s = time.monotonic()
        assert server.ask("/readyz")[0].status == 503
        assert time.monotonic() - began_s < 5

    cluster.start()
    assert server.ask("/projects/", **SOMEBODY)[0].status == 302
    assert json.loads(server.ask("/readyz")[1])["migrations"] is True
    # One line for each request in vain and one that says why: no page of traceback for each of a class.
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    failures = [line["exception"] for line in lines if "exception" in line]
    assert failures and not any("Traceback" in failure for failure in failures)


def test_no_statement_of_a_page_takes_longer_than_people_wait(cluster: Cluster) -> None:
    database: Any = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c work_mem=9MB"}}
    bound_statements(database)
    names = ("statement_timeout", "lock_timeout", "work_mem")

    with psycopg.connect(cluster.url, options=database["OPTIONS"]["options"]) as connection:
        assert [connection.execute(f"SHOW {name}").fetchone() for name in names] == [("8s",), ("5s",), ("9MB",)]
