from __future__ import annotations

from typing import Any

import pytest
from django.core import checks
from django.db import DatabaseError
from django.test import Client

from codeplatform.testing import Cast, signed_in


def test_alive_without_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.home["ada"])
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_not_ready_without_a_runtime(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()["runtime"], response.json()["database"]) == (503, False, True)


def test_not_ready_without_the_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise DatabaseError("secret host")

    monkeypatch.setattr("codeplatform.health.MigrationExecutor", fail)
    response = client.get("/readyz")

    assert (response.status_code, response.json()["database"]) == (503, False)
    assert b"secret" not in response.content


def test_a_missing_runtime_is_a_warning() -> None:
    assert "codeplatform.W001" in {message.id for message in checks.run_checks()}
