"""A report of an error says where it happened, and nothing about anybody."""

from __future__ import annotations

import gzip
import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
import sentry_sdk
from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from codeplatform import urls
from codeplatform.insight import error_reports
from codeplatform.testing import Cast, signed_in


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    a_local_name = "Ada " + "Lovelace"
    raise ValueError(f"{a_local_name} has no mark")


@login_not_required
def fail_for_the_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("away")


urlpatterns = [path("fail/", fail), path("away/", fail_for_the_database), *urls.urlpatterns]
handler500 = urls.handler500
pytestmark = pytest.mark.urls(__name__)


class Desk:
    """A server that takes reports."""

    def __init__(self) -> None:
        self.reports: queue.Queue[str] = queue.Queue()
        reports = self.reports

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[self.headers["Content-Encoding"]]
                reports.put(str(self.headers) + unpack(body).decode())
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Nobody reads it."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://a-key@127.0.0.1:{self.server.server_port}/1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    error_reports.begin(desk.address)
    yield desk
    error_reports.end()
    desk.server.shutdown()
    desk.server.server_close()


def test_a_report_says_where_and_nothing_about_anybody(cast: Cast, desk: Desk) -> None:
    ada = cast.home["ada"]
    client = signed_in(ada, raise_request_exception=False)
    client.get("/projects/")
    response = client.post("/fail/?secret-query", {"field": "secret-body"}, headers={"user-agent": "Odd/1"})
    client.get("/away/")
    sentry_sdk.flush(5)

    report = desk.reports.get(timeout=5)
    event = json.loads(report.splitlines()[-1])
    (error,) = event["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "fail"
    assert event["tags"] == {"request": response.headers["X-Request-Id"], "route": f"{__name__}.fail"}
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    told = ["Ada Lovelace", "secret-query", "secret-body", "Odd/1", session, str(ada.pk), ada.username, "127.0.0.1/"]
    assert [text for text in told if text in report] == []
    assert {"request", "user", "server_name", "breadcrumbs", "contexts", "modules", "extra"} & set(event) == set()
    # The database that is away is no fault of the code.
    assert desk.reports.empty()


def test_off_by_default() -> None:
    assert django_settings.SENTRY_DSN == ""
    assert not sentry_sdk.get_client().is_active()
