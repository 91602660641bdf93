"""Whatever goes wrong, people are told what to do, scripts get JSON, and nobody learns what is nobody's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from codeplatform import urls
from codeplatform.error_pages import RETRY_AFTER_S

NUMBER = "0123456789abcdef" * 2
ERRORS = {
    "400": SuspiciousOperation("secret reason"),
    "403": PermissionDenied(),
    "404": Http404("secret reason"),
    "500": DataError("secret reason"),
    "503": OperationalError("secret reason"),
    "503-again": InterfaceError("secret reason"),
}


@login_not_required
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


@login_not_required
def fail_while_the_database_fails(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError("away")
    except OperationalError:
        return HttpResponse({}["nothing"])


urlpatterns = [path("fail/<kind>/", fail), path("fail-later/", fail_while_the_database_fails), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, headers={"x-request-id": NUMBER})


@pytest.mark.parametrize("kind", ERRORS)
class TestEachKind:
    def test_is_a_page_with_the_number_of_the_request_unless_nothing_is_there(self, visitor: Client, kind: str) -> None:
        response = visitor.get(f"/fail/{kind}/")

        assert response.status_code == int(kind[:3])
        page = response.content.decode()
        assert '<link rel="stylesheet"' in page
        assert (f"<code>{NUMBER}</code>" in page) is (kind != "404")
        assert "secret reason" not in page
        assert response.headers["X-Request-Id"] == NUMBER
        assert response.headers.get("Retry-After") == (str(RETRY_AFTER_S) if kind.startswith("503") else None)

    def test_is_json_for_a_script(self, visitor: Client, kind: str) -> None:
        response = visitor.get(f"/fail/{kind}/", headers={"accept": "application/json"})

        assert response.status_code == int(kind[:3])
        assert response.json()["error"]
        assert "secret reason" not in response.content.decode()

    def test_asks_no_database(self, visitor: Client, kind: str) -> None:
        """Without the fixture `db`, every query would fail."""
        visitor.cookies["sessionid"] = "k" * 32

        assert visitor.get(f"/fail/{kind}/").status_code == int(kind[:3])


def test_what_fails_because_the_database_failed_is_the_same(visitor: Client) -> None:
    assert visitor.get("/fail-later/").status_code == 503


def test_without_static_files_there_is_a_plain_page(visitor: Client, settings: Any) -> None:
    storage = "codeplatform.static_files.HashedStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}

    response = visitor.get("/fail/500/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert NUMBER in response.content.decode()


@pytest.mark.parametrize("odd", ["", "x", NUMBER.upper(), f"{NUMBER}\n", NUMBER * 2, "<script>"])
def test_a_number_that_nginx_did_not_make_is_not_taken(visitor: Client, odd: str) -> None:
    found = visitor.get("/healthz", headers={"x-request-id": odd}).headers["X-Request-Id"]

    assert found != odd
    assert len(found) == 32
