"""What is too large is refused before it is read."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from codeplatform.testing import signed_in


class Unreadable(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("The body was read.")

    readline = readinto = read


def send(client: Client, url: str, length: str, accept: str) -> Any:
    extra: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": Unreadable(), "HTTP_ACCEPT": accept}
    return client.generic("POST", url, b"", content_type="multipart/form-data; boundary=x", **extra)


@pytest.mark.parametrize("url", ["/projects/", "/projects/upload/", "/login/", "/no-such-page/"])
def test_a_person_gets_a_sentence(student: User, url: str) -> None:
    for client in (signed_in(student), signed_in(None)):
        response = send(client, url, str(60 * 1024**2), "text/html")

        assert response.status_code == 413
        assert "larger than 30 MB" in response.content.decode()


def test_a_script_gets_json(student: User) -> None:
    response = send(signed_in(student), "/projects/", "9" * 300, "application/json")

    assert (response.status_code, list(response.json())) == (413, ["error"])


@pytest.mark.parametrize("length", ["1.5", "-1", "x", " 5"])
def test_a_length_that_is_none_is_refused(student: User, length: str) -> None:
    """Django would fail when it comes to reading the body; gunicorn refuses such a request itself."""
    response = send(signed_in(student), "/projects/", length, "application/json")

    assert (response.status_code, list(response.json())) == (400, ["error"])
