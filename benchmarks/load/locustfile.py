"""The model of a lesson, for locust: who signs in, types, checks, looks, and saves once more when the bell rings.

Rates are those of a lesson as planned for: everybody signs in within a minute, a save every 5 s while somebody types,
which is half of the time; a check every 45 s; a teacher's grid every 10 s.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, constant_pacing, events, task

NAME = os.environ["LOAD_NAME"]
PASSWORD = os.environ["LOAD_PASSWORD"]
OUTPUT = Path(os.environ["LOAD_OUTPUT"])
# school: (number of its students, how many times as fast as people do things they do them)
SCHOOLS: dict[str, tuple[int, float]] = json.loads(os.environ["LOAD_SCHOOLS"])
CLASS_SIZE = int(os.environ["LOAD_CLASS_SIZE"])
SECONDS = float(os.environ["LOAD_SECONDS"])
SIGN_IN_S = float(os.environ["LOAD_SIGN_IN_S"])

SAVE_EVERY_S, TYPING_SHARE, CHECK_EVERY_S, LOOK_EVERY_S, BELL_S = 5.0, 0.5, 45.0, 10.0, 10.0
TEXT_CHARS = 4096
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

students = [(school, number) for school, (count, _) in SCHOOLS.items() for number in range(count)]
random.Random(7).shuffle(students)
teachers = [(school, number) for school, (count, _) in SCHOOLS.items() for number in range(-(-count // CLASS_SIZE))]
acknowledged: dict[str, dict[str, Any]] = {}
beginning = time.monotonic()


class Person(FastHttpUser):
    """A browser that is signed in; `school` names it in the report."""

    abstract = True
    insecure = True
    connection_timeout = network_timeout = 30.0

    def arrive(self, name: str, school: str) -> None:
        self.cookies: dict[str, str] = {}
        self.school = school
        self.ask("GET", "/login/", "sign-in page")
        form = urlencode({"username": name, "password": PASSWORD, "csrfmiddlewaretoken": self.token()})
        while self.ask("POST", "/login/", "sign in", form, FORM)[0] != 302:
            gevent.sleep(random.uniform(1, 3))

    def ask(
        self, method: str, path: str, what: str, body: str | None = None, kind: str = "", honest: tuple[int, ...] = ()
    ) -> tuple[int, bytes]:
        """Status and body; statuses below 400 are fine, those in `honest` too: the answer is heeded, not a failure."""
        headers = {"Host": NAME, "Referer": f"https://{NAME}/", "Accept": "application/json, text/html"}
        headers["Accept-Encoding"] = "gzip"
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers |= {"Origin": f"https://{NAME}", "Content-Type": kind, "X-CSRFToken": self.token()}
        with self.client.request(
            method, path, name=f"{self.school}: {what}", data=body, headers=headers, allow_redirects=False,
            catch_response=True,
        ) as response:  # fmt: skip
            status = response.status_code or 0
            if 0 < status < 400 or status in honest:
                response.success()
            else:
                response.failure(f"{status}")
            for line in response.headers.getlist("Set-Cookie") if response.headers else []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return status, response.content or b""

    def token(self) -> str:
        return self.cookies.get("__Host-csrftoken", "")


class Student(Person):
    fixed_count = len(students)
    wait_time = constant_pacing(0.5)

    def on_start(self) -> None:
        school, number = students.pop()
        self.pace = SCHOOLS[school][1]
        gevent.sleep(random.uniform(0, SIGN_IN_S))
        self.arrive(f"s{number:04}@{school}", school)
        page = self.ask("GET", "/projects/", "list of projects")[1].decode()
        self.project = re.search(r'href="/projects/([0-9a-f-]{36})/"', page)[1]  # type: ignore[index]
        self.ask("GET", f"/projects/{self.project}/", "project page")
        page = self.ask("GET", "/assignments/", "list of assignments")[1].decode()
        assignment = re.search(r'href="(/assignments/[0-9a-f-]{36}/)', page)[1]  # type: ignore[index]
        page = self.ask("GET", f"{assignment}1/", "exercise page")[1].decode()
        self.check = re.search(r"/work/[0-9a-f-]{36}/\d+/check/", page)[0]  # type: ignore[index]
        self.revision = json.loads(self.ask("GET", f"/projects/{self.project}/files/", "files of a project")[1])[
            "revision"
        ]
        now = time.monotonic()
        self.next_save = now + random.uniform(0, SAVE_EVERY_S / self.pace)
        self.next_check = now + random.uniform(0, CHECK_EVERY_S / self.pace)
        self.last_save = beginning + SECONDS - BELL_S * random.random()
        self.record = acknowledged.setdefault(self.project, {"acknowledged": [], "sent": []})

    @task
    def work(self) -> None:
        now = time.monotonic()
        if now >= self.last_save:
            self.last_save = float("inf")
            self.save("last save")
        if now >= self.next_save:
            self.next_save = now + SAVE_EVERY_S / self.pace
            if random.random() < TYPING_SHARE:
                self.save("save")
        if now >= self.next_check:
            self.next_check = now + CHECK_EVERY_S / self.pace
            self.ask("POST", self.check, "check", json.dumps({"percent": random.randrange(101)}), JSON, (429, 503))

    def save(self, what: str) -> None:
        text = f"# {self.project} " + secrets.token_hex(TEXT_CHARS // 2)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.record["sent"].append(digest)
        files = [{"path": "main.py", "text": text}]
        body = json.dumps({"base": self.revision, "key": secrets.token_hex(16), "files": files})
        pause_s = 1.0
        while True:
            status, answer = self.ask("POST", f"/projects/{self.project}/save/", what, body, JSON, (429, 503))
            if status == 200:
                self.revision = json.loads(answer)["revision"]
                self.record["acknowledged"].append([self.revision, digest])
                return
            gevent.sleep(pause_s * random.uniform(0.8, 1.2))
            pause_s = min(2 * pause_s, 30.0)


class Teacher(Person):
    fixed_count = len(teachers)
    wait_time = constant_pacing(LOOK_EVERY_S)

    def on_start(self) -> None:
        school, number = teachers.pop()
        gevent.sleep(random.uniform(0, SIGN_IN_S))
        self.arrive(f"t{number:02}@{school}", school)
        page = self.ask("GET", "/classes/", "list of classes")[1].decode()
        self.classroom = re.search(r'href="(/classes/[0-9a-f-]{36}/)', page)[1]  # type: ignore[index]

    @task
    def look(self) -> None:
        self.ask("GET", f"{self.classroom}grid/", "grid of a class", honest=(429, 503))


@events.test_stop.add_listener
def write(**_: Any) -> None:
    OUTPUT.write_text(json.dumps(acknowledged))
