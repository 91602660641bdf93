"""The site behind nginx as it is shipped: deploy/nginx/ on other ports, with paths in the test's folder."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getuser
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from tempfile import mkdtemp

from codeplatform.tests.browser.site import BASE_DIR, Site, _free_port

NGINX = os.environ.get("NGINX", "/usr/sbin/nginx")
HOST = "school.test"
NGINX_CONFIG = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
include /etc/nginx/modules-enabled/*brotli-static.conf;
events {{}}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


class UnixConnection(HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__(HOST)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]  # names in small letters
    cookies: dict[str, str]  # the whole of each Set-Cookie by its name

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(connection: HTTPConnection, method: str, path: str, body: str = "", **headers: str) -> Answer:
    """What is answered to one request; `_` in the names of headers stands for `-`."""
    named = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    response: HTTPResponse = connection.getresponse()
    cookies = {line.partition("=")[0]: line for line in response.headers.get_all("Set-Cookie") or []}
    found = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status, response.read(), found, cookies)


class Proxy:
    """nginx with TLS, and a gunicorn of its own that takes turns at a socket which stays, as under systemd."""

    def __init__(self, site: Site) -> None:
        self.site = site
        # The tests of several files may share a site.
        self.folder = Path(mkdtemp(prefix="proxy-", dir=site.folder))
        self.http_port, self.https_port = _free_port(), _free_port()
        self.trust = ssl.create_default_context()
        self.gunicorn: subprocess.Popen[bytes] | None = None
        self.nginx: subprocess.Popen[bytes] | None = None
        self.listener = socket.socket(socket.AF_UNIX)

    @property
    def socket_path(self) -> Path:
        return self.folder / "run" / "codeplatform" / "web.sock"

    def connect(self, source: str = "127.0.0.1") -> HTTPConnection:
        connection = HTTPSConnection(
            "127.0.0.1", self.https_port, context=self.trust, source_address=(source, 0), timeout=30
        )
        # The name in the handshake is the site's, wherever it is reached.
        connection._create_connection = lambda address, *rest: socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", self.https_port), *rest
        )
        connection.host = HOST
        return connection

    def straight(self) -> HTTPConnection:
        """A connection to gunicorn, past nginx."""
        return UnixConnection(self.socket_path)

    def start(self) -> None:
        for name in ("etc/codeplatform/tls", "var/log/codeplatform", "var/lib/codeplatform/acme", "run/codeplatform"):
            (self.folder / name).mkdir(parents=True)
        lay_out_release(self.folder, self.site.folder / "static", Path(self.site.environment["RUNTIME_DIR"]))
        tls = self.folder / "etc" / "codeplatform" / "tls"
        self.trust.load_verify_locations(make_certificate(tls, f"DNS:{HOST}"))
        config = self.folder / "nginx.conf"
        config.write_text(NGINX_CONFIG.format(user=getuser(), folder=self.folder))
        (self.folder / "site.conf").write_text(shipped_site(self.folder, self.http_port, self.https_port))
        self.listener.bind(str(self.socket_path))
        self.listener.listen(1024)
        self.start_gunicorn()
        self.nginx = subprocess.Popen([NGINX, "-c", str(config), "-e", str(self.folder / "nginx.log")])
        wait_until(lambda: ask(self.connect(), "GET", "/healthz"))

    def stop(self) -> None:
        self.stop_gunicorn()
        self.listener.close()
        if self.nginx is not None:
            self.nginx.terminate()
            self.nginx.wait(timeout=30)

    def start_gunicorn(self) -> None:
        # The way systemd hands over a socket: as file 3, and the number of the process that it is for.
        command = f"LISTEN_FDS=1 LISTEN_PID=$$ exec {sys.executable} -m gunicorn --config=deploy/gunicorn.conf.py 3<&$0"
        number = str(self.listener.fileno())
        self.gunicorn = subprocess.Popen(
            ["/bin/bash", "-c", command, number],
            cwd=BASE_DIR,
            env=self.site.environment | {"HTTPS": "on"},
            pass_fds=[self.listener.fileno()],
        )

    def stop_gunicorn(self) -> None:
        if self.gunicorn is not None:
            self.gunicorn.terminate()
            self.gunicorn.wait(timeout=30)
            self.gunicorn = None


def make_certificate(folder: Path, names: str) -> Path:
    """A key and a certificate of its own, named as certbot names them; `names` as openssl's subjectAltName has it."""
    certificate = folder / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + [f"-subj=/CN={HOST}", f"-addext=subjectAltName={names}", "-days=2"]
        + [f"-keyout={folder / 'privkey.pem'}", f"-out={certificate}"],
        check=True,
        capture_output=True,
    )
    return certificate


def shipped_site(folder: Path, http_port: int, https_port: int) -> str:
    """The site that deploy/ ships, for HOST at these ports, with its paths below `folder`."""
    config = (BASE_DIR / "deploy" / "nginx" / "codeplatform.conf").read_text()
    config = re.sub(r"^ *listen \[.*\n", "", config, flags=re.MULTILINE)
    config = re.sub(r"listen 80\b", f"listen 127.0.0.1:{http_port}", config)
    config = re.sub(r"listen 443\b", f"listen 127.0.0.1:{https_port}", config)
    config = config.replace("code.school.example", HOST)
    return re.sub(r"(?<=[\s:])/(srv|etc|run|var/log|var/lib)/codeplatform\b", rf"{folder}\g<0>", config)


def lay_out_release(folder: Path, static: Path, runtime: Path) -> None:
    """What nginx finds below `folder`: the release in use, with these static files and this runtime."""
    release = folder / "srv" / "codeplatform" / "current"
    (release / "var").mkdir(parents=True)
    (release / "deploy").symlink_to(BASE_DIR / "deploy")
    (release / "var" / "static").symlink_to(static)
    (release / "var" / "runtime").symlink_to(runtime)


def wait_until(reach: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            reach()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
