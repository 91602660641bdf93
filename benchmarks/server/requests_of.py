"""The requests that are measured, as browsers send them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.server.client import Exchange, Request

PASSWORD = "four-words-for-benchmarks"  # noqa: S105 - of made-up people
TEXT = "print('a line of a program')  # \n" * 128  # 4 kB, what a save carries: one file of a student's
SIGN_IN, PAGE, SAVE, GRID, BARE = "sign in", "project page", "autosave", "class grid", "bare Django view"


class Saves:
    """Saves of one document by one browser, each on top of the last."""

    def __init__(self, path: str, session: str = "", revision: int = 0) -> None:
        self.path, self.session, self.revision = path, session, revision

    def __call__(self) -> Request:
        files = [{"path": "main.py", "text": f"{TEXT}{self.revision}\n"}]
        body = json.dumps({"base": self.revision, "key": uuid4().hex, "files": files})
        self.revision += 1
        return Request("POST", self.path, self.session, body, "application/json")


@dataclass(frozen=True)
class Action:
    """One thing people do; one exchange for each client."""

    name: str
    exchanges: list[Exchange]


def actions_of(people: dict[str, Any]) -> list[Action]:
    """All actions on our site."""
    students = people["students"]
    pages = [Request("GET", f"/projects/{student['project']}/", student["session"]) for student in students]
    saves = [
        Saves(f"/projects/{student['project']}/save/", student["session"], student["revision"]) for student in students
    ]
    grid = Request("GET", people["grid"], people["teacher"])
    return [
        Action(SIGN_IN, [Exchange(lambda n=student["name"]: _sign_in(n), 302) for student in students]),
        Action(PAGE, [Exchange(lambda page=page: page) for page in pages]),
        Action(SAVE, [Exchange(saving) for saving in saves]),
        Action(GRID, [Exchange(lambda: grid)]),
    ]


def bare_saves(documents: list[int]) -> Action:
    """The same saves, of documents of the bare view."""
    return Action(BARE, [Exchange(Saves(f"/documents/{document}/save/")) for document in documents])


def _sign_in(name: str) -> Request:
    body = urlencode({"username": name, "password": PASSWORD})
    return Request("POST", "/login/", "", body, "application/x-www-form-urlencoded")
