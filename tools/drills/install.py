"""An installation from nothing, used through https: `python -m tools.drills.install FOLDER`.

FOLDER becomes a Debian machine; deploy/install.sh of what is committed makes it a site; a Chromium on the host runs a
program there. What is found is printed for docs/operations/install.md. Takes a quarter of an hour; FOLDER stays for
`python -m tools.drills.upgrade FOLDER`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect, sync_playwright

from tools.drills.machine import ROOT, Machine

HOST = "code.school.example"
INSTALL = ["--host", HOST, "--school", "Hill School", "hill", "--admin", "grace"]
UNITS = ("codeplatform", "codeplatform-backup", "codeplatform-purge", "codeplatform-certificate")


def main(folder: Path) -> None:
    machine = Machine(folder)
    if not (folder / "etc").exists():
        with timed("a Debian from nothing"):
            machine.make()
    machine.boot()
    try:
        machine.bring_source("codeplatform")
        with timed("deploy/install.sh"):
            told = machine.run("/root/codeplatform/deploy/install.sh", *INSTALL)
        phrase = re.search(r"Pass-phrase, shown this once: (.*)", told)
        assert phrase, told
        with timed("deploy/install.sh once more"):
            again = machine.run("/root/codeplatform/deploy/install.sh", *INSTALL)
        assert "nothing was changed" in again and "Building" not in again, again
        look_at_units(machine)
        look_at_database(machine)
        use_it(phrase[1].strip())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.output}")
    finally:
        machine.shut_down()


def look_at_units(machine: Machine) -> None:
    failed = machine.run("systemctl", "--failed", "--no-legend", "--plain")
    assert not failed.strip(), failed
    for task in ("codeplatform-backup", "codeplatform-purge"):
        machine.run("systemctl", "start", f"{task}.service")
    print("backups:", machine.run("ls", "/var/backups/codeplatform").split())
    for unit in UNITS:
        rated = machine.run("systemd-analyze", "security", "--no-pager", f"{unit}.service")
        exposure = re.search(r"exposure level for \S+: ([\d.]+)", rated)
        assert exposure, rated
        print(f"{unit}: exposure {exposure[1]}")


def look_at_database(machine: Machine) -> None:
    """The site's role may do nothing to other databases, and not drop its own."""
    as_admin = ("runuser", "-u", "postgres", "--", "psql", "--quiet", "--no-psqlrc", "--command")
    machine.run(*as_admin, "DROP DATABASE IF EXISTS foreign_one")
    machine.run(*as_admin, "CREATE DATABASE foreign_one")
    machine.run(*as_admin[:-1], "--dbname=foreign_one", "--command=CREATE TABLE kept AS SELECT 1 AS secret")
    as_site = ("runuser", "-u", "codeplatform", "--", "psql", "--quiet", "--no-psqlrc")
    for database, statement in (
        ("foreign_one", "SELECT * FROM kept"),
        ("postgres", "DROP DATABASE foreign_one"),
        ("postgres", "DROP DATABASE codeplatform"),
        ("codeplatform", "CREATE DATABASE mine"),
        ("codeplatform", "CREATE ROLE mine"),
        ("codeplatform", "SELECT pg_read_file('/etc/passwd')"),
    ):
        try:
            machine.run(*as_site, f"--dbname={database}", f"--command={statement}")
        except subprocess.CalledProcessError as error:
            print(f"refused to the site's role: {statement} ({error.output.strip().splitlines()[0]})")
        else:
            raise AssertionError(f"The site's role could {statement}")


def use_it(phrase: str) -> None:
    """Run a program of a public page, and sign in as the school admin whom install.sh made."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
            + ["--disable-features=LocalNetworkAccessChecks"],
        )
        # The certificate is the site's own: no authority has heard of this machine.
        context = browser.new_context(ignore_https_errors=True)
        hosts: set[str] = set()
        # Pictures and workers that a page makes itself have no host.
        context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or HOST))
        page = context.new_page()
        page.goto(f"http://{HOST}/examples/greeting/")
        print("address:", page.url)
        isolated = page.evaluate("[isSecureContext, crossOriginIsolated]")
        protocol = page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")
        print("secure, isolated:", isolated, protocol)
        assert isolated == [True, True]
        run_greeting(page)
        page.goto(f"https://{HOST}/login/")
        page.locator("[name=username]").fill("grace@hill")
        page.locator("[name=password]").fill(phrase)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        print("signed in, and led to", page.url)
        print("hosts asked:", sorted(hosts))
        assert hosts <= {HOST}
        browser.close()


def run_greeting(page: Page) -> None:
    began = time.monotonic()
    page.get_by_role("button", name="Run", exact=True).click()
    answer = page.get_by_label("Program input")
    console = page.locator(".console").first
    expect(console).to_contain_text("What is your name?", timeout=60_000)
    print(f"the program asks its question {time.monotonic() - began:.1f} s after Run, the first on this browser")
    for line in ("Ada", "2010"):
        answer.fill(line)
        answer.press("Enter")
    expect(console).to_contain_text("Hello Ada!", timeout=30_000)


class timed:
    """Prints how long its block took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *failure: object) -> None:
        print(f"{self.what}: {time.monotonic() - self.began:.0f} s", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    main(Path(sys.argv[1]).resolve())
