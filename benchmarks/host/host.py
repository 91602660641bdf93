"""The host: database, one or several gunicorns, and nginx in front, with the files that deploy/ ships."""

from __future__ import annotations

import os
import re
import secrets
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from getpass import getuser
from http.client import HTTPSConnection
from pathlib import Path

from benchmarks.host.cluster import Cluster, free_port
from codeplatform.tests.browser.proxy import HOST, NGINX, lay_out_release, make_certificate, shipped_site
from codeplatform.tests.browser.site import BASE_DIR

NAME = HOST
DATABASE = "codeplatform"
NGINX_CONFIG = """
daemon off;
user {user};
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
include /etc/nginx/modules-enabled/*brotli-static.conf;
events {{ worker_connections 4096; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream codeplatform_nodes {{
    {nodes}
  }}
  include {folder}/site.conf;
}}
"""


class Node:
    """One gunicorn at an address of its own."""

    def __init__(self, host: Host, address: str) -> None:
        self.host = host
        self.address = address
        self.port = free_port(address)
        self.environment: dict[str, str] = {}
        self.application = "codeplatform.wsgi"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = self.host.environment | {"HOST": self.address, "PORT": str(self.port)} | self.environment
        log = (self.host.folder / f"gunicorn-{self.address}.log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py", self.application]
        self.process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=log, stderr=log)

    def workers(self) -> list[int]:
        """Process numbers of its workers."""
        assert self.process
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def memory_bytes(self) -> int:
        """What its workers hold in memory by themselves (proportional set size)."""
        return sum(_proportional_bytes(worker) for worker in self.workers())

    def kill(self) -> None:
        """End it without warning, workers and all."""
        assert self.process
        for pid in [self.process.pid, *self.workers()]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)


class Host:
    """Set up in `folder` by `start()`; `nodes` gunicorns, each at a loopback address of its own (127.0.0.2, ...).

    `static` keeps the static files for the hosts that come after: an empty folder, or what another has collected.
    """

    def __init__(self, folder: Path, nodes: int = 1, static: Path | None = None, **cluster_settings: str | int) -> None:
        self.folder = folder
        self.static = static
        self.cluster = Cluster(folder / "cluster", **cluster_settings)
        self.http_port, self.https_port = free_port(), free_port()
        self.trust = ssl.create_default_context()
        self.nodes = [Node(self, f"127.0.0.{2 + number}") for number in range(nodes)]
        self.nginx: subprocess.Popen[bytes] | None = None
        runtime = Path(os.environ.get("RUNTIME_DIR", BASE_DIR / "var" / "runtime"))
        self.environment = os.environ | {
            "SECRET_KEY": secrets.token_hex(32),
            "HTTPS": "on",
            "DEBUG": "off",
            "ALLOWED_HOSTS": NAME,
            "DATA_DIR": str(folder / "data"),
            "RUNTIME_DIR": str(runtime),
            "DATABASE_URL": self.cluster.url(DATABASE),
        }

    def start(self) -> None:
        """Everything runs, on an empty database."""
        self.cluster.start()
        self.cluster.sql(f"CREATE DATABASE {DATABASE}")
        self.manage("migrate", "--verbosity=0")
        if self.static:
            (self.folder / "data").mkdir(exist_ok=True)
            (self.folder / "data" / "static").symlink_to(self.static)
        if not self.static or not any(self.static.iterdir()):
            self.manage("collectstatic", "--noinput", "--verbosity=0")
        for node in self.nodes:
            node.start()
        self._lay_out_front()
        self.start_front()
        self.wait_until_ready()

    def stop(self) -> None:
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait(timeout=30)
        for node in self.nodes:
            node.stop()
        if self.cluster.is_running():
            self.cluster.stop("immediate")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout

    @property
    def certificate(self) -> Path:
        return self.folder / "etc" / "codeplatform" / "tls" / "fullchain.pem"

    def start_front(self) -> None:
        config, log = self.folder / "nginx.conf", self.folder / "nginx.log"
        # A variable of this name tells nginx which sockets it is handed.
        environment = {name: value for name, value in os.environ.items() if name != "NGINX"}
        self.nginx = subprocess.Popen([NGINX, "-c", str(config), "-e", str(log)], env=environment)

    def reload_front(self) -> None:
        assert self.nginx
        self.nginx.send_signal(signal.SIGHUP)

    def connect(self, timeout_s: float = 30) -> HTTPSConnection:
        """A connection to the front; it believes the host's own certificate and no other."""
        return HTTPSConnection("127.0.0.1", self.https_port, context=self.trust, timeout=timeout_s)

    def is_ready(self) -> bool:
        try:
            connection = self.connect(timeout_s=10)
            connection.request("GET", "/readyz", headers={"Host": NAME})
            return connection.getresponse().status == 200
        except OSError:
            return False

    def wait_until_ready(self, timeout_s: float = 60) -> float:
        """How many seconds it took until the site said that it is ready. Raises RuntimeError when it does not."""
        return wait_until(self.is_ready, timeout_s)

    def _lay_out_front(self) -> None:
        for name in ("etc/codeplatform/tls", "var/log/codeplatform", "var/lib/codeplatform/acme"):
            (self.folder / name).mkdir(parents=True)
        lay_out_release(self.folder, self.folder / "data" / "static", Path(self.environment["RUNTIME_DIR"]))
        make_certificate(self.certificate.parent, f"DNS:{NAME},IP:127.0.0.1")
        self.trust.load_verify_locations(self.certificate)
        nodes = "\n    ".join(f"server {node.address}:{node.port} max_fails=1 fail_timeout=2s;" for node in self.nodes)
        config = NGINX_CONFIG.format(user=getuser(), folder=self.folder, nodes=nodes)
        (self.folder / "nginx.conf").write_text(config)
        (self.folder / "site.conf").write_text(self._site())

    def _site(self) -> str:
        """The shipped site at other ports, its paths below our folder, its gunicorn one or several over TCP."""
        config = shipped_site(self.folder, self.http_port, self.https_port)
        config = re.sub(r"http://unix:\S+/web\.sock", "http://codeplatform_nodes", config)
        # Clients here connect by address, without a name in the handshake: nobody is turned away for that.
        return re.sub(r"^server \{\n(?: .*\n)*?    server_name _;\n(?: .*\n)*\}\n", "", config, flags=re.MULTILINE)


def wait_until(is_so: Callable[[], bool], timeout_s: float) -> float:
    """Seconds until it is so. Raises RuntimeError when it is not in time."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > timeout_s:
            raise RuntimeError(f"not within {timeout_s:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - began


def _proportional_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
