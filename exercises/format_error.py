"""The one error of the exercise format."""

from __future__ import annotations

from django.utils.translation import gettext as _


class ExerciseFormatError(Exception):
    """An exercise is not as docs/exercise-format.md says; `str()` is a sentence for its author that says what to do.

    `file` is the path inside the exercise's folder; `test` counts from 1 and `key` is a key of exercise.toml, each None
    where the trouble is not in one test or one key.
    """

    def __init__(self, problem: str, *, file: str, test: int | None = None, key: str | None = None) -> None:
        self.problem, self.file, self.test, self.key = problem, file, test, key
        place = [file, _("test %(number)s") % {"number": test} if test else None, key]
        super().__init__(f"{', '.join(filter(None, place))}: {problem}")
