"""Every route, its address, and the answer that somebody gets there."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from codeplatform.testing import signed_in
from codeplatform.tests.headers import lacking
from codeplatform.tests.whole_site.rows import writes
from codeplatform.tests.whole_site.world import ACTORS, Keys, World

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
ADMIN_MODELS = {
    "accounts.User": "accounts/user",
    "schools.School": "schools/school",
    "schools.Classroom": "schools/classroom",
    "schools.Enrolment": "schools/enrolment",
    "schools.JoinCode": "schools/joincode",
    "schools.AuditEvent": "schools/auditevent",
    "schools.RetiredSlug": "schools/retiredslug",
    "schools.Interest": "schools/interest",
    "projects.Project": "projects/project",
    "exercises.Exercise": "exercises/exercise",
    "assessment.Assignment": "assessment/assignment",
}


def _patterns(patterns: list[Any], namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else route), route


# Name (of those without one, the route itself) and route of everything in the URLconf.
ROUTES = dict(_patterns(get_resolver().url_patterns))


def route_of(row: str) -> str:
    """The route that a row of the table is about: several rows may be, each about another state of things."""
    return row.partition(" (")[0]


def address(row: str, args: tuple[str, ...], keys: Keys) -> str:
    """Where it is, with these keys in the address."""
    name = route_of(row)
    if "/" not in name:
        return reverse(name, args=[keys[arg] for arg in args])
    route = name.replace("<path:object_id>", str(keys[args[0]]) if args else "")
    return "/" + route.replace("(?P<url>.*)$", "no/such/page")


@dataclass(frozen=True)
class Answer:
    """`text` is all that can be read in it: headers and body, and what archives hold; `lacks` are headers."""

    status: int
    body: bytes
    text: str
    location: str
    lacks: tuple[str, ...]


@cache
def handler(enforces_token: bool) -> ClientHandler:
    """One for all browsers: each would look through all static files when it begins."""
    return ClientHandler(enforce_csrf_checks=enforces_token)


class Visitor:
    """One person's browser. Whatever a request changes is undone, cookies too, so that the next finds the same.

    `after` is what `look` saw before it was undone, `before` what it saw when `settle` was called.
    """

    def __init__(
        self, world: World, actor: str, look: Callable[[], Any] = lambda: None, *, enforces_token: bool = False
    ) -> None:
        self.look = look
        self.before = self.after = None
        self.world = world
        person = ACTORS[actor](world.cast)
        self.client: Client = signed_in(person and User.objects.get(pk=person.pk))
        self.client.handler = handler(enforces_token)
        # Pages of errors show the number of the request, as nginx gave it.
        self.client.defaults["HTTP_X_REQUEST_ID"] = "0" * 32
        self.stay()

    def stay(self) -> None:
        """What the browser holds now is what it begins every request with."""
        self.cookies = copy.deepcopy(self.client.cookies)

    def settle(self) -> None:
        """What the database holds now is what every request finds."""
        self.before = self.look()

    def ask(self, method: str, url: str, *args: Any, **kwargs: Any) -> Answer:
        self.client.cookies = copy.deepcopy(self.cookies)
        with transaction.atomic(), writes() as written:
            response = getattr(self.client, method)(url, *args, **kwargs)
            answer = read(response)
            self.after = self.look() if written else self.before
            transaction.set_rollback(True)
        return answer


def read(response: HttpResponse) -> Answer:
    # An export is made while it is sent.
    body = b"".join(response) if response.streaming else response.content
    texts = [f"{name}: {value}" for name, value in response.items()]
    texts += [morsel.OutputString() for morsel in response.cookies.values()]
    texts += _unpacked(body) if body.startswith(b"PK") else [body.decode(errors="replace")]
    lacks = tuple(lacking(response.headers, is_sandbox="sandbox" in response.headers["Content-Security-Policy"]))
    return Answer(response.status_code, body, "\n".join(texts), response.headers.get("Location", ""), lacks)


def _unpacked(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [*archive.namelist(), *(archive.read(name).decode(errors="replace") for name in archive.namelist())]
