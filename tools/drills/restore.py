"""A school is lost and stands up again on an empty host: `python -m tools.drills.restore`.

300 students with 100,000 files; backed up, encrypted, by `manage.py backup`, restored by `manage.py restore` into an
empty database, served by gunicorn, where a student signs in and opens a project. On PostgreSQL the site's role owns
what is in its database and nothing else. `--students` and `--files` change the size.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from codeplatform.tests.browser.site import Site
from tools.drills.cluster import Cluster

Found = TypeVar("Found")
PASSWORD = "correct-horse-battery"  # noqa: S105 - of the tests' cast


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--files", type=int, default=100_000, help="how many in all, as they are now")
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if options.engine == "sqlite":
            drill(folder, [f"sqlite:///{folder / name}.sqlite3" for name in ("lost", "new")], options)
            return
        cluster = Cluster(folder)
        cluster.own(folder)
        cluster.create()
        cluster.start()
        try:
            cluster.sql("CREATE ROLE site LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
            for database in ("lost", "new"):
                # As deploy/install.sh does it
                cluster.sql(f"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'")
                cluster.sql(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
                cluster.sql(f"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO site")
                cluster.sql("ALTER SCHEMA public OWNER TO site", database)
            drill(folder, [cluster.url(database, "site") for database in ("lost", "new")], options)
        finally:
            cluster.stop()


def drill(folder: Path, databases: list[str], options: argparse.Namespace) -> None:
    site = Site(folder / "site")
    site.folder.mkdir()
    key, backups = folder / "key", folder / "backups"
    subprocess.run(["age-keygen", "--output", key], check=True, capture_output=True)
    recipient = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True).stdout.strip()
    lost, new = databases
    site.environment |= {"DATABASE_URL": lost, "BACKUP_DIR": str(backups), "BACKUP_RECIPIENTS": recipient}

    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--noinput", "--verbosity=0")
    make = f"from codeplatform.tests.backup.a_term import make_term; make_term(students={options.students}, files={{}})"
    timed("made the school", lambda: site.manage("shell", "-c", make.format(options.files // options.students)))
    print(timed("backup", lambda: site.manage("backup")))
    (backup,) = backups.glob("*.age")
    print(timed("check", lambda: site.manage("backup", "--check", str(backup), "--identity", str(key))))

    site.environment["DATABASE_URL"] = new
    began = time.monotonic()
    print(timed("restore", lambda: site.manage("restore", str(backup), "--identity", str(key))))
    try:
        timed("gunicorn", site.start)
        timed("a student signs in and opens a project", lambda: look(site))
    finally:
        site.stop()
    print(f"from the empty database to the student's project (RTO): {time.monotonic() - began:.1f} s")


def look(site: Site) -> None:
    """As a browser does it: form, cookie, list of projects, project."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    browser.addheaders = [("Origin", site.url), ("Referer", site.url)]

    def get(path: str, form: dict[str, str] | None = None) -> str:
        body = urllib.parse.urlencode(form).encode() if form else None
        return str(browser.open(f"{site.url}{path}", body).read().decode())

    form = get("/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    require(token is not None, "no form to sign in")
    get(
        "/login/",
        {"csrfmiddlewaretoken": token[1] if token else "", "username": "student-7@hill", "password": PASSWORD},
    )
    project = re.search(r'href="(/projects/[0-9a-f-]{36}/)"', get("/projects/"))
    require(project is not None, "the student has no project")
    require("marker of student-7@hill" in get(project[1] if project else ""), "the project is not the student's")


def timed(what: str, work: Callable[[], Found]) -> Found:
    began = time.monotonic()
    found = work()
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)
    return found


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SystemExit(f"The drill has failed: {otherwise}.")


if __name__ == "__main__":
    main()
