"""Finding people's names in what was written for people to read: the admin's log, messages kept in a session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from accounts.models import User

Mentions = Callable[[str], bool]


def mentions_of(people: Iterable[User]) -> Mentions:
    """Whether a text names one of these people: by display name or login name, as a word of its own.

    JSON is found too, whose writers escape whatever is not ASCII.
    """
    names = {name for person in people for name in (person.display_name, person.username) if name}
    spellings = sorted({*names, *(json.dumps(name)[1:-1] for name in names)}, key=len, reverse=True)
    if not spellings:
        return lambda text: False
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, spellings)) + r")(?!\w)", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None
