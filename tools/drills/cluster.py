"""A PostgreSQL cluster of a drill's own, on which data is as safe as on a school's (fsync and all)."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Cluster:
    """`folder` holds the data and whatever else its server writes. As root, the server runs as the user postgres."""

    def __init__(self, folder: Path, data: str = "data") -> None:
        self.folder, self.data = folder, folder / data
        self.port = free_port()
        self.log = folder / f"{data}.log"
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []

    def create(self) -> None:
        self.run(
            "initdb", "--pgdata", self.data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"
        )

    def start(self, **settings: str) -> None:
        """Start and wait until it answers, which during recovery is when it has arrived."""
        fixed = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(self.folder)}
        with (self.data / "postgresql.auto.conf").open("a") as conf:
            for name, value in {**fixed, **settings}.items():
                conf.write(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n")
        self.run("pg_ctl", "--pgdata", self.data, "--log", self.log, "--timeout=300", "--wait", "start")

    def promoted(self, timeout_s: int = 300) -> None:
        """Wait until recovery is over and it can be written to."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self.sql("SELECT pg_is_in_recovery()") == [(False,)]:
                return
            time.sleep(0.05)
        raise SystemExit(self.log.read_text())

    def kill(self) -> None:
        """What a power cut does to it: no process of it has a word to say."""
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["pgrep", "--parent", str(leader)], capture_output=True, text=True).stdout.split()
        for process in (leader, *map(int, found)):
            os.kill(process, signal.SIGKILL)
        while Path(f"/proc/{leader}").exists():
            time.sleep(0.02)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "--pgdata", self.data, "--mode=immediate", "stop")

    def run(self, program: str, *arguments: str | Path) -> None:
        """One of PostgreSQL's programs, as the user whom the server runs as."""
        command = [*self._as, BINARIES / program, *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        where = {"host": "127.0.0.1", "port": self.port, "user": "postgres", "dbname": database}
        with psycopg.connect(**where, autocommit=True) as connection:  # type: ignore[arg-type]
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def url(self, database: str, user: str) -> str:
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def own(self, path: Path) -> None:
        """Give a folder to the user whom the server runs as."""
        if self._as:
            shutil.chown(path, "postgres", "postgres")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
