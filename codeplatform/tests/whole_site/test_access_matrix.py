"""Each address, asked for by each method and by everybody, answers as the table says; none is left out of it.

What can be read in the answers is in markers.py. Promises 1 to 4; `test_how_much_is_asked` has the figures.
"""

from __future__ import annotations

import pytest

from codeplatform.testing import Cast, signed_in
from codeplatform.tests.whole_site.asking import Answers, Asked
from codeplatform.tests.whole_site.markers import MARKERS
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import METHODS, ROUTES, Visitor, address, route_of
from codeplatform.tests.whole_site.world import ACTORS, World

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
# Those whose address holds two things, of which the second belongs to the first
OF_TWO = [
    name
    for name, row in TABLE.items()
    if len(row.args) == 2 and "revision" not in row.args and "position" not in row.args
]


def test_every_route_is_in_the_table() -> None:
    assert {route_of(name) for name in TABLE} == set(ROUTES)


@pytest.mark.parametrize("method", METHODS)
def test_everybody_gets_what_the_table_says(answers: Answers, method: str) -> None:
    given = {name: {actor: answers.given[Asked(actor, name, method)].status for actor in ACTORS} for name in TABLE}

    assert given == {name: row.expected(method) for name, row in TABLE.items()}


def test_how_much_is_asked(answers: Answers) -> None:
    """The figures that the closing note of the issue quotes; they grow with the site."""
    assert len(ROUTES) >= 110
    assert len(ACTORS) == 11
    assert len(answers.given) == len(TABLE) * len(METHODS) * len(ACTORS) >= 8_000


def test_every_answer_carries_the_headers(answers: Answers) -> None:
    """Refusals, redirects, downloads, the administration: all of them. Files and failures are in test_headers.py."""
    assert {(asked.row, answer.lacks) for asked, answer in answers.given.items() if answer.lacks} == set()


def test_hidden_things_look_like_those_that_do_not_exist(answers: Answers) -> None:
    different = [
        asked
        for asked, missing in answers.missing.items()
        if (missing.status, missing.body) != (404, answers.given[asked].body)
    ]

    assert len(answers.missing) > 500
    assert different == []


@pytest.mark.parametrize("actor", ["teacher", "head", "operator"])
def test_what_is_not_of_the_class_in_the_address_is_not_there(world: World, actor: str) -> None:
    visitor, found = Visitor(world, actor), []
    asked = [(name, method) for name in OF_TWO for method in ("get", "post")]
    for name, method in asked:
        if TABLE[name].expected(method)[actor] == 405:
            continue
        first, second = TABLE[name].args
        missing = visitor.ask(method, address(name, (first, second), {**world.home, second: world.missing()[second]}))
        for keys in (world.others, world.away):
            answer = visitor.ask(method, address(name, (first, second), {**world.home, second: keys[second]}))
            if (answer.status, answer.body) != (404, missing.body):
                found.append((name, method, answer.status))

    assert found == []


def test_who_may_not_enter_the_admin_is_led_to_where_they_sign_in(answers: Answers) -> None:
    outside = {actor for actor in ACTORS if not actor.startswith(("head", "operator"))}
    places = {
        answer.location.partition("?")[0]
        for asked, answer in answers.given.items()
        if asked.actor in outside and asked.row.startswith("admin") and asked.row != "admin:logout"
    }

    assert places <= {"", "/admin/login/", "/login/"}


def test_a_student_is_not_sent_in_a_circle_by_the_admin(cast: Cast) -> None:
    assert signed_in(cast.home["ada"]).get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_is_read_by_those_whom_it_concerns(answers: Answers, marker: str) -> None:
    found = {asked.actor for asked, answer in answers.given.items() if marker in answer.text}

    assert found == MARKERS[marker]


def test_a_pass_phrase_is_on_its_card_alone(answers: Answers) -> None:
    found = {asked for asked, answer in answers.given.items() if answers.world.pass_phrase in answer.text}

    assert {(asked.actor, asked.row, asked.method) for asked in found} == {("teacher", "schools:login-cards", "post")}
