"""What is set up so that it would not do is said before anybody notices, with what to do about it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.db import connection

from codeplatform import checks


def found(*, deploy: bool = True, **options: Any) -> dict[str | None, CheckMessage]:
    messages = run_checks(include_deployment_checks=deploy, **options)
    return {message.id: message for message in messages if (message.id or "").startswith("codeplatform.")}


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As deploy/env.example has it."""
    settings.DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": "django.db.backends.postgresql"}}
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = ["127.0.0.1", "::1"]
    settings.SENDS_MAIL, settings.INTEREST_EMAIL = False, ""
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.setattr(checks, "current_runtime", lambda: "built")
    return settings


pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")


def test_nothing_is_wrong_with_a_site_in_production(production: Any) -> None:
    assert found() == {}


def test_no_runtime() -> None:
    assert "build_runtime" in str(found(deploy=False)["codeplatform.W001"].hint)


class TestIsolation:
    @pytest.mark.parametrize(
        "middleware",
        [
            [],
            ["django.middleware.security.SecurityMiddleware"],
            ["django.middleware.security.SecurityMiddleware", checks.ISOLATION],
            [checks.NUMBERS, "django.middleware.common.CommonMiddleware", checks.ISOLATION],
        ],
    )
    def test_without_its_headers_on_everything_no_program_runs(self, settings: Any, middleware: list[str]) -> None:
        settings.MIDDLEWARE = middleware

        assert checks.ISOLATION in str(found(deploy=False)["codeplatform.E001"].hint)


class TestProxies:
    @pytest.mark.parametrize("odd", ["10.0.0.0/8", "proxy.example", "127.0.0.1:80"])
    def test_what_is_no_address_would_believe_nobody(self, production: Any, odd: str) -> None:
        production.TRUSTED_PROXIES = ["127.0.0.1", odd]

        assert odd in found(deploy=False)["codeplatform.E002"].msg

    def test_none_though_one_stands_in_front(self, production: Any) -> None:
        production.TRUSTED_PROXIES = []

        assert "TRUSTED_PROXIES" in str(found()["codeplatform.W003"].hint)

    def test_only_this_host_though_others_reach_gunicorn(
        self, production: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOST", "10.0.0.1")
        assert "codeplatform.W003" in found()

        production.TRUSTED_PROXIES = ["10.0.0.2"]
        assert found() == {}


def test_sqlite_with_several_processes(settings: Any, production: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
    assert "DATABASE_URL" in str(found()["codeplatform.W002"].hint)

    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    assert found() == {}


@pytest.mark.parametrize(("sends", "address"), [(True, ""), (False, "office@example.org")])
def test_half_of_what_mail_needs(production: Any, sends: bool, address: str) -> None:
    production.SENDS_MAIL, production.INTEREST_EMAIL = sends, address

    assert ("EMAIL_URL" if address else "INTEREST_EMAIL") in str(found()["codeplatform.W004"].hint)


class TestClock:
    def test_of_this_host_before_the_release(self, production: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks.time, "time", lambda: 1_000_000_000.0)

        assert "timedatectl" in str(found(deploy=False)["codeplatform.E003"].hint)

    def test_of_the_database(self, db: None, production: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        is_postgresql = connection.vendor == "postgresql"
        assert "codeplatform.W005" not in found(databases=["default"])

        now = time.time()
        monkeypatch.setattr(checks.time, "time", lambda: now + 60)
        assert ("codeplatform.W005" in found(databases=["default"])) == is_postgresql
        # Plain `check` asks no database.
        assert "codeplatform.W005" not in found()
