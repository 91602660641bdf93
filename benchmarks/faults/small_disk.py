"""A disk of a few megabytes for the tables of a host, to be filled to the last byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.host.host import DATABASE, Host

SIZE_MB = 192


class SmallDisk:
    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no byte."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (1 << 20, 4096, 1):
                try:
                    while True:
                        ballast.write(bytes(size))
                except OSError:
                    continue

    def free(self) -> None:
        self._ballast.unlink()


@contextmanager
def small_disk(host: Host) -> Iterator[SmallDisk]:
    """Projects and their history lie on it, until the host's database is stopped at its end. Needs root: it mounts."""
    if os.geteuid() != 0:
        raise RuntimeError("To make a small disk this has to run as root.")
    folder = host.folder / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)], check=True)
    try:
        tables = folder / "tables"
        tables.mkdir()
        shutil.chown(tables, "postgres")
        host.cluster.sql(f"CREATE TABLESPACE small LOCATION '{tables}'")
        for table in ("projects_project", "projects_file", "projects_revision", "projects_revisionfile"):
            host.cluster.sql(f"ALTER TABLE {table} SET TABLESPACE small", DATABASE)
        yield SmallDisk(folder)
    finally:
        # Without this disk the cluster cannot start again; it has served its turn.
        host.cluster.stop("immediate")
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
