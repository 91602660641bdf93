"""The library as a list: which exercises, in which order. Done here, as words match the same on every database."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises.format_limits import MAX_TITLE_CHARACTERS
from exercises.models import DIFFICULTY_NAMES, TOPIC_NAMES, Exercise

BUILT_IN, SCHOOL, MINE = "built-in", "school", "mine"
WHOSE = {BUILT_IN: _("Came with the site"), SCHOOL: _("Shared in the school"), MINE: _("My own")}


@dataclass(frozen=True)
class Search:
    """What is looked for. Whatever it does not know counts as not asked for."""

    words: str = ""
    topic: str = ""
    difficulty: str = ""
    whose: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.topic or self.difficulty or self.whose)


@dataclass(frozen=True)
class Line:
    exercise: Exercise
    whose: str
    may_edit: bool


@dataclass(frozen=True)
class Topic:
    slug: str
    name: str
    lines: list[Line]


def read_search(values: dict[str, str]) -> Search:
    """The search in an address's `q`, `topic`, `difficulty` and `whose`."""
    topic, difficulty, whose = (values.get(name, "") for name in ("topic", "difficulty", "whose"))
    return Search(
        " ".join(values.get("q", "")[:MAX_TITLE_CHARACTERS].split()),
        topic if topic in TOPIC_NAMES else "",
        difficulty if difficulty in {str(level) for level in DIFFICULTY_NAMES} else "",
        whose if whose in WHOSE else "",
    )


def arrange(exercises: Iterable[Exercise], search: Search, viewer: User, editable: Collection[UUID]) -> list[Topic]:
    """The exercises found, topic by topic, easy ones first; `editable` holds the keys of those the viewer may change.

    Each word has to be in the title, the topic or a tag, letter case aside.
    """
    words = _folded(search.words).split()
    found: dict[str, list[Line]] = {topic: [] for topic in TOPIC_NAMES}
    for exercise in exercises:
        whose = _whose(exercise, viewer)
        if search.topic not in {"", exercise.topic} or search.whose not in {"", whose}:
            continue
        text = _folded(" ".join([exercise.title, exercise.get_topic_display(), *exercise.tags]))
        if search.difficulty in {"", str(exercise.difficulty)} and all(word in text for word in words):
            found[exercise.topic].append(Line(exercise, whose, exercise.pk in editable))
    for lines in found.values():
        lines.sort(key=lambda line: (line.exercise.difficulty, _folded(line.exercise.title)))
    return [Topic(slug, str(TOPIC_NAMES[slug]), lines) for slug, lines in found.items() if lines]


def _whose(exercise: Exercise, viewer: User) -> str:
    if exercise.author_id == viewer.pk:
        return MINE
    return SCHOOL if exercise.school_id else BUILT_IN


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
