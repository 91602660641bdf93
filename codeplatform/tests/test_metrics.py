"""What is counted for whoever looks after the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from prometheus_client import REGISTRY

from codeplatform import urls
from codeplatform.testing import PASSWORD, Cast, signed_in

ERRORS = {"fault": ValueError("x"), "outage": OperationalError("x")}


@login_not_required
def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


urlpatterns = [path("fail/<kind>/", fail), *urls.urlpatterns]
handler500 = urls.handler500

Growth = Callable[..., float]


@pytest.fixture
def growth() -> Growth:
    """By how much a figure grew since it was last asked for; at first: since the test began."""
    begin = {(s.name, *sorted(s.labels.items())): s.value for metric in REGISTRY.collect() for s in metric.samples}

    def since(name: str, **labels: str) -> float:
        key = (f"codeplatform_{name}", *sorted(labels.items()))
        value = REGISTRY.get_sample_value(f"codeplatform_{name}", labels) or 0
        grown = value - begin.get(key, 0)
        begin[key] = value
        return grown

    return since


def test_sign_ins(cast: Cast, growth: Growth) -> None:
    visitor = Client()
    for _ in range(7):
        visitor.post("/login/", {"username": "ada@home", "password": "wrong"})
    visitor.post("/login/", {"username": "ben@home", "password": PASSWORD})

    assert growth("sign_ins_total", outcome="failed") == 6
    assert growth("sign_ins_total", outcome="braked") == 1
    assert growth("sign_ins_total", outcome="succeeded") == 1
    assert growth("sign_in_delays_total") == 1


def test_saves_and_what_became_of_them(cast: Cast, growth: Growth) -> None:
    project = cast.home.projects["ada"]
    ada, url = signed_in(cast.home["ada"]), f"/projects/{project.pk}/save/"
    body = {"base": project.revision, "key": "key-000001", "files": {}}
    assert ada.post(url, body, content_type="application/json").status_code == 400
    ada.get(url)

    assert growth("saves_total", outcome="refused") == 1
    assert growth("requests_total", route="projects:project-save", method="POST", status="400") == 1
    assert growth("queries_total", route="projects:project-save") > 0


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", ERRORS)
def test_errors(growth: Growth, kind: str) -> None:
    Client(raise_request_exception=False).get(f"/fail/{kind}/")

    assert {each: growth("errors_total", kind=each) for each in ERRORS} == {each: each == kind for each in ERRORS}


def test_made_up_addresses_and_methods_make_no_new_figures(growth: Growth, client: Client) -> None:
    for number in range(5):
        client.generic(f"ODD{number}", f"/nowhere/{number}")

    assert growth("requests_total", route="none", method="other", status="404") == 5


def test_the_site_itself_shows_none(client: Client) -> None:
    assert client.get("/metrics").status_code == client.get("/metrics/").status_code == 404
