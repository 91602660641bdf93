"""Text from outside, however odd, is never a 500."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from codeplatform.testing import Cast, signed_in
from projects.models import Project

ODD = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\ufeff",
    "\u202e",
    "💥",
    "'\"<script>",
    "%00",
    "%ff",
    "../../etc/passwd",
    "9" * 5000,
    "9223372036854775808",
    "-1",
    "NaN",
    "1e999",
    "_connector",
    "{{ 7 * 7 }}",
    "\r\nSet-Cookie: x=1",
    "x" * 100_000,
    "(" * 5000,
]


FORM = "application/x-www-form-urlencoded"
HEADERS = [
    "accept",
    "accept-encoding",
    "accept-language",
    "content-type",
    "cookie",
    "origin",
    "range",
    "referer",
    "sec-fetch-site",
]
PROJECT_VERBS = ("save", "files", "zip", "rename", "duplicate", "bin", "bin/restore", "bin/delete")
PREFIXES = ("/", "/projects/", "/exercises/", "/classes/", "/login/", "/static/", "/runtime/")


def encode(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def part(name: str, file_name: str, content: str = "") -> bytes:
    """A multipart body with one file."""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
    return encode(f"{head}{content}\r\n--x--\r\n")


def clients(project: Project) -> list[Client]:
    """A student's and a visitor's."""
    return [signed_in(person, raise_request_exception=False) for person in (project.owner, None)]


def check(*responses: HttpResponse) -> None:
    assert [response.status_code for response in responses if response.status_code >= 500] == []


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
class TestOddText:
    def test_in_addresses(self, project: Project, odd: str) -> None:
        raw = quote(encode(odd), safe="")
        for client in clients(project):
            for prefix in PREFIXES:
                check(client.get(f"{prefix}{raw}"), client.get(f"{prefix}{raw}/"))
            check(client.get(f"/projects/{raw}/save/"), client.post(f"/projects/{raw}/save/"))
            for verb in PROJECT_VERBS:
                check(client.get(f"/projects/{raw}/{verb}/"), client.post(f"/projects/{raw}/{verb}/"))
            check(client.get(f"/login/?next={raw}&{raw}={raw}"), client.get(f"/projects/?{raw}={raw}"))
            check(client.get(f"/projects/?q={raw}&sort={raw}"), client.get(f"/projects/?q=hello&sort=-{raw}"))

    def test_in_forms(self, project: Project, odd: str) -> None:
        raw = quote(encode(odd), safe="")
        for client in clients(project):
            check(client.post("/projects/", f"name={raw}&{raw}=1", content_type=FORM))
            check(client.post("/projects/", f"name=Odd&template={raw}", content_type=FORM))
            for url in ("/projects/", "/projects/upload/", f"/projects/{project.pk}/rename/"):
                for body in (encode(odd), part("name", odd), part("archive", odd), part(odd, "x", odd)):
                    check(client.generic("POST", url, body, content_type="multipart/form-data; boundary=x"))
            check(client.post(f"/projects/{project.pk}/rename/", f"name={raw}&{raw}=1", content_type=FORM))
            check(client.get("/projects/"), client.get(f"/projects/{project.pk}/zip/"))
        visitor = clients(project)[1]
        check(visitor.post("/login/", f"username={raw}&password={raw}&next={raw}", content_type=FORM))
        check(visitor.post("/login/home/", f"username={raw}&password=x", content_type=FORM))

    def test_in_json(self, project: Project, odd: str) -> None:
        url = f"/projects/{project.pk}/save/"
        body = json.dumps({"base": odd, "key": odd, "files": odd}).encode()
        for client in clients(project):
            check(client.generic("POST", url, encode(odd), content_type="application/json"))
            check(client.generic("POST", url, body, content_type="application/json"))
            check(
                client.generic("POST", url, body, content_type=f"application/json; charset={quote(encode(odd))[:99]}")
            )

    def test_in_headers_and_cookies(self, project: Project, odd: str) -> None:
        header = encode(odd[:200]).decode("latin-1")
        for client in clients(project):
            for name in HEADERS:
                check(client.get("/projects/", headers={name: header}))
                check(client.generic("POST", "/projects/", b"name=x", FORM, headers={name: header}))
                check(client.get("/static/admin/css/base.css", headers={name: header}))
        for name in ("sessionid", "csrftoken"):
            visitor = clients(project)[1]
            visitor.cookies[name] = quote(encode(odd))[:300]
            check(visitor.get("/projects/"), visitor.post("/login/", {"username": "x", "password": "x"}))


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_on_the_pages_of_exercises(cast: Cast, odd: str) -> None:
    raw, exercise = quote(encode(odd), safe=""), cast.home.exercises["own"]
    teacher = signed_in(cast.home["teacher"], raise_request_exception=False)
    check(*(teacher.get(f"/exercises/?{name}={raw}") for name in ("q", "topic", "difficulty", "whose", raw)))
    whole = {"title": "x", "topic": "loops", "difficulty": "1", "statement": "x", "tests": "0", "files": "0"}
    whole |= {"test-0-kind": "io", "test-0-expected": "x", "file-0-part": "starter", "file-0-path": "main.py"}
    names = ["title", "topic", "difficulty", "tags", "statement", "entry", "hints", "based_on", "over", "do"]
    names += ["tests", "files", "file-0-part", "file-0-path", "file-0-text", "file-0-base64"]
    keys = ("kind", "name", "points", "visibility", "time_limit_s", "tolerance", "compare", "files", "path")
    names += [f"test-0-{key}" for key in keys]
    for name in names:
        form = "&".join(f"{key}={raw if key == name else value}" for key, value in (whole | {name: ""}).items())
        check(teacher.post(f"/exercises/{exercise.pk}/edit/", form, content_type=FORM))
    for url in ("/exercises/new/", f"/exercises/{exercise.pk}/edit/"):
        for kind in ("call", "structure", "unittest", "file"):
            keys = ("call", "setup", "returns", "leaves", "raises", "prints", "must_use", "path", "expected")
            row = "&".join(f"test-0-{key}={raw}" for key in keys)
            check(teacher.post(url, f"title=x&statement=x&tests=0&test-0-kind={kind}&{row}", content_type=FORM))
        for body in (encode(odd), part("uploads", odd, odd), part(odd, "x", odd)):
            check(teacher.generic("POST", url, body, content_type="multipart/form-data; boundary=x"))


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_text_on_the_pages_of_classes(cast: Cast, odd: str) -> None:
    raw, room = quote(encode(odd), safe=""), f"/classes/{cast.home.classrooms['10A'].pk}"
    teacher = signed_in(cast.home["teacher"], raise_request_exception=False)
    people = (
        teacher,
        signed_in(cast.home["dan"], raise_request_exception=False),
        Client(raise_request_exception=False),
    )
    for body in (
        part("names", "", odd),
        part("file", "x.csv", odd),
        part("file", odd, f"Name;Login name\n{odd};{odd}"),
    ):
        check(teacher.generic("POST", f"{room}/students/add/", body, content_type="multipart/form-data; boundary=x"))
    names = f"names=Name%3BLogin+name%3BClass%0A{raw}%3B{raw}%3B{raw}"
    check(teacher.post(f"{room}/students/add/", names, content_type=FORM))
    listed = teacher.post(f"{room}/students/add/", {"names": "Grace\nAnn"}).headers["Location"]
    check(teacher.post(listed, f"login-1={raw}&new-person-{raw}=1&login-{raw}=x", content_type=FORM))
    for url in ("/classes/new/", f"{room}/settings/"):
        check(teacher.post(url, f"name={raw}&year=2026", content_type=FORM))
        check(teacher.post(url, f"name=x&year={raw}", content_type=FORM))
    check(teacher.post(f"{room}/teachers/", f"login={raw}", content_type=FORM))
    check(teacher.post(f"{room}/students/change/", f"action={raw}&students={raw}", content_type=FORM))
    check(teacher.post(f"{room}/students/change/", f"action=move&students={raw}&target={raw}", content_type=FORM))
    check(teacher.post(f"{room}/join-code/", f"days={raw}&max_use_count={raw}", content_type=FORM))
    for client in people:
        check(client.post("/join/", f"code={raw}", content_type=FORM), client.get(f"/classes/{raw}/students/{raw}/"))
        check(client.post("/join/account/", f"display_name={raw}&login={raw}&password={raw}", content_type=FORM))


def test_random_json_is_never_a_500(project: Project) -> None:
    dice = random.Random(7)  # noqa: S311
    client = signed_in(project.owner, raise_request_exception=False)
    url = f"/projects/{project.pk}/save/"

    def value(depth: int = 0) -> Any:
        kinds: list[Any] = [None, True, 0, 1, -1, 1.5, 2**70, "", "main.py", "\ud800", "a\x00", "key-000001", "YQ=="]
        if depth < 3 and dice.random() < 0.5:
            names = ["base", "key", "files", "path", "text", "base64", "deleted", "_connector", ""]
            return (
                [value(depth + 1) for _ in range(dice.randrange(4))]
                if dice.random() < 0.5
                else {dice.choice(names): value(depth + 1) for _ in range(dice.randrange(5))}
            )
        return dice.choice(kinds)

    for _ in range(500):
        data = value() if dice.random() < 0.3 else {"base": 1, "key": "key-000001", "files": [value(2)]}
        response = client.post(url, json.dumps(data), content_type="application/json")
        assert response.status_code in {200, 400}, data
