"""Each route times each role has an expected status in one table; a route that is not in it fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.ids import uuid7
from codeplatform.testing import Cast, signed_in
from projects.keeping import move_to_bin
from projects.saving import create_project
from schools import roster
from schools.models import RosterBatch

# Who asks. The object in question is ada's of the school `home`: her project, her class 10A.
ACTORS = (
    "visitor",
    "ada",
    "ben (same class)",
    "dan (other class)",
    "teacher",
    "colleague",
    "head",
    "ada of away",
    "teacher of away",
    "head of away",
    "operator",
)
SIGN_IN = 302  # to the sign-in page
OK = [200] * 11


@dataclass(frozen=True)
class Row:
    """What GET and POST answer to each of ACTORS; `args` names what stands in the URL."""

    get: list[int]
    post: list[int]
    args: tuple[str, ...] = ()


def everyone(status: int) -> list[int]:
    return [status] * 11


def signed_in_only(status: int) -> list[int]:
    return [SIGN_IN, *[status] * 10]


# visitor, ada, ben, dan, teacher, colleague, head, ada/away, teacher/away, head/away, operator
OWN_PROJECT = [302, 200, 404, 404, 200, 404, 200, 404, 404, 404, 200]
# Teachers see ada, but only she herself and her school's admin take her data
EXPORT = [302, 200, 404, 404, 403, 404, 200, 404, 404, 404, 200]


def owner_only(status: int) -> list[int]:
    """What the owner gets; 403 for those who may look, 404 for the rest."""
    return [302, status, 404, 404, 403, 404, 403, 404, 404, 404, 403]


def in_the_bin(status: int) -> list[int]:
    """What the owner gets; nobody else sees what is in the bin."""
    return [302, status, *[404] * 9]


def own_class(status: int) -> list[int]:
    """What those get who look after the class; 403 for its students, 404 for the rest."""
    return [302, 403, 403, 404, status, 404, status, 404, 404, 404, status]


def own_list(status: int) -> list[int]:
    """What the teacher gets who made the list; 403 for the students of the class, 404 for the rest."""
    return [302, 403, 403, 404, status, *[404] * 6]


TABLE: dict[str, Row] = {
    "frontend:home": Row([200, *[302] * 10], everyone(405)),
    "frontend:compatibility": Row(OK, everyone(405)),
    "frontend:cors": Row(OK, everyone(405)),
    "frontend:robots": Row(OK, everyone(405)),
    "frontend:sandbox-frame": Row(OK, everyone(405)),
    "accounts:sign-in": Row([200, *[302] * 10], [200, *[302] * 10]),
    "accounts:school-sign-in": Row([200, *[302] * 10], [200, *[302] * 10], ("slug",)),
    "accounts:account": Row(signed_in_only(200), signed_in_only(200)),
    "accounts:sign-out-others": Row(signed_in_only(405), signed_in_only(302)),
    "accounts:sign-out": Row(everyone(405), everyone(302)),
    "projects:project-list": Row(signed_in_only(200), signed_in_only(400)),
    "projects:project-upload": Row(signed_in_only(405), signed_in_only(400)),
    "projects:bin": Row(signed_in_only(200), signed_in_only(405)),
    "projects:project-detail": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-files": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-save": Row(
        signed_in_only(405), [302, 415, 404, 404, 403, 404, 403, 404, 404, 404, 403], ("project",)
    ),
    "projects:project-history": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-revision": Row(OWN_PROJECT, signed_in_only(405), ("project", "revision")),
    "projects:project-revision-files": Row(OWN_PROJECT, signed_in_only(405), ("project", "revision")),
    "projects:project-restore": Row(
        signed_in_only(405), [302, 302, 404, 404, 403, 404, 403, 404, 404, 404, 403], ("project", "revision")
    ),
    "projects:project-zip": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-rename": Row(owner_only(200), owner_only(400), ("project",)),
    "projects:project-duplicate": Row(signed_in_only(405), owner_only(302), ("project",)),
    "projects:project-bin": Row(owner_only(200), owner_only(302), ("project",)),
    "projects:bin-restore": Row(signed_in_only(405), in_the_bin(302), ("binned",)),
    "projects:bin-delete": Row(in_the_bin(200), in_the_bin(302), ("binned",)),
    "schools:classroom-list": Row([302, 403, 403, 403, 200, 200, 200, 403, 200, 200, 200], signed_in_only(405)),
    "schools:classroom-detail": Row(own_class(200), signed_in_only(405), ("classroom",)),
    "schools:classroom-create": Row(
        [302, 403, 403, 403, 200, 200, 200, 403, 200, 200, 403], [302, 403, 403, 403, 400, 400, 400, 403, 400, 400, 403]
    ),
    "schools:classroom-settings": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:classroom-archive": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "schools:classroom-unarchive": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "schools:classroom-teachers": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:teacher-remove": Row(signed_in_only(405), own_class(302), ("classroom", "teacher")),
    "schools:join-code": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:join-code-revoke": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "join": Row([200] * 4 + [403] * 3 + [200] + [403] * 3, [400] * 4 + [403] * 3 + [400] + [403] * 3),
    "register": Row(everyone(302), everyone(302)),  # to the page where a code is typed
    "schools:students-change": Row(signed_in_only(405), own_class(400), ("classroom",)),
    "schools:student-detail": Row(own_class(200), signed_in_only(405), ("classroom", "person")),
    "schools:student-release": Row(signed_in_only(405), own_class(302), ("classroom", "person")),
    "schools:student-reopen": Row(signed_in_only(405), own_class(404), ("classroom", "person")),
    "schools:students-add": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:roster-batch": Row(own_list(200), own_list(200), ("classroom", "list")),
    "schools:roster-step": Row(signed_in_only(405), own_list(302), ("classroom", "list")),
    "schools:login-cards": Row(signed_in_only(405), own_list(200), ("classroom", "list")),
    "export-own": Row(signed_in_only(200), signed_in_only(200)),
    "export-person": Row(EXPORT, EXPORT, ("person",)),
    "admin-sign-in": Row([302, *[403] * 10], everyone(405)),
    "healthz": Row(OK, everyone(405)),
    "readyz": Row(everyone(503), everyone(405)),  # no runtime in the tests
}


def routes(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


ALL_ROUTES = dict(routes(get_resolver().url_patterns))
ADMIN_ROUTES = sorted(
    name for name in ALL_ROUTES if name.startswith("admin:") and name not in {"admin:None", "admin:logout"}
)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """With something in ada's bin."""
    binned = create_project(cast.home["ada"], "Binned: Work of ada of home")
    move_to_bin(binned)
    cast.home.projects["binned"] = binned
    issued_list(cast)
    return cast


def issued_list(cast: Cast) -> RosterBatch:
    """The teacher's list of a new pass-phrase for ada, whose card waits to be shown."""
    batch = roster.begin_resets([cast.home["ada"]], cast.home.classrooms["10A"], cast.home["teacher"])
    roster.confirm(batch)
    roster.advance(batch, seconds=5, by=cast.home["teacher"])
    cast.home["ada"].refresh_from_db()
    return batch


def sign_in(cast: Cast, actor: str) -> Client:
    people = {"visitor": None, "operator": cast.operator}
    name, _, rest = actor.partition(" ")
    school = cast.away if rest == "of away" else cast.home
    return signed_in(people[actor] if actor in people else school[name])


def ask(cast: Cast, actor: str, method: str, url: str) -> HttpResponse:
    """The answer; whatever the request changed is undone, so that each actor finds the same."""
    client = sign_in(cast, actor)
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def address(cast: Cast, name: str, args: tuple[str, ...]) -> str:
    values = {
        "slug": "home",
        "project": cast.home.projects["ada"].pk,
        "revision": 1,
        "person": cast.home["ada"].pk,
        "binned": cast.home.projects["binned"].pk,
        "classroom": cast.home.classrooms["10A"].pk,
        "teacher": cast.home["teacher"].pk,
        "list": cast.home.classrooms["10A"].roster_batches.get().pk,
    }
    return reverse(name, args=[values[arg] for arg in args])


def test_every_route_is_in_the_table() -> None:
    assert {name for name in ALL_ROUTES if not name.startswith("admin:")} == set(TABLE)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", TABLE)
def test_each_actor_gets_the_expected_status(cast: Cast, name: str, method: str) -> None:
    row = TABLE[name]
    url = address(cast, name, row.args)
    responses = {actor: ask(cast, actor, method, url) for actor in ACTORS}

    assert {actor: response.status_code for actor, response in responses.items()} == dict(
        zip(ACTORS, getattr(row, method), strict=True)
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name", [name for name, row in TABLE.items() if {"project", "binned", "classroom", "person"} & {*row.args}]
)
def test_what_is_hidden_looks_like_what_does_not_exist(cast: Cast, name: str, method: str) -> None:
    client = signed_in(cast.away["head"])
    hidden = getattr(client, method)(address(cast, name, TABLE[name].args))
    rest = [1 if arg == "revision" else uuid7() for arg in TABLE[name].args[1:]]
    missing = getattr(client, method)(reverse(name, args=[uuid7(), *rest]))

    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


@pytest.mark.parametrize("actor", ["dan (other class)", "ada of away", "teacher of away", "head of away", "visitor"])
def test_no_page_tells_an_outsider_anything(cast: Cast, actor: str) -> None:
    markers = [*(f"marker {n} of home" for n in ("ada", "ben", "cleo")), "Work of ada of home", "ada@home", "ben@home"]
    for name, row in TABLE.items():
        body = ask(cast, actor, "get", address(cast, name, row.args)).content.decode()
        assert [marker for marker in markers if marker in body] == [], name


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if not actor.startswith(("head", "operator"))])
def test_the_admin_lets_only_school_admins_and_operators_in(cast: Cast, actor: str) -> None:
    client = sign_in(cast, actor)
    for name in ADMIN_ROUTES:
        for response in (client.get(admin_address(name)), client.post(admin_address(name))):
            assert response.status_code in {302, 403, 404, 405}, name
            if response.status_code == 302:
                assert "/login/" in response.headers["Location"], name


def admin_address(name: str) -> str:
    if name == "admin:app_list":
        return reverse(name, args=["schools"])
    pattern = ALL_ROUTES[name].pattern
    return reverse(name, kwargs=dict.fromkeys(pattern.regex.groupindex or pattern.converters, "1"))


@pytest.mark.parametrize("actor", ["operator", "head", "head of away"])
def test_school_admins_and_operators_get_in(cast: Cast, actor: str) -> None:
    """What they find there is in test_admin_scope.py."""
    assert sign_in(cast, actor).get("/admin/").status_code == 200


def test_a_student_is_not_sent_in_a_circle_by_the_admin(cast: Cast) -> None:
    response = signed_in(cast.home["ada"]).get("/admin/", follow=True)

    assert response.status_code == 403
