"""The site as gunicorn runs it: figures that only the host sees, and a database that goes away and comes back."""

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
    "WEB_CONCURRENCY": "2",
    "ALLOWED_HOSTS": "*",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """gunicorn with the site in it; the log is what it said."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port, self.metrics_port = free_port(), free_port()
        self.environment = os.environ | SETTINGS | environment
        self.environment |= {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "METRICS_ADDRESS": f"127.0.0.1:{self.metrics_port}",
        }
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


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="module")
def server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), DATABASE_URL=cluster.url)
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


def test_figures_of_all_processes_are_on_an_address_of_the_host_alone(server: Server) -> None:
    before = server.figure('codeplatform_requests_total{method="GET",route="healthz",status="200"}')
    for _ in range(8):
        server.ask("/healthz")
        server.ask("/projects/", **SOMEBODY)

    assert server.figure('codeplatform_requests_total{method="GET",route="healthz",status="200"}') == before + 8
    assert server.figure('codeplatform_request_seconds_count{route="healthz"}') == before + 8
    assert server.figure('codeplatform_queries_total{route="projects:project-list"}') >= 8
    response, body = server.ask("/metrics")
    assert response.status == 404
    assert b"codeplatform_requests" not in body
    # Nor does any other address of this host show them.
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.metrics_port), timeout=2)


def test_no_statement_of_a_page_takes_longer_than_people_wait(cluster: Cluster) -> None:
    database: Any = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c work_mem=9MB"}}
    bound_statements(database)
    names = ("statement_timeout", "lock_timeout", "work_mem")

    with psycopg.connect(cluster.url, options=database["OPTIONS"]["options"]) as connection:
        assert [connection.execute(f"SHOW {name}").fetchone() for name in names] == [("8s",), ("5s",), ("9MB",)]
