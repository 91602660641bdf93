"""The site as gunicorn runs it: figures that only the host sees, and a database that goes away and comes back."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from codeplatform.outages import bound_statements
from codeplatform.tests.cluster import Cluster
from codeplatform.tests.server import ROOT, Server

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="module")
def server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), DATABASE_URL=cluster.url, WEB_CONCURRENCY="2")
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
