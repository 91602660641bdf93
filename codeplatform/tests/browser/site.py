"""The site as it runs for real: gunicorn, hashed static files, the built runtime, the demo data."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
PASSWORD = "four-words-for-tests"
START_TIMEOUT_S = 60
# What a request was, what came back, who sent it: read by `Site.requests`.
LOG_FORMAT = (
    "%(s)s|%(m)s|%(U)s|cookie=%({cookie}i)s|origin=%({origin}i)s|site=%({sec-fetch-site}i)s|dest=%({sec-fetch-dest}i)s"
)


@dataclass(frozen=True)
class LoggedRequest:
    """One line of the server's access log; absent headers are `-`."""

    status: int
    method: str
    path: str
    cookie: str
    origin: str
    site: str
    dest: str


class Site:
    """A running server. `restart` and `stop` are for tests of faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.access_log = folder / "access.log"
        self.environment = os.environ | {
            "SECRET_KEY": "only-for-browser-tests",
            "HTTPS": "off",
            "DEBUG": "off",
            "ALLOWED_HOSTS": "127.0.0.1,localhost,school.test",
            "DATA_DIR": str(folder),
            "RUNTIME_DIR": os.environ.get("RUNTIME_DIR", str(BASE_DIR / "var" / "runtime")),
            "DATABASE_URL": _own_database(folder),
            "DEMO_PASSWORD": PASSWORD,
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.shell: subprocess.Popen[str] | None = None

    def prepare(self, static: Path | None = None) -> None:
        """Set the site up; `static` are static files that were collected before."""
        if static:
            (self.folder / "static").symlink_to(static)
        else:
            self.manage("collectstatic", "--noinput", "--verbosity=0")
        self.manage("migrate", "--verbosity=0")
        self.manage("seed_demo", "--force")

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def query(self, python: str) -> str:
        """What `python` prints in a Django process with the site's settings: how tests look into the database."""
        if self.shell is None:
            command = [sys.executable, "-m", "codeplatform.tests.browser.site_shell"]
            self.shell = subprocess.Popen(
                command, cwd=BASE_DIR, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(json.dumps(python) + "\n")
        self.shell.stdin.flush()
        answer = json.loads(self.shell.stdout.readline())
        assert answer["error"] is None, answer["error"]
        return str(answer["printed"]).strip()

    def start(self) -> None:
        log = (self.folder / "gunicorn.log").open("ab")
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config=deploy/gunicorn.conf.py",
            f"--access-logfile={self.access_log}",
            f"--access-logformat={LOG_FORMAT}",
        ]
        self.process = subprocess.Popen(command, cwd=BASE_DIR, env=self.environment, stdout=log, stderr=log)
        self._wait_until_up()

    def stop(self) -> None:
        if self.shell is not None:
            self.shell.kill()
            self.shell.wait()
            self.shell = None
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def requests(self, since: int = 0) -> list[LoggedRequest]:
        """The requests that were answered, from line `since` on."""
        return [_read_line(line) for line in self.access_log.read_text().splitlines()[since:]]

    def request_count(self) -> int:
        return len(self.access_log.read_text().splitlines())

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 - our own address
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError((self.folder / "gunicorn.log").read_text())


def _read_line(line: str) -> LoggedRequest:
    status, method, path, *headers = line.split("|")
    values = [re.sub(r"^[a-z]+=", "", header) for header in headers]
    return LoggedRequest(int(status), method, path, *values[:4])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _own_database(folder: Path) -> str:
    """A database beside the one of the unit tests: in the same PostgreSQL cluster, or a file of its own."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return f"sqlite:///{folder / 'site.sqlite3'}"
    import psycopg

    config = environ.Env.db_url_config(address)
    name = f"site_{os.getpid()}"
    with psycopg.connect(
        host=config["HOST"], port=config["PORT"] or 5432, user=config["USER"], dbname=config["NAME"], autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        # template1 may be in use by another test process at this moment; nobody can be connected to template0.
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    head, _, _ = address.rpartition("/")
    return f"{head}/{name}"
