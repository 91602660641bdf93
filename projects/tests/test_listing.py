"""Search and order of the list of projects."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from projects.listing import Listing, arrange
from projects.models import Project

NAMES = ["Lesson 10", "lesson 2", "Größe", "apple", "Zoo"]


def projects() -> list[Project]:
    """Saved in the order of NAMES, created in the opposite one."""
    start = datetime(2026, 11, 1, tzinfo=UTC)
    return [
        Project(name=name, saved_at=start + timedelta(days=n), created_at=start - timedelta(days=n))
        for n, name in enumerate(NAMES)
    ]


def names(listing: Listing) -> list[str]:
    return [project.name for project in listing.projects]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", NAMES),
        ("   ", NAMES),
        ("LESSON", ["Lesson 10", "lesson 2"]),
        ("2 les", ["lesson 2"]),
        ("GRÖSSE", ["Größe"]),
        ("Gro\u0308ße", ["Größe"]),
        ("ｚｏｏ", ["Zoo"]),
        ("lesson zoo", []),
        (".*", []),
        ("%", []),
        ("_", []),
        ("\x00", []),
    ],
)
def test_search(query: str, found: list[str]) -> None:
    assert names(arrange(projects(), query, "saved")) == found


@pytest.mark.parametrize("query", ["(a+)+$" * 20_000, "a" * 100_000, "\u0301" * 100_000, " a" * 50_000])
def test_a_long_search_is_quick(query: str) -> None:
    many = [Project(name="a" * 100) for _ in range(200)]
    began = time.perf_counter()
    arrange(many, query, "")

    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("saved", NAMES),
        ("-saved", NAMES[::-1]),
        ("created", NAMES[::-1]),
        ("-created", NAMES),
        ("name", ["apple", "Größe", "lesson 2", "Lesson 10", "Zoo"]),
        ("-name", ["Zoo", "Lesson 10", "lesson 2", "Größe", "apple"]),
        ("", NAMES[::-1]),
        ("owner__password", NAMES[::-1]),
        ("--name", NAMES[::-1]),
    ],
)
def test_order(sort: str, order: list[str]) -> None:
    assert names(arrange(projects(), "", sort)) == order


def test_headings_turn_the_order_round_and_keep_the_search() -> None:
    columns = {column.name: column for column in arrange(projects(), "a b&c", "-saved").columns}

    assert columns["saved"].aria_sort == "descending"
    assert columns["saved"].address == "?q=a+b%26c&sort=saved"
    assert (columns["name"].aria_sort, columns["name"].address) == ("", "?q=a+b%26c&sort=name")
    assert columns["created"].address == "?q=a+b%26c&sort=-created"


def test_names_of_digits_and_letters_sort_together() -> None:
    mixed = [Project(name=name) for name in ("b", "10", "9 lives", "²", "٣", "7" * 100)]

    assert names(arrange(mixed, "", "name"))[:2] == ["²", "٣"]
