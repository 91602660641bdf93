"""A forged Host changes no page, and no address carries a secret (promise 32)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from codeplatform.testing import PASSWORD, signed_in

EVIL = "evil.example"
PAGES = ("/", "/login/", "/login/home/", "/password/", "/projects/", "/classes/", "/compatibility/", "/cors/")


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_host_is_refused(student: User, page: str) -> None:
    assert signed_in(student).get(page, headers={"host": EVIL}).status_code == 400


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "x-forwarded-server", "forwarded", "x-original-url"])
@pytest.mark.parametrize("page", PAGES)
def test_a_host_beside_it_changes_nothing(student: User, page: str, header: str) -> None:
    value = f"host={EVIL}" if header == "forwarded" else EVIL
    for client in (signed_in(student), Client()):
        response = client.get(page, headers={header: value})

        assert EVIL not in response.content.decode() + str(response.headers)


def test_addresses_lead_to_no_host_but_where_one_asked(student: User) -> None:
    client = Client()
    locations = [
        client.get("/projects/").headers["Location"],
        client.post("/login/", {"username": "ada@home", "password": PASSWORD}).headers["Location"],
        client.post("/logout/").headers["Location"],
    ]

    assert [address for address in locations if not address.startswith("/") or address.startswith("//")] == []


def test_no_secret_stands_in_an_address(student: User, caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(student)
    session = client.cookies["sessionid"].value
    for page in PAGES:
        text = client.get(page).content.decode()
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            assert not re.search(r"token|password=|session|secret", address), address

    assert session not in caplog.text
