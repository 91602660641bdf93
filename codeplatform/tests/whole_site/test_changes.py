"""A request changes what it is meant to change, whatever else stands in it (promises 1, 2 and 5).

For every address that changes anything; the requests are in changes.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from codeplatform.tests.whole_site.changes import CHANGES, Change, ready
from codeplatform.tests.whole_site.rows import difference
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import Answer, Visitor, route_of
from codeplatform.tests.whole_site.world import ACTORS, Keys, World

pytestmark = pytest.mark.heavy

# Pages of the admin at which one can only look. What a POST to them does is in test_admin_scope.py.
LOOKED_AT = ("_history", "/", "$", "index", "app_list", "school_changelist", "auditevent_changelist", "slug_changelist")
LOOKED_AT += ("project_changelist", "exercise_changelist", "assignment_changelist", "interest_changelist")
# Keys that no form has, with what somebody would like them to be
GREEDY = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "groups": "1",
    "user_permissions": "1",
    "rev": "99",
    "created": "2001-01-01",
    "created_at": "2001-01-01 00:00",
    "created_at_0": "2001-01-01",
    "created_at_1": "00:00",
    "date_joined": "2001-01-01",
    "saved_at": "2001-01-01",
    "binned_at": "2001-01-01",
    "archived_at": "2001-01-01",
    "left_at": "2001-01-01",
    "expires_at": "2099-01-01",
    "history_bytes": "1",
    "score": "100",
    "graded": "on",
    "session_round": "99",
    "use_count": "0",
    "name_key": "x",
    "user": "away person",
    "owner": "away person",
    "owner_id": "away person",
    "author": "away person",
    "made_by": "away person",
    "project": "away project",
    "id": "away project",
    "pk": "away project",
    "classroom": "away classroom",
    "school": "away admin:schools.School",
    "school_id": "away admin:schools.School",
    # These are columns of some form: whether they may be set there is in test_admin_scope.py.
    "role": "operator",
    "username": "operator",
    "password": "x",
    "slug": "away",
    "revision": "99",
    "template": "x",
    "code": "AWAYXYZA",
    "must_change_password": "on",
    "max_use_count": "200",
}
MALFORMED = ("", "x", "-1", "0", str(2**63), str(2**64), "9" * 5000, "a\x00b", "None", "{}", "[]")


def key_of(world: World, value: str) -> str:
    """From `away classroom` the key of that; anything else as it is."""
    _, _, thing = value.partition("away ")
    return str(world.away[thing]) if thing else value


def made(visitor: Visitor, row: str, change: Change, data: dict[str, Any]) -> tuple[Answer, list[str]]:
    answer = change.send(visitor, row, data)
    return answer, difference(visitor.before, visitor.after)


def test_every_address_that_changes_anything_is_tried() -> None:
    inside = [index for index, actor in enumerate(ACTORS) if actor in {"ada", "teacher", "head", "operator"}]
    taken = {name for name, row in TABLE.items() if any(row.post[index] in {200, 302, 400} for index in inside)}
    of_admin = {name for name in taken if name.startswith("admin")}
    closed_to_admins = {name for name in of_admin if not {TABLE[name].post[-1], TABLE[name].post[6]} & {200, 302}}
    looked_at = {name for name in of_admin if name.endswith(LOOKED_AT)}

    assert {route_of(name) for name in taken - closed_to_admins - looked_at} <= {route_of(row) for row in CHANGES}


def test_each_change_does_something(world: World) -> None:
    """What the other tests are worth: a change that is refused would pass them all."""
    idle = {}
    for row, change in CHANGES.items():
        with ready(world, change) as visitor:
            answer, lines = made(visitor, row, change, change.data(world))
        if (
            answer.status not in {200, 302}
            or answer.location.startswith("/login/?")
            or bool(lines) != change.has_effect
        ):
            idle[row] = (answer.status, lines)

    assert idle == {}


def test_keys_that_no_form_has_change_nothing(world: World) -> None:
    more = {}
    for row, change in CHANGES.items():
        with ready(world, change) as visitor:
            _, usual = made(visitor, row, change, change.data(world))
            answer, lines = made(visitor, row, change, greedy(world, change))
        if lines != usual or answer.status >= 500:
            more[row] = (answer.status, sorted(set(lines) ^ set(usual)))

    assert more == {}


def greedy(world: World, change: Change) -> dict[str, Any]:
    """The change's form with all keys that it does not have; of JSON in each file, too."""
    data = change.data(world)
    keys = {key: key_of(world, value) for key, value in GREEDY.items() if key not in {*data, *change.choices}}
    if change.is_json and "files" in data:
        return keys | data | {"files": [keys | file for file in data["files"]]}
    return keys | data


def test_what_is_not_there_to_choose_is_refused(world: World) -> None:
    done = {}
    for row, change in CHANGES.items():
        for field, wrong in change.choices.items():
            with ready(world, change) as visitor:
                data = change.data(world)
                for value in wrong_values(world, wrong, data.get(field)):
                    answer, lines = made(visitor, row, change, data | {field: value})
                    if lines or not is_refusal(row, answer):
                        done[row, field, str(value)[:40]] = (answer.status, lines[:2])

    assert done == {}


def wrong_values(world: World, wrong: str | tuple[str, ...], right: Any) -> list[Any]:
    if isinstance(wrong, tuple):
        return [*wrong, "a\x00b", "9" * 5000]
    places: list[Keys] = [world.away, world.missing()]
    if wrong.startswith("admin:"):  # where a tick beside one's own row does nothing, and one's own has its effect
        return [*(keys[wrong] for keys in places), *MALFORMED]
    thing = wrong.removeprefix("away ")
    values = [keys[thing] for keys in (places if thing != wrong else [*places, world.others])]
    several = [[*right, value] for value in values] if isinstance(right, list) else []
    return [*values, *several, *MALFORMED]


def is_refusal(row: str, answer: Answer) -> bool:
    """Django's admin shows its form again, or the list with a message; so does the page of a class."""
    if row.startswith(("admin", "schools:students-change")):
        return answer.status in {200, 302, 400}
    return 400 <= answer.status < 500
