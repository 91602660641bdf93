"""Every answer carries the headers, whatever it is an answer to."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from codeplatform.testing import Cast, signed_in
from codeplatform.tests.headers import lacking

PAGES = [
    "/",
    "/compatibility/",
    "/cors/",
    "/login/",
    "/login/home/",
    "/projects/",
    "/nowhere",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/admin/",
]
STATIC = ["/static/sandbox/worker.js", "/static/python/run_program.py", "/static/admin/css/base.css"]


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret reason")


urlpatterns = [path("fail/", fail), path("", include("codeplatform.urls"))]


def check(response: Any, *, is_sandbox: bool = False, is_https: bool = False) -> None:
    assert lacking(response.headers, is_sandbox=is_sandbox, is_https=is_https) == []
    if not is_sandbox:
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("url", PAGES)
def test_pages_for_visitors(client: Client, db: None, url: str) -> None:
    check(client.get(url))


@pytest.mark.parametrize("url", PAGES)
def test_pages_for_a_teacher_are_in_no_cache(cast: Cast, url: str) -> None:
    response = signed_in(cast.home["teacher"]).get(url)

    check(response)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("url", STATIC)
def test_static_files(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 200
    check(response, is_sandbox="admin" not in url)
    assert not response.cookies


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", [None, "teacher"])
def test_a_failure(cast: Cast, name: str | None) -> None:
    client = signed_in(cast.home[name] if name else None, raise_request_exception=False)
    response = client.get("/fail/", follow=False)

    assert response.status_code == (500 if name else 302)
    check(response)
    assert b"secret reason" not in response.content


def test_a_wrong_host(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    check(response)


def test_a_refused_change(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/login/")

    assert response.status_code == 403
    check(response)


def test_the_nonce_is_new_each_time(client: Client, db: None) -> None:
    assert len({client.get("/").headers["Content-Security-Policy"] for _ in range(5)}) == 5


def test_the_answer_to_http_carries_them_too(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.HTTPS = True
    response = Client().get("/")

    assert response.status_code == 301
    check(response)
    assert "upgrade-insecure-requests" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "url", ["/", "/login/", "/projects/", "/nowhere", "/admin/", "/healthz", "/static/admin/css/base.css"]
)
def test_over_tls_no_answer_lets_browsers_go_back_to_http(db: None, settings: Any, url: str) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

    check(Client().get(url, secure=True), is_https=True)


class TestSandboxFrame:
    def test_has_a_policy_of_its_own(self, client: Client) -> None:
        headers = client.get("/sandbox/frame/").headers

        policy = headers["Content-Security-Policy"].split("; ")
        assert policy[0] == "sandbox allow-scripts"
        assert "frame-ancestors http://testserver" in policy
        assert "'self'" not in headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in headers
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Origin" not in headers

    @pytest.mark.parametrize(
        ("query", "policy"),
        [
            ("?embedder=credentialless", "credentialless"),
            ("?embedder=unsafe-none", "require-corp"),
            ("?x", "require-corp"),
        ],
    )
    def test_its_embedder_policy_is_one_of_the_two_that_isolate(self, client: Client, query: str, policy: str) -> None:
        response = client.get(f"/sandbox/frame/{query}")

        assert response.headers["Cross-Origin-Embedder-Policy"] == policy

    def test_programs_fetch_from_where_the_setting_says(self, client: Client, settings: Any) -> None:
        settings.SANDBOX_CONNECT_SRC = "https://api.example.org"

        policy = client.get("/sandbox/frame/").headers["Content-Security-Policy"].split("; ")

        assert "connect-src https://api.example.org" in policy

    def test_knows_nobody(self, cast: Cast, django_assert_num_queries: Any) -> None:
        client = signed_in(cast.home["ada"])
        with django_assert_num_queries(0):
            response = client.get("/sandbox/frame/")

        assert not response.cookies
        assert "public" in response.headers["Cache-Control"]
        assert "Cookie" not in response.headers.get("Vary", "")
