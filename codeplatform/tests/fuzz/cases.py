"""Requests made up by Hypothesis, as descriptions that hold no key of the database: those differ from run to run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from codeplatform.tests.fuzz import odd
from codeplatform.tests.whole_site.changes import CHANGES
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.world import ACTORS

PLACES = ("home", "away", "others", "missing")
THINGS = sorted({arg for row in TABLE.values() for arg in row.args})


@dataclass(frozen=True)
class Key:
    """What stands in the addresses of a thing of that place."""

    place: str
    thing: str


@dataclass(frozen=True)
class Upload:
    """A file of `odd.files()`, spoilt `at` some byte if that is not None."""

    kind: str
    name: str
    at: int | None
    by: int


@dataclass(frozen=True)
class Twist:
    """What is done to a field of a form, or to a place in JSON: to the `at`-th, or to `name` if it is a new one."""

    how: str  # replace, drop, double, add
    at: int
    name: str
    value: Any


@dataclass(frozen=True)
class Body:
    """`form`, `multipart`, `json` twist what the page sends; `raw` is sent as it is."""

    kind: str
    twists: tuple[Twist, ...] = ()
    raw: str | bytes = ""


@dataclass(frozen=True)
class Case:
    """One request; `actor` None: whoever may make the change of that row."""

    row: str
    actor: str | None
    method: str
    args: tuple[Any, ...]
    query: tuple[tuple[str, Any], ...]
    body: Body
    content_type: str | None
    headers: tuple[tuple[str, str], ...]


# Not st.text(): it first computes a table of all of Unicode.
texts = st.lists(st.integers(0, 0x10FFFF).map(chr), max_size=12).map("".join)
keys = st.builds(Key, st.sampled_from(PLACES), st.sampled_from(THINGS))
numbers = st.integers(-(2**70), 2**70)
values = st.one_of(st.sampled_from(odd.TEXTS), keys, texts, numbers.map(str), st.integers(-3, 120).map(str))
names = st.one_of(st.sampled_from(odd.NAMES), st.sampled_from(odd.NAMES), values.filter(lambda it: isinstance(it, str)))
uploads = st.builds(
    Upload,
    st.sampled_from(sorted(odd.files())),
    st.sampled_from(["x.csv", "x.xlsx", "x.zip", "x.py", "", "../x", "a" * 300, "\u202e.", "x\x00.zip"]),
    st.none() | st.integers(0, 5000),
    st.integers(0, 300),
)
json_values = st.recursive(
    st.one_of(values, numbers, st.none(), st.booleans(), st.floats()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
HOW = ("replace", "replace", "replace", "drop", "double", "add")


def twists(value: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Twist, ...]]:
    twist = st.builds(Twist, st.sampled_from(HOW), st.integers(0, 60), names, value)
    return st.lists(twist, max_size=3).map(tuple)


bodies = st.one_of(
    st.builds(Body, st.just("form"), twists(values)),
    st.builds(Body, st.just("form"), twists(values)),
    st.builds(Body, st.just("multipart"), twists(values | uploads | uploads)),
    st.builds(Body, st.just("json"), twists(json_values)),
    st.builds(Body, st.just("raw"), raw=st.sampled_from([*odd.JSON, *odd.MULTIPART]) | st.binary(max_size=60)),
)
headers = st.lists(
    st.sampled_from(sorted(odd.HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(odd.HEADERS[name]))
    ),
    max_size=2,
    unique_by=lambda header: header[0],
).map(tuple)


def rarely(strategy: st.SearchStrategy[Any], usual: Any) -> st.SearchStrategy[Any]:
    return st.integers(0, 5).flatmap(lambda roll: strategy if roll == 5 else st.just(usual))


@st.composite
def _changes(draw: st.DrawFn, row: str) -> Case:
    """A request that would change something, nearly right."""
    return Case(
        row,
        draw(rarely(st.sampled_from(sorted(ACTORS)), None)),
        draw(rarely(st.sampled_from(odd.METHODS), "POST")),
        (),
        draw(rarely(st.lists(st.tuples(names, values), max_size=2).map(tuple), ())),
        draw(bodies),
        draw(rarely(st.sampled_from(odd.CONTENT_TYPES), None)),
        draw(rarely(headers, ())),
    )


@st.composite
def _visits(draw: st.DrawFn, row: str) -> Case:
    """Anybody asks for anything, anyhow."""
    return Case(
        row,
        draw(st.sampled_from(sorted(ACTORS))),
        draw(st.one_of(st.just("GET"), st.just("GET"), st.sampled_from(odd.METHODS))),
        tuple(draw(_places(arg)) for arg in TABLE[row].args),
        draw(st.lists(st.tuples(names, values), max_size=4).map(tuple)),
        draw(rarely(bodies, Body("raw"))),
        draw(rarely(st.sampled_from(odd.CONTENT_TYPES), None)),
        draw(headers),
    )


def _places(arg: str) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(Key("home", arg)), st.sampled_from(PLACES).map(lambda place: Key(place, arg)), values)


ROWS = sorted({*CHANGES, *TABLE})


def cases(row: str) -> st.SearchStrategy[Case]:
    """Requests to a row of the tables of the site and of its changes."""
    kinds = [_changes(row)] * 2 if row in CHANGES else []
    return st.one_of(*kinds, *([_visits(row)] if row in TABLE else []))
