"""Whose address the server believes (promise 14), and how its cookies are flagged (23): gunicorn and nginx for real."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from codeplatform.tests.browser.proxy import HOST, Answer, Proxy, ask
from codeplatform.tests.browser.site import PASSWORD, Site

MADE_UP = "198.51.100.66"
SPOOFED = {
    "X-Forwarded-For": f"{MADE_UP}, 10.0.0.1, {MADE_UP}",
    "Forwarded": f"for={MADE_UP};proto=https",
    "X-Real-IP": MADE_UP,
    "X-Client-IP": MADE_UP,
    "True-Client-IP": MADE_UP,
    "Via": f"1.1 {MADE_UP}",
}


@pytest.fixture(scope="module")
def proxy(site: Site) -> Iterator[Proxy]:
    started = Proxy(site)
    started.start()
    yield started
    started.stop()


def sign_in(connect: Callable[[], HTTPConnection], origin: str, password: str = PASSWORD) -> Answer:
    """What the sign-in of eve answers to a client that says it is somebody else."""
    return send_form(connect, origin, SPOOFED, password)


def send_form(connect: Callable[[], HTTPConnection], origin: str, said: dict[str, str], password: str) -> Answer:
    page = ask(connect(), "GET", "/login/", **said)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token, page
    return ask(
        connect(),
        "POST",
        "/login/",
        urlencode({"username": "eve@elsewhere", "password": password, "csrfmiddlewaretoken": token[1]}),
        Cookie="; ".join(line.partition(";")[0] for line in page.cookies.values()),
        Origin=origin,
        Content_Type="application/x-www-form-urlencoded",
        **said,
    )


def last_address(site: Site) -> str:
    return site.query(
        "from schools.audit_events import AuditEvent\nprint(AuditEvent.objects.order_by('at').last().address)"
    )


def test_straight_at_gunicorn_the_peer_counts(site: Site) -> None:
    answer = sign_in(lambda: HTTPConnection("127.0.0.1", site.port, source_address=("127.0.0.7", 0)), f"http://{HOST}")

    assert answer.status == 302
    assert last_address(site) == "127.0.0.7"


def test_of_a_failed_sign_in_too(site: Site) -> None:
    connect = lambda: HTTPConnection("127.0.0.1", site.port, source_address=("127.0.0.8", 0))  # noqa: E731
    assert sign_in(connect, f"http://{HOST}", "wrong").status == 200

    assert last_address(site) == "127.0.0.8"


def test_through_nginx_its_client_counts(site: Site, proxy: Proxy) -> None:
    answer = sign_in(lambda: proxy.connect("127.0.0.9"), f"https://{HOST}")

    assert answer.status == 302
    assert last_address(site) == "127.0.0.9"


def test_only_one_real_ip_header_is_believed_on_the_socket(site: Site, proxy: Proxy) -> None:
    """Whoever may open the socket is the proxy; of what it says, X-Real-IP alone is read."""
    said = {name: value for name, value in SPOOFED.items() if name != "X-Real-IP"} | {"X-Forwarded-Proto": "https"}
    answer = send_form(proxy.straight, f"https://{HOST}", said, PASSWORD)

    assert answer.status == 302
    assert last_address(site) == "None"


def test_cookies_are_flagged(proxy: Proxy) -> None:
    cookies = ask(proxy.connect(), "GET", "/login/").cookies
    cookies |= sign_in(proxy.connect, f"https://{HOST}").cookies

    assert set(cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
    for name, line in cookies.items():
        flags = {part.strip() for part in line.split(";")[1:]}
        assert {"Secure", "Path=/"} <= flags, name
        assert {"SameSite=Lax", "SameSite=Strict"} & flags, name
        assert not any(flag.startswith("Domain") for flag in flags), name
        assert "HttpOnly" in flags or name == "__Host-csrftoken", name
    assert "Max-Age" not in cookies["__Host-sessionid"]
