"""Whose address the server believes (promise 14), and how its cookies are flagged (23): gunicorn and nginx for real."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from getpass import getuser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

from codeplatform.tests.browser.site import BASE_DIR, PASSWORD, Site, _free_port

NGINX = os.environ.get("NGINX", "/usr/sbin/nginx")
MADE_UP = "198.51.100.66"
SPOOFED = {
    "X-Forwarded-For": f"{MADE_UP}, 10.0.0.1, {MADE_UP}",
    "Forwarded": f"for={MADE_UP};proto=https",
    "X-Real-IP": MADE_UP,
    "X-Client-IP": MADE_UP,
    "True-Client-IP": MADE_UP,
    "Via": f"1.1 {MADE_UP}",
}
NGINX_CONFIG = """
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {server}
}}
"""


def site_of_the_guide(port: int, unix_socket: Path) -> str:
    """The site that operators are told to write, at another port and without TLS, which the tests have no use for."""
    guide = (BASE_DIR / "docs" / "guides" / "operator.md").read_text("utf-8")
    server = re.findall(r"^server \{$.*?^\}$", guide, re.MULTILINE | re.DOTALL)[1]
    server = re.sub(r"^ *(listen \[|server_name|ssl_).*\n", "", server, flags=re.MULTILINE)
    server = re.sub(r"listen .*;", f"listen 127.0.0.1:{port};", server)
    return re.sub(r"http://unix:\S+;", f"http://unix:{unix_socket};", server)


class UnixConnection(HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


@dataclass
class Answer:
    status: int
    body: str
    cookies: dict[str, str]  # the whole of each Set-Cookie by its name


def ask(connection: HTTPConnection, method: str, body: str = "", **headers: str) -> Answer:
    connection.request(method, "/login/", body, {name.replace("_", "-"): value for name, value in headers.items()})
    response: HTTPResponse = connection.getresponse()
    cookies = {line.partition("=")[0]: line for line in response.headers.get_all("Set-Cookie") or []}
    return Answer(response.status, response.read().decode(), cookies)


def sign_in(connect: Callable[[], HTTPConnection], origin: str, password: str = PASSWORD) -> Answer:
    """What the sign-in of eve answers to a client that says it is somebody else."""
    page = ask(connect(), "GET", Host="localhost", **SPOOFED)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token, page
    form = urlencode({"username": "eve@elsewhere", "password": password, "csrfmiddlewaretoken": token[1]})
    return ask(
        connect(),
        "POST",
        form,
        Host="localhost",
        Cookie="; ".join(line.partition(";")[0] for line in page.cookies.values()),
        Origin=origin,
        Content_Type="application/x-www-form-urlencoded",
        **SPOOFED,
    )


def last_address(site: Site) -> str:
    return site.query(
        "from schools.audit_events import AuditEvent\nprint(AuditEvent.objects.order_by('at').last().address)"
    )


@pytest.fixture(scope="module")
def unix_socket(site: Site) -> Iterator[Path]:
    """The same site with TLS before it, reached through a Unix socket."""
    path = site.folder / "gunicorn.sock"
    command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py", f"--bind=unix:{path}"]
    environment = site.environment | {"HTTPS": "on"}
    process = subprocess.Popen(command, cwd=BASE_DIR, env=environment)
    wait_until(lambda: ask(UnixConnection(path), "GET", Host="localhost"))
    yield path
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(scope="module")
def nginx_port(site: Site, unix_socket: Path) -> Iterator[int]:
    port = _free_port()
    config = site.folder / "nginx.conf"
    config.write_text(
        NGINX_CONFIG.format(user=getuser(), folder=site.folder, server=site_of_the_guide(port, unix_socket))
    )
    process = subprocess.Popen([NGINX, "-c", str(config), "-e", str(site.folder / "nginx.log")])
    wait_until(lambda: ask(HTTPConnection("127.0.0.1", port), "GET", Host="localhost"))
    yield port
    process.terminate()
    process.wait(timeout=30)


def wait_until(reach: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            reach()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_straight_at_gunicorn_the_peer_counts(site: Site) -> None:
    answer = sign_in(
        lambda: HTTPConnection("127.0.0.1", site.port, source_address=("127.0.0.7", 0)), "http://localhost"
    )

    assert answer.status == 302
    assert last_address(site) == "127.0.0.7"


def test_of_a_failed_sign_in_too(site: Site) -> None:
    connect = lambda: HTTPConnection("127.0.0.1", site.port, source_address=("127.0.0.8", 0))  # noqa: E731
    assert sign_in(connect, "http://localhost", "wrong").status == 200

    assert last_address(site) == "127.0.0.8"


def test_through_nginx_its_client_counts(site: Site, nginx_port: int) -> None:
    answer = sign_in(
        lambda: HTTPConnection("127.0.0.1", nginx_port, source_address=("127.0.0.9", 0)), "https://localhost"
    )

    assert answer.status == 302
    assert last_address(site) == "127.0.0.9"


def test_only_one_real_ip_header_is_believed_on_the_socket(site: Site, unix_socket: Path) -> None:
    """Whoever may open the socket is the proxy; of what it says, X-Real-IP alone is read."""
    said = {name: value for name, value in SPOOFED.items() if name != "X-Real-IP"}
    page = ask(UnixConnection(unix_socket), "GET", Host="localhost", X_Forwarded_Proto="https", **said)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token
    form = urlencode({"username": "eve@elsewhere", "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
    answer = ask(
        UnixConnection(unix_socket),
        "POST",
        form,
        Host="localhost",
        X_Forwarded_Proto="https",
        Cookie="; ".join(line.partition(";")[0] for line in page.cookies.values()),
        Origin="https://localhost",
        Content_Type="application/x-www-form-urlencoded",
        **said,
    )

    assert answer.status == 302
    assert last_address(site) == "None"


def test_cookies_are_flagged(nginx_port: int) -> None:
    cookies = {}
    connect = lambda: HTTPConnection("127.0.0.1", nginx_port)  # noqa: E731
    cookies |= ask(connect(), "GET", Host="localhost").cookies
    cookies |= sign_in(connect, "https://localhost").cookies

    assert set(cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
    for name, line in cookies.items():
        flags = {part.strip() for part in line.split(";")[1:]}
        assert {"Secure", "Path=/"} <= flags, name
        assert {"SameSite=Lax", "SameSite=Strict"} & flags, name
        assert not any(flag.startswith("Domain") for flag in flags), name
        assert "HttpOnly" in flags or name == "__Host-csrftoken", name
    assert "Max-Age" not in cookies["__Host-sessionid"]
