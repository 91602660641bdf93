"""What the log tells whoever looks after the server, and what it keeps to itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from codeplatform import urls
from codeplatform.insight.logs import JsonFormatter, TextFormatter
from codeplatform.testing import PASSWORD, Cast, signed_in

ODD = "x\r\ny\x1b[31mz\u2028\u202e\x00\ud800"


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    secret_local = "the-local-value"  # noqa: F841 - a traceback with values would show it
    # Put together: the line of the source is in the traceback.
    raise IntegrityError("duplicate key\nDETAIL:  Key (username)=(" + "ada) already exists.")


urlpatterns = [path("fail/", fail), *urls.urlpatterns]
handler500 = urls.handler500


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.raw: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.raw.append(self.format(record))

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.raw) if line["logger"] == logger]


@pytest.fixture
def log() -> Iterator[Lines]:
    lines = Lines()
    logging.getLogger().addHandler(lines)
    yield lines
    logging.getLogger().removeHandler(lines)


class TestRequest:
    def test_has_one_line_with_ids_and_no_names(self, log: Lines, cast: Cast) -> None:
        ada = cast.home["ada"]
        response = signed_in(ada).get(f"/projects/{cast.home.projects['ada'].pk}/?secret=query")

        (line,) = log.of("codeplatform.requests")
        assert line.pop("time").endswith("+00:00")
        assert 0 < line.pop("database_ms") < line.pop("duration_ms")
        assert line.pop("queries") > 1
        assert line == {
            "level": "info",
            "logger": "codeplatform.requests",
            "message": "GET projects:project-detail 200",
            "request": response.headers["X-Request-Id"],
            "method": "GET",
            "route": "projects:project-detail",
            "path": f"/projects/{cast.home.projects['ada'].pk}/",
            "status": 200,
            "user": str(ada.pk),
            "school": str(cast.home.school.pk),
        }

    def test_tells_no_name_password_address_or_query(self, log: Lines, cast: Cast) -> None:
        visitor = Client(REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Some/1.0"})
        visitor.post("/login/?next=/a-query/", {"username": "ada@home", "password": "wrong-password"})
        visitor.post("/login/?next=/a-query/", {"username": "ada@home", "password": PASSWORD})
        visitor.get("/projects/")
        visitor.post("/logout/")

        written = "".join(log.raw)
        assert len(log.of("codeplatform.requests")) == 4
        for told in ("ada", "wrong-password", PASSWORD, "a-query", "203.0.113.9", "Some/1.0"):
            assert told not in written

    def test_of_a_file_or_a_wrong_address_has_its_path(self, log: Lines, client: Client) -> None:
        client.get("/static/css/base.css")
        client.get(f"/{'x' * 500}")

        found = log.of("codeplatform.requests")
        assert [line["route"] for line in found] == ["none", "none"]
        assert [len(line["path"]) for line in found] == [len("/static/css/base.css"), 200]

    @pytest.mark.urls(__name__)
    def test_that_fails_leaves_a_traceback_without_values(self, log: Lines) -> None:
        visitor = Client(raise_request_exception=False)
        response = visitor.post("/fail/?secret-query", {"field": "secret-body"}, headers={"cookie": "x=secret-cookie"})

        (failure,) = log.of("django.request")
        assert failure["request"] == response.headers["X-Request-Id"]
        assert "IntegrityError: duplicate key" in failure["exception"]
        assert "in fail" in failure["exception"]
        for told in ("the-local-value", "(ada)", "secret-query", "secret-body", "secret-cookie"):
            assert told not in "".join(log.raw)


class TestLine:
    def record(self, message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
        exc_info = (type(error), error, None) if error else None
        return logging.LogRecord("test", logging.INFO, __file__, 1, message, args, exc_info)

    @pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()], ids=["json", "text"])
    def test_is_one_line_of_harmless_characters_whatever_it_is_about(self, formatter: logging.Formatter) -> None:
        line = formatter.format(self.record("Odd: %s", ODD))

        assert len(line.splitlines()) == 1
        assert line.isprintable()

    def test_in_the_terminal_a_traceback_steers_nothing(self) -> None:
        lines = TextFormatter().format(self.record("Failed", error=ValueError(ODD)))

        assert all(line.isprintable() for line in lines.split("\n"))

    def test_is_kept_when_its_arguments_are_wrong(self) -> None:
        assert json.loads(JsonFormatter().format(self.record("%s and %s", 1)))["message"] == "%s and %s"

    def test_has_an_end(self) -> None:
        assert len(JsonFormatter().format(self.record("x" * 100_000, error=ValueError("y" * 100_000)))) < 30_000
