"""Reading one table of exercise.toml, key by key; each error says which key and what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from django.utils.translation import gettext as _

from exercises.format_error import ExerciseFormatError
from exercises.format_limits import MAX_TEST_FILES, MAX_TEXT_CHARACTERS
from exercises.paths import problem_with_path, problem_with_paths, shown

TOML_FILE = "exercise.toml"


class Fields:
    """The keys of a table. A method reads one key; where that is missing it gives `default`, or refuses without one."""

    def __init__(self, table: Mapping[str, object], test: int | None = None) -> None:
        self._table = table
        self._test = test
        self._known: set[str] = set()

    def refuse(self, key: str | None, problem: str) -> NoReturn:
        """Raise the error for this key."""
        raise ExerciseFormatError(problem, file=TOML_FILE, test=self._test, key=key)

    def finish(self) -> None:
        """Refuse the keys that nobody has read."""
        for key in self._table.keys() - self._known:
            self.refuse(shown(key), _("this key is not known here; look for a slip, or leave it out"))

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as read."""
        self._known.add(key)
        return key in self._table

    def text(self, key: str, default: str | None = None, most: int = MAX_TEXT_CHARACTERS) -> str:
        """Text of at most `most` characters."""
        value = self._value(key, default)
        if not isinstance(value, str):
            self.refuse(key, _("write text, in quotes"))
        return self._checked_text(key, value, most)

    def optional_text(self, key: str, most: int = MAX_TEXT_CHARACTERS) -> str | None:
        """Text, or None where the key is missing."""
        return self.text(key, most=most) if self.has(key) else None

    def line(self, key: str, most: int) -> str:
        """One line of text that is not blank."""
        return self._checked_line(key, self.text(key, most=most))

    def choice(self, key: str, options: Sequence[str], default: str | None = None) -> str:
        """One of `options`."""
        value = self._value(key, default)
        if not isinstance(value, str) or value not in options:
            self.refuse(key, _("choose one of %(options)s") % {"options": ", ".join(options)})
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self._value(key, default)
        if type(value) is not int or not low <= value <= high:
            self.refuse(key, _("write a whole number from %(low)s to %(high)s") % {"low": low, "high": high})
        return value

    def tolerance(self, key: str, default: float) -> float:
        """A number from 0 to a million."""
        value = self._value(key, default)
        # A truth value is an int too, and nan is not at most a million.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e6:
            self.refuse(key, _("write a number from 0 to 1000000, such as 0.01"))
        return float(value)

    def lines(self, key: str, most: int, most_characters: int) -> tuple[str, ...]:
        """At most `most` texts in a list, none of them blank; none where the key is missing."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(key, _('write a list of texts, such as ["one", "two"]'))
        if len(value) > most:
            self.refuse(key, _("leave some out; %(most)s are the most") % {"most": most})
        return tuple(self._checked_line(key, self._checked_text(key, item, most_characters)) for item in value)

    def texts(self, key: str, most: int, most_characters: int) -> dict[str, str]:
        """A table of names and texts; empty where the key is missing."""
        value = self._value(key, {})
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            self.refuse(key, _('write a table of texts, such as { name = "text" }'))
        if len(value) > most:
            self.refuse(key, _("leave some out; %(most)s are the most") % {"most": most})
        return {
            self._checked_text(key, name, 200): self._checked_text(key, item, most_characters)
            for name, item in value.items()
        }

    def tables(self, key: str, most: int) -> list[dict[str, object]]:
        """A list of tables; empty where the key is missing."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, _("begin each with [[%(key)s]] on a line of its own") % {"key": key})
        if len(value) > most:
            self.refuse(key, _("leave some out; %(most)s are the most") % {"most": most})
        return value

    def path(self, key: str, default: str | None = None) -> str:
        """The path of one file."""
        path = self.text(key, default)
        if problem := problem_with_path(path):
            self.refuse(key, f"{shown(path)}: {problem}")
        return path

    def files(self, key: str) -> dict[str, str]:
        """Text files by their paths; none where the key is missing."""
        files = self.texts(key, MAX_TEST_FILES, MAX_TEXT_CHARACTERS)
        if problem := problem_with_paths(files):
            self.refuse(key, f"{shown(problem[0])}: {problem[1]}")
        return files

    def _value(self, key: str, default: object) -> object:
        if self.has(key):
            return self._table[key]
        if default is None:
            self.refuse(key, _("this key is missing; add it"))
        return default

    def _checked_text(self, key: str, text: str, most: int) -> str:
        if len(text) > most:
            self.refuse(key, _("shorten this; %(most)s characters are the most") % {"most": most})
        # Neither can be kept in every database.
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            self.refuse(key, _("leave out the character NUL and halves of characters"))
        return text

    def _checked_line(self, key: str, text: str) -> str:
        if not text.strip() or len(text.splitlines()) != 1:
            self.refuse(key, _("write one line of text"))
        return text
