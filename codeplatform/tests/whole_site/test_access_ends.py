"""Access ends with what it came from, on the very next request with the same cookie (promise 3).

Each test changes something about a person who is signed in, and then walks the whole table: from now on they get what
somebody else in the table gets.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import Visitor, address
from codeplatform.tests.whole_site.world import World
from schools import people
from schools.models import Classroom, Enrolment

METHODS = ("get", "post")  # where one is refused, so are the others: test_access_matrix.py
Event = Callable[[World], object]


def leave(name: str) -> Event:
    """Out of 10A and, as the other people of the table, into 10B."""

    def event(world: World) -> None:
        person = User.objects.get(pk=world.cast.home[name].pk)
        people.set_classes(person, [world.cast.home.classrooms["10B"]])

    return event


def close(name: str) -> Event:
    return lambda world: people.close_account(User.objects.get(pk=world.cast.home[name].pk))


def demote(name: str) -> Event:
    return lambda world: people.change_role(User.objects.get(pk=world.cast.home[name].pk), Role.TEACHER)


def sign_out_everywhere(name: str) -> Event:
    return lambda world: people.sign_out_everywhere(User.objects.get(pk=world.cast.home[name].pk))


# Who is signed in, what happens, and as whom the site treats them afterwards
ENDS: dict[str, tuple[str, Event, str]] = {
    "a teacher who teaches another class now": ("teacher", leave("teacher"), "colleague"),
    "a student who moved to another class": ("ben (same class)", leave("ben"), "dan (other class)"),
    "a student whose account is closed": ("ada", close("ada"), "visitor"),
    "a teacher whose account is closed": ("teacher", close("teacher"), "visitor"),
    "a school admin whose account is closed": ("head", close("head"), "visitor"),
    "a school admin who is made a teacher": ("head", demote("head"), "visitor"),
    "a student who was signed out everywhere": ("ada", sign_out_everywhere("ada"), "visitor"),
}


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_at_once(world: World, end: str) -> None:
    actor, event, like = ENDS[end]
    visitor = Visitor(world, actor)
    assert visitor.ask("get", "/password/").status == 200
    event(world)
    # An exercise stays its author's, whichever class they teach.
    table = {name: row for name, row in TABLE.items() if like == "visitor" or not name.startswith("exercises:")}
    given = {
        name: {m: visitor.ask(m, address(name, row.args, world.home)).status for m in METHODS}
        for name, row in table.items()
    }

    assert given == {name: {m: row.expected(m)[like] for m in METHODS} for name, row in table.items()}


def test_the_students_of_a_class_that_is_archived_are_nobodys_any_more(world: World) -> None:
    teacher = Visitor(world, "teacher")
    Classroom.objects.filter(pk=world.home["classroom"]).update(archived_at=timezone.now())
    about_ada = [name for name, row in TABLE.items() if {"project", "person", "list", "classroom"} & set(row.args)]
    let_in = [
        name
        for name in about_ada
        for method in ("get", "post")
        if teacher.ask(method, address(name, TABLE[name].args, world.home)).status not in {403, 404, 405}
    ]

    assert let_in == ["schools:classroom-unarchive"]


def test_a_student_who_left_a_class_is_out_of_its_teachers_reach(world: World) -> None:
    teacher = Visitor(world, "teacher")
    people.leave_classes(world.cast.home["ada"], Enrolment.objects.filter(user=world.home["person"]))
    about_ada = [name for name, row in TABLE.items() if {"project", "person"} & set(row.args)]
    let_in = [
        name
        for name in about_ada
        for method in ("get", "post")
        if teacher.ask(method, address(name, TABLE[name].args, world.home)).status not in {404, 405}
    ]

    assert let_in == []


class TestWhoHasToChooseAPassword:
    """Somebody with a pass-phrase that the school made is let in nowhere before they have their own."""

    def test_gets_nowhere(self, world: World) -> None:
        User.objects.filter(pk__in=[world.home["person"], world.home["teacher"]]).update(must_change_password=True)
        for actor in ("ada", "teacher"):
            visitor = Visitor(world, actor)
            let_in = {}
            for name, row in TABLE.items():
                for method in METHODS:
                    answer = visitor.ask(method, address(name, row.args, world.home))
                    if answer.status == row.expected(method)[actor] and not answer.location.startswith("/password/"):
                        let_in.setdefault(name, set()).add(method)
            open_to_visitors = {name for name, row in TABLE.items() if row.get[0] != 302 or row.rest[0] == 405}

            assert let_in.keys() - open_to_visitors == {"accounts:account"}

    def test_gets_nothing_as_json_either(self, world: World) -> None:
        User.objects.filter(pk=world.home["person"]).update(must_change_password=True)
        visitor = Visitor(world, "ada")
        url = f"/projects/{world.home['project']}/"
        for path in ("", "files/", "history/", "history/1/files/", "zip/"):
            answer = visitor.ask("get", url + path, headers={"accept": "application/json"})
            assert (answer.status, "Text-ada-home" in answer.text) == (403, False)
        body = '{"base": 2, "key": "key-000001", "files": []}'
        assert visitor.ask("post", f"{url}save/", body, content_type="application/json").status == 403
