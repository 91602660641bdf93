"""A PostgreSQL cluster of its own, as durable as in a school: what was committed outlives an end without warning."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

USER = "codeplatform"


class Cluster:
    """Made in `folder`, which it owns; `settings` go on the server's command line (`-c name=value`)."""

    def __init__(self, folder: Path, **settings: str | int) -> None:
        self.folder = folder
        self.port = free_port()
        self.settings = {"listen_addresses": "127.0.0.1", "port": self.port, "max_connections": 100} | settings
        self.settings["unix_socket_directories"] = str(folder)
        self.bin = _binaries()
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def url(self, database: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "start", "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """`mode` as pg_ctl has it: `immediate` is an end without warning."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def is_running(self) -> bool:
        return Path(self.data, "postmaster.pid").exists()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql prints, one line for each row; fields are parted by `|`."""
        address = self.url(database)
        return self._run("psql", address, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def _run(self, program: str, *arguments: str) -> str:
        # PostgreSQL refuses to run as root.
        run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        # What it prints goes to a file: the server that pg_ctl starts would keep a pipe open for ever.
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                [*run_as, str(self.bin / program), *arguments], cwd="/", stdout=said, stderr=subprocess.STDOUT
            )
            said.seek(0)
            text = said.read()
        if done.returncode:
            raise RuntimeError(f"{program}: {text}")
        return text


def free_port(address: str = "127.0.0.1") -> int:
    with socket.socket() as found:
        found.bind((address, 0))
        port: int = found.getsockname()[1]
    return port


def _binaries() -> Path:
    if os.geteuid() == 0:
        pwd.getpwnam("postgres")  # whom Debian's package makes
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("This needs PostgreSQL 15 or newer: apt-get install postgresql")
    return found[-1].parent
