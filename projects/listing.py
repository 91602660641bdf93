"""The list of a person's projects: which ones, in which order. A person has MAX_PROJECTS at most, so it is done here,
where letters and numbers sort and match the same on every database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from projects.limits import MAX_NAME_CHARACTERS
from projects.models import Project

_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Column:
    """A heading: `address` sorts by it, the other way round where it is sorted by already (`aria_sort` says how)."""

    name: str
    title: str
    address: str
    aria_sort: str


@dataclass(frozen=True)
class Listing:
    query: str
    projects: list[Project]
    columns: list[Column]


def arrange(projects: Iterable[Project], query: str, sort: str) -> Listing:
    """The projects whose names hold every word of `query`, letter case and accents' spelling aside.

    `sort` is `name`, `saved` or `created`, with `-` before it for the last first; anything else is the last saved
    first.
    """
    query = " ".join(query[:MAX_NAME_CHARACTERS].split())
    key = sort.removeprefix("-")
    if key not in _SORTS:
        key, sort = "saved", "-saved"
    words = _folded(query).split()
    found = [project for project in projects if all(word in _folded(project.name) for word in words)]
    found.sort(key=_SORTS[key][1], reverse=sort.startswith("-"))
    columns = [_column(name, str(title), query, sort) for name, (title, _) in _SORTS.items()]
    return Listing(query, found, columns)


def _column(name: str, title: str, query: str, sort: str) -> Column:
    is_sorted = sort.removeprefix("-") == name
    is_descending = sort.startswith("-")
    # Names begin with A, times with the latest
    descend = not is_descending if is_sorted else name != "name"
    parameters = {"q": query} if query else {}
    address = "?" + urlencode(parameters | {"sort": f"-{name}" if descend else name})
    return Column(name, title, address, ("descending" if is_descending else "ascending") if is_sorted else "")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _natural(project: Project) -> list[tuple[bool, int, str]]:
    """Lesson 2 before Lesson 10."""
    parts = _NUMBER.split(_folded(project.name))
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part]


_SORTS: dict[str, tuple[str | Promise, Callable[[Project], Any]]] = {
    "name": (gettext_lazy("Project"), _natural),
    "saved": (gettext_lazy("Last saved"), lambda project: project.saved_at),
    "created": (gettext_lazy("Created"), lambda project: project.created_at),
}
