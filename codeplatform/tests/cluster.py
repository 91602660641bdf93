"""A PostgreSQL of a test's own, which may be stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def _folder_of_programs() -> Path:
    found = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    assert found or installed, "Install PostgreSQL: apt-get install postgresql"
    return Path(found).resolve().parent if found else installed[-1].parent


class Cluster:
    """`url` is its DATABASE_URL. It is stopped when made."""

    def __init__(self) -> None:
        self.programs = _folder_of_programs()
        # Not in pytest's folder: PostgreSQL does not run as root, and others may not look into that one.
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        # PostgreSQL refuses to run as root.
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_owner:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.url = f"postgres://tests@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        settings = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder} -c fsync=off"
        )
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", f"{settings} -c fsync=off", "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is as if the power went."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.as_owner, str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, done.stderr
