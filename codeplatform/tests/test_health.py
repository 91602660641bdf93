from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from codeplatform.testing import Cast, signed_in


def test_alive_without_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.home["ada"])
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_not_ready_without_a_runtime(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": True, "migrations": True, "runtime": False})
    assert int(response.headers["Retry-After"]) > 0


@pytest.fixture
def runtime(settings: Any, tmp_path: Path) -> Path:
    """A built runtime of one file."""
    folder = tmp_path / "1"
    folder.mkdir()
    (folder / "python.wasm").write_bytes(b"12345")
    files = {"python.wasm": {"size": 5, "sha256": ""}}
    about = {"version": "1", "pyodide": "1", "python": "3", "files": files, "packages": {}, "missing": {}}
    (folder / "runtime.json").write_text(json.dumps(about))
    (tmp_path / "current.json").write_text('{"version": "1"}')
    settings.RUNTIME_DIR = tmp_path
    return folder


def test_ready_with_one_question_to_the_database(
    client: Client, db: None, runtime: Path, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("change", [lambda file: file.unlink(), lambda file: file.write_bytes(b"1234")])
def test_not_ready_with_a_runtime_that_lost_something(
    client: Client, db: None, runtime: Path, change: Callable[[Path], object]
) -> None:
    change(runtime / "python.wasm")

    assert client.get("/readyz").json()["runtime"] is False


def test_not_ready_before_migrations_are_applied(client: Client, db: None, runtime: Path) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["migrations"], response.json()["database"]) == (503, False, True)


def test_ready_on_the_tables_of_a_newer_release(client: Client, db: None, runtime: Path) -> None:
    MigrationRecorder(connection).record_applied("accounts", "9999_of_tomorrow")

    assert client.get("/readyz").status_code == 200


def test_not_ready_without_the_database(client: Client, db: None) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("secret host")

    with connection.execute_wrapper(fail):
        response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, False)
    assert b"secret" not in response.content
