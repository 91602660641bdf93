"""Recovery to a point in time, as docs/operations/backup.md tells it: `python -m tools.drills.pitr`.

A cluster archives its log while students save. Somebody deletes work by mistake; later the machine dies at once. What
was saved is compared with what each way back brings: to the moment before the mistake, from the archive alone, and
from the disk that has survived. Takes two minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tools.drills.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE_TIMEOUT_S = 60
SAVED_BEFORE_MISTAKE_S, SAVED_BEFORE_SWITCH_S, SAVED_BEFORE_END_S = 15, 5, 55
WRITERS, PAUSE_S = 4, 0.2
SITE = "codeplatform"


@dataclass
class Saved:
    """A save that was acknowledged: when, and as which revision of which project."""

    at: datetime
    project: str
    number: int


@dataclass
class Lesson:
    """Students who save without pause, each in a project of their own."""

    saved: list[Saved] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _write(self, number: int) -> None:
        from django.db import DatabaseError, connection

        from projects.models import Project
        from projects.saving import Change, save_revision

        project = Project.objects.select_related("owner").filter(is_exercise=False).order_by("pk")[number]
        revision = project.revision
        while not self.ended.wait(PAUSE_S):
            text = f"print({revision})\n".encode() * 200
            try:
                save_revision(project, project.owner, revision, f"drill-{revision:06}", [Change("main.py", text)])
            except DatabaseError:
                break
            revision += 1
            self.saved.append(Saved(datetime.now(UTC), str(project.pk), revision))
        connection.close()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pitr-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = Cluster(folder)
        cluster.own(folder)
        try:
            drill(folder, cluster)
        finally:
            for data in folder.glob("*/postmaster.pid"):
                Cluster(folder, data.parent.name).stop()


def drill(folder: Path, cluster: Cluster) -> None:
    archive, base, script = folder / "wal", folder / "base", folder / "archive-wal"
    archive.mkdir()
    cluster.own(archive)
    shutil.copy(ROOT / "deploy" / "archive-wal", script)
    cluster.create()
    cluster.start(
        archive_mode="on", archive_command=f'{script} "%p" "%f" {archive}', archive_timeout=f"{ARCHIVE_TIMEOUT_S}s"
    )
    cluster.sql(f"CREATE ROLE {SITE} LOGIN")
    cluster.sql(f"CREATE DATABASE {SITE} OWNER {SITE} TEMPLATE template0 ENCODING 'UTF8'")
    site_at(cluster)
    began = time.monotonic()
    cluster.run("pg_basebackup", "--pgdata", base, "--format=tar", "--gzip", "--wal-method=fetch", "--checkpoint=fast",
                "--host=127.0.0.1", f"--port={cluster.port}", "--username=postgres")  # fmt: skip
    report("base backup", f"{time.monotonic() - began:.1f} s, {size_of(base) / 1e6:.1f} MB")

    lesson = Lesson()
    lesson.begin()
    time.sleep(SAVED_BEFORE_MISTAKE_S)
    mistake = datetime.now(UTC)
    cluster.sql("DELETE FROM projects_file", SITE)
    time.sleep(SAVED_BEFORE_SWITCH_S)
    cluster.sql("SELECT pg_switch_wal()")
    time.sleep(SAVED_BEFORE_END_S)
    killed = datetime.now(UTC)
    cluster.kill()
    lesson.end()
    report("saves acknowledged", f"{len(lesson.saved)} in {(killed - lesson.saved[0].at).total_seconds():.0f} s")
    report("archive", f"{len(list(archive.glob('*.gz')))} files, {size_of(archive) / 1e6:.1f} MB")

    found = recovered(
        folder, "before-mistake", recovery_target_time=mistake.isoformat(), recovery_target_inclusive="off"
    )
    before = [save for save in lesson.saved if save.at < mistake]
    judge("to the moment before the mistake", found, before, no_later_than=mistake)

    found = recovered(folder, "from-archive")
    lost = judge("from the archive alone, the machine is lost", found, lesson.saved, may_lose=True)
    if lost:
        report(
            "  oldest save lost before the end (RPO)",
            f"{(killed - min(save.at for save in lost)).total_seconds():.1f} s",
        )

    began = time.monotonic()
    cluster.start()
    judge("the disk has survived", (cluster, time.monotonic() - began), lesson.saved)


def recovered(folder: Path, name: str, **target: str) -> tuple[Cluster, float]:
    """A cluster made of base backup and archive, and how long that took until it could be written to."""
    began = time.monotonic()
    cluster = Cluster(folder, name)
    cluster.data.mkdir(mode=0o700)
    subprocess.run(
        ["tar", "--extract", "--gzip", "--file", folder / "base" / "base.tar.gz", "-C", cluster.data], check=True
    )
    cluster.own(cluster.data)
    (cluster.data / "recovery.signal").touch()
    cluster.own(cluster.data / "recovery.signal")
    cluster.start(
        # This one must not write into the archive it reads from.
        archive_mode="off",
        restore_command=f'gzip -dc {folder / "wal"}/%f.gz >"%p"',
        recovery_target_action="promote",
        **target,
    )
    cluster.promoted()
    return cluster, time.monotonic() - began


def judge(
    way: str,
    found: tuple[Cluster, float],
    saved: list[Saved],
    *,
    may_lose: bool = False,
    no_later_than: datetime | None = None,
) -> list[Saved]:
    """Say what of the acknowledged saves is there, and end the drill when something is lost that must not be."""
    cluster, seconds = found
    there = set(cluster.sql("SELECT project_id::text, number FROM projects_revision", SITE))
    lost = [save for save in saved if (save.project, save.number) not in there]
    files = cluster.sql("SELECT count(*) FROM projects_file", SITE)[0][0]
    report(way, f"{len(saved) - len(lost)} of {len(saved)} saves there, {files} files, in {seconds:.1f} s")
    if no_later_than:
        later = f"SELECT 1 FROM projects_revision WHERE created_at > '{no_later_than.isoformat()}'"  # nosec B608 # noqa: S608 - a time of our own
        require(not cluster.sql(later, SITE), "something of later is there")
        require(bool(files), "the mistake is still there")
    require(may_lose or not lost, f"acknowledged saves are lost: {lost[:3]}")
    torn = (
        "SELECT 1 FROM projects_project p WHERE NOT is_exercise AND revision <> "
        "(SELECT max(number) FROM projects_revision r WHERE r.project_id = p.id)"
    )
    require(not cluster.sql(torn, SITE), "a save is there by half")
    cluster.stop()
    return lost


def site_at(cluster: Cluster) -> None:
    """The site in this process, on the cluster's database, with a school in it."""
    os.environ.update({"SECRET_KEY": "only-for-the-drill", "HTTPS": "off", "DATABASE_URL": cluster.url(SITE, SITE)})
    os.environ["DJANGO_SETTINGS_MODULE"] = "codeplatform.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    from codeplatform.tests.backup.a_term import make_term

    make_term(students=60)
    connection.close()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SystemExit(f"The drill has failed: {otherwise}.")


def report(what: str, found: str) -> None:
    print(f"{what}: {found}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
