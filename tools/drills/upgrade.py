"""Upgrades under saves, on the machine of tools.drills.install: `python -m tools.drills.upgrade FOLDER`.

While four students save some five times a second each, three releases come: a good one, one that cannot start, and one
that passes its trial but that nginx cannot serve. Afterwards every save that was acknowledged is looked for. What is
found is printed for docs/operations/install.md. Takes some minutes.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tools.drills.install import HOST
from tools.drills.machine import Machine

STUDENTS = ("ada@demo", "ben@demo", "cleo@demo", "dan@demo")
PASSWORD = "demo-demo-demo"  # noqa: S105 - of the demo accounts
PAUSE_S = 0.2
RETRY_S = 1.0


@dataclass
class Student:
    """Somebody who saves one project again and again, and tries again as the browser does."""

    name: str
    acknowledged: dict[int, str] = field(default_factory=dict)  # texts by revision
    longest_s: float = 0.0
    refused: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    project: str = ""

    def sign_in(self) -> None:
        form = {"username": self.name, "password": PASSWORD, "csrfmiddlewaretoken": self._token(self.ask("/login/")[1])}
        status, told = self.ask("/login/", urlencode(form), "application/x-www-form-urlencoded")
        assert status == 302, told
        form = {"name": f"Upgrade {uuid4().hex[:8]}", "template": "empty"}
        form["csrfmiddlewaretoken"] = self._token(self.ask("/projects/")[1])
        status, told = self.ask("/projects/", urlencode(form), "application/x-www-form-urlencoded")
        assert status == 302, told
        self.project = self.location

    def save_until(self, ended: threading.Event) -> None:
        revision = json.loads(self.ask(f"{self.project}files/")[1])["revision"]
        while not ended.is_set():
            text = f"# {uuid4().hex}\n"
            data = json.dumps({"base": revision, "key": uuid4().hex, "files": [{"path": "main.py", "text": text}]})
            began = time.monotonic()
            while True:
                try:
                    status, told = self.ask(f"{self.project}save/", data, "application/json")
                except (OSError, HTTPException) as error:
                    status, told = 0, repr(error)
                if status == 200:
                    break
                self.refused.append(f"{status} {told[:80]}")
                time.sleep(RETRY_S)
            revision = json.loads(told)["revision"]
            self.acknowledged[revision] = text
            self.longest_s = max(self.longest_s, time.monotonic() - began)
            ended.wait(PAUSE_S)

    def ask(self, path: str, body: str | None = None, content_type: str = "") -> tuple[int, str]:
        its_own = ssl._create_unverified_context()  # nosec B323 # noqa: S323 - the certificate is the machine's own
        connection = HTTPSConnection(HOST, context=its_own, timeout=30)
        connection._create_connection = _to_the_machine  # type: ignore[attr-defined]
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": content_type, "Origin": f"https://{HOST}"}
            headers["X-CSRFToken"] = self.cookies["__Host-csrftoken"]
        connection.request("GET" if body is None else "POST", path, body, headers)
        response = connection.getresponse()
        told = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.location = response.headers.get("Location", "")
        connection.close()
        return response.status, told

    @staticmethod
    def _token(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, page[:500]
        return found[1]


def _to_the_machine(address: object, *rest: object) -> object:
    return socket.create_connection(("127.0.0.1", 443), *rest)  # type: ignore[arg-type]


def main(folder: Path) -> None:
    machine = Machine(folder)
    machine.boot()
    try:
        machine.run("codeplatform", "seed_demo", "--force", "--password", PASSWORD)
        students = [Student(name) for name in STUDENTS]
        for student in students:
            student.sign_in()
        upgrade(machine, students, "good", "is in use", lambda source: None)
        upgrade(machine, students, "cannot-start", "nothing was switched", break_wsgi)
        upgrade(machine, students, "cannot-be-served", "is in use again", break_nginx)
        look_for_saves(machine, students)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.output}")
    finally:
        machine.shut_down()


def break_wsgi(source: Path) -> None:
    (source / "codeplatform" / "wsgi.py").write_text("raise RuntimeError('a release that cannot start')\n")


def break_nginx(source: Path) -> None:
    site = source / "deploy" / "nginx" / "codeplatform.conf"
    site.write_text(site.read_text() + "\nno_such_directive on;\n")


def upgrade(machine: Machine, students: list[Student], name: str, expected: str, change: object) -> None:
    source = machine.bring_source(f"{name}-{time.time():.0f}")
    change(source)  # type: ignore[operator]
    before = machine.run("readlink", "/srv/codeplatform/current")
    for student in students:
        student.longest_s, student.refused = 0.0, []
    saves = sum(len(student.acknowledged) for student in students)
    ended = threading.Event()
    threads = [threading.Thread(target=student.save_until, args=(ended,)) for student in students]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    inside = f"/root/{source.name}/deploy/upgrade.sh"
    done = subprocess.run(machine.command(inside), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds = time.monotonic() - began
    time.sleep(3)
    ended.set()
    for thread in threads:
        thread.join()
    after = machine.run("readlink", "/srv/codeplatform/current")
    made = sum(len(student.acknowledged) for student in students) - saves
    assert expected in done.stdout, done.stdout
    assert (done.returncode == 0) == (before != after) == (name == "good"), done.stdout
    refused = [told for student in students for told in student.refused]
    print(
        f"{name}: ended with {done.returncode} after {seconds:.0f} s; {made} saves "
        f"({made / (seconds + 3):.0f} a second), "
        f"{len(refused)} had to be tried again {sorted(set(refused))}, the slowest took "
        f"{max(student.longest_s for student in students):.1f} s",
        flush=True,
    )


def look_for_saves(machine: Machine, students: list[Student]) -> None:
    """What was acknowledged last is what each project holds, and no revision was given twice or left out."""
    for student in students:
        state = json.loads(student.ask(f"{student.project}files/")[1])
        last = max(student.acknowledged)
        assert state["revision"] == last, (state["revision"], last)
        assert state["files"][0]["text"] == student.acknowledged[last]
        assert sorted(student.acknowledged) == list(range(min(student.acknowledged), last + 1))
    total = sum(len(student.acknowledged) for student in students)
    print(
        f"{total} saves were acknowledged: revisions without a gap, and the last text of each is the one that is there"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
