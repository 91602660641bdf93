"""Other sites change nothing, whatever they make a person's browser send; nor does any request but a POST (promise 20).

For every address that changes anything; the requests are in changes.py.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from codeplatform.tests.test_odd_requests import FORM
from codeplatform.tests.whole_site.changes import CHANGES, ready, row_of
from codeplatform.tests.whole_site.rows import contents
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import Visitor, address
from codeplatform.tests.whole_site.world import World

pytestmark = pytest.mark.heavy

REFUSALS = {403, 405, 415}
EVIL = "https://evil.example"
OURS = "http://testserver"
FROM_ELSEWHERE: dict[str, dict[str, str]] = {
    "no token": {},
    "no token, as from our page": {"origin": OURS, "sec-fetch-site": "same-origin"},
    "another site": {"origin": EVIL, "sec-fetch-site": "cross-site"},
    "another site, old browser": {"origin": EVIL},
    "another site, with a referrer of ours": {"referer": f"{OURS}/", "sec-fetch-site": "cross-site"},
    "a neighbour": {"sec-fetch-site": "same-site"},
    "the sandbox frame": {"origin": "null", "sec-fetch-site": "cross-site"},
}


KINDS = ("text/plain", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
OTHER_METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")


def test_requests_from_elsewhere_are_refused(world: World) -> None:
    done = {}
    for row, change in CHANGES.items():
        with ready(world, change, contents, enforces_token=True) as visitor:
            for case, headers in FROM_ELSEWHERE.items():
                answer = change.send(visitor, row, change.data(world), headers=headers)
                if answer.status not in REFUSALS or visitor.after != visitor.before:
                    done[row, case] = answer.status

    assert done == {}


def test_json_that_says_it_is_something_else_is_refused(world: World) -> None:
    """What a form of another site can send without asking first, and the one kind that it cannot."""
    done = {}
    for row, change in CHANGES.items():
        url = address(row, row_of(row).args, world.home)
        with ready(world, change, contents, enforces_token=True) as visitor:
            body = json.dumps(change.data(world), default=str)
            for kind in KINDS:
                answer = visitor.ask("post", url, body, content_type=kind)
                if answer.status not in REFUSALS or visitor.after != visitor.before:
                    done[row, kind] = answer.status

    assert done == {}


def test_no_other_method_changes_anything(world: World) -> None:
    done = {}
    for row, change in CHANGES.items():
        url = address(row, row_of(row).args, world.home)
        with ready(world, change, contents) as visitor:
            form = urlencode(change.data(world), doseq=True)
            for method in OTHER_METHODS:
                answer = visitor.ask("generic", method, f"{url}?{form}", form, FORM)
                if answer.status >= 500 or visitor.after != visitor.before:
                    done[row, method] = answer.status

    assert done == {}


@pytest.mark.parametrize("actor", ["visitor", "ada", "teacher", "head", "operator"])
def test_looking_changes_nothing(world: World, actor: str) -> None:
    visitor = Visitor(world, actor, contents)
    visitor.settle()
    changed = []
    for name, row in TABLE.items():
        visitor.ask("get", address(name, row.args, world.home))
        if visitor.after != visitor.before:
            changed.append(name)

    assert changed == []


def test_a_request_of_our_own_page_with_its_token_is_done(world: World) -> None:
    """What the refusals above are worth."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.home["ada"])
    token = client.get("/projects/").cookies["csrftoken"].value
    ours = {"origin": OURS, "sec-fetch-site": "same-origin", "x-csrftoken": token}

    assert client.post("/projects/", {"name": "New"}, headers=ours).status_code == 302
