"""Students who save as the page does: one save at a time, the same key at each try, until it is acknowledged."""

from __future__ import annotations

import hashlib
import json
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from benchmarks.host.host import NAME, Host
from benchmarks.host.school import PASSWORD, student_name

# The page tries again after 1, 2, 4 ... 30 s, and at once when it is looked at: here it is looked at all the time.
LONGEST_PAUSE_S = 1.0
FILE_BYTES = 4096


class SignInFailed(Exception):
    """The text says who, and what was answered."""


class NotAcknowledged(Exception):
    """A save has come to nothing; the text says whose, and what was answered last."""


@dataclass
class Tally:
    """What all students met together."""

    statuses: Counter[int] = field(default_factory=Counter)  # 0: no answer at all
    slowest_answer_s: float = 0.0
    slowest_save_s: float = 0.0  # from the first try until it was acknowledged
    save_times_s: list[float] = field(default_factory=list)  # of those acknowledged at the first try
    last_save_at: float = 0.0
    without_retry_after: int = 0  # answers of 503 that do not say when to come back
    lock: threading.Lock = field(default_factory=threading.Lock)


class Student:
    """One browser. `acknowledged` is (revision, sha256 of main.py) of every save that the server has confirmed."""

    def __init__(self, host: Host, name: str, tally: Tally) -> None:
        self.host = host
        self.name = name
        self.tally = tally
        self.cookies: dict[str, str] = {}
        self.connection: HTTPConnection | None = None
        self.project = ""
        self.revision = 0
        self.count = 0
        self.acknowledged: list[tuple[int, str]] = []
        self.sent: set[str] = set()

    def sign_in(self) -> None:
        """Sign in and open the project `Lesson`."""
        self.ask("GET", "/login/")
        form = {"username": self.name, "password": PASSWORD, "csrfmiddlewaretoken": self._token()}
        status, _, body = self.ask("POST", "/login/", urlencode(form), "application/x-www-form-urlencoded")
        if status != 302:
            raise SignInFailed(f"{self.name}: {status} {body[:200]!r}")
        _, _, page = self.ask("GET", "/projects/")
        found = re.search(rb'href="/projects/([0-9a-f-]{36})/"', page)
        if not found:
            raise SignInFailed(f"{self.name} has no project")
        self.project = found[1].decode()
        _, _, answer = self.ask("GET", f"/projects/{self.project}/files/")
        self.revision = json.loads(answer)["revision"]

    def save(self, gives_up: Callable[[], bool] = lambda: False) -> None:
        """Type something and save it, however often that takes. Raises NotAcknowledged once `gives_up` says so."""
        self.count += 1
        text = f"# {self.name} {self.count} " + secrets.token_hex(FILE_BYTES // 2)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.sent.add(digest)
        files = [{"path": "main.py", "text": text}]
        request = json.dumps({"base": self.revision, "key": secrets.token_hex(16), "files": files})
        first, pause_s = time.monotonic(), 0.1
        tries = 0
        while True:
            status, headers, body = self.ask("POST", f"/projects/{self.project}/save/", request, "application/json")
            if status == 200:
                self.revision = json.loads(body)["revision"]
                self.acknowledged.append((self.revision, digest))
                self._note_saved(time.monotonic() - first, at_once=tries == 0)
                return
            if status == 409:
                raise AssertionError(f"{self.name}: nobody else saves here, but {body[:200]!r}")
            if gives_up():
                raise NotAcknowledged(f"{self.name}: {status} {body[:200]!r}")
            time.sleep(min(pause_s, LONGEST_PAUSE_S) * random.uniform(0.8, 1.2))  # noqa: S311 - spreads the tries
            pause_s *= 2
            tries += 1

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; status 0 where there was no answer."""
        headers = {"Host": NAME, "Referer": f"https://{NAME}/", "Accept": "application/json, text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers |= {"Origin": f"https://{NAME}", "Content-Type": kind, "X-CSRFToken": self._token()}
        began = time.monotonic()
        status, found, content = 0, {}, b""
        try:
            if self.connection is None:
                self.connection = self.host.connect()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            status, content = response.status, response.read()
            found = {name.lower(): value for name, value in response.headers.items()}
            for line in response.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
        except (OSError, HTTPException):
            self.close()
        self._note_answer(status, time.monotonic() - began, "retry-after" in found)
        return status, found, content

    def close(self) -> None:
        if self.connection is not None:
            with suppress(OSError):
                self.connection.close()
            self.connection = None

    def _token(self) -> str:
        return self.cookies.get("__Host-csrftoken", "")

    def _note_answer(self, status: int, seconds: float, says_when: bool) -> None:
        with self.tally.lock:
            self.tally.statuses[status] += 1
            self.tally.slowest_answer_s = max(self.tally.slowest_answer_s, seconds)
            self.tally.without_retry_after += status == 503 and not says_when

    def _note_saved(self, seconds: float, at_once: bool) -> None:
        with self.tally.lock:
            self.tally.slowest_save_s = max(self.tally.slowest_save_s, seconds)
            self.tally.last_save_at = time.monotonic()
            if at_once:
                self.tally.save_times_s.append(seconds)


class Lesson:
    """Students who type and save, each every `pause_s`, in threads of their own."""

    def __init__(self, host: Host, school: str, count: int, pause_s: float = 1.0) -> None:
        self.host = host
        self.pause_s = pause_s
        self.tally = Tally()
        self.students = [Student(host, student_name(school, number), self.tally) for number in range(count)]
        self.over = threading.Event()
        self.ended_at = 0.0
        self.failures: list[str] = []

    def sign_in(self) -> None:
        for student in self.students:
            student.sign_in()

    @contextmanager
    def going_on(self, patience_s: float = 30) -> Iterator[None]:
        """While it is open they save; at its end each has `patience_s` to have its last save acknowledged."""
        threads = [threading.Thread(target=self._work, args=(student, patience_s)) for student in self.students]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.ended_at = time.monotonic()
            self.over.set()
            for thread in threads:
                thread.join()

    @property
    def acknowledged(self) -> int:
        return sum(len(student.acknowledged) for student in self.students)

    def _work(self, student: Student, patience_s: float) -> None:
        def gives_up() -> bool:
            return self.over.is_set() and time.monotonic() > self.ended_at + patience_s

        try:
            while not self.over.wait(self.pause_s * random.uniform(0.5, 1.5)):  # noqa: S311 - people are not in step
                student.save(gives_up)
        except Exception as error:  # noqa: BLE001 - the verdict tells it
            self.failures.append(f"{type(error).__name__}: {error}")
        finally:
            student.close()
