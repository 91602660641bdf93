"""The line that Python cannot read, as the rules for syntax errors look at it."""

from __future__ import annotations

import linecache
import re
from functools import cached_property

from .failure import Failure

_STRING = re.compile(r"""('''|\"\"\"|'|")(?:\\.|(?!\1).)*\1""")
_TOKEN = re.compile(r"""\w+|(?P<quote>["'])(?:\\.|(?!(?P=quote)).)*(?P=quote)?|[^\w\s]""")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class SourceLine:
    """`number` counts from 1, `column` from 0; `message` is Python's, without file and line."""

    def __init__(self, error: SyntaxError) -> None:
        self.file = str(error.filename)
        self.number = error.lineno or 1
        self.end_number = error.end_lineno or self.number
        self.message = str(error.msg)
        self.text = self.line(self.number)
        self.column = min(max((error.offset or 1) - 1, 0), len(self.text))
        self.end_column = max((error.end_offset or 0) - 1, self.column)

    def line(self, number: int) -> str:
        return linecache.getline(self.file, number).rstrip("\n")

    @cached_property
    def bare(self) -> str:
        """The line with blanks in place of what stands in quotes and comments; columns stay as they are."""
        masked = _STRING.sub(lambda found: found[1][0] + "_" * (len(found[0]) - 2) + found[1][0], self.text)
        code, mark, comment = masked.partition("#")
        return code + " " * len(mark + comment)

    @property
    def before(self) -> str:
        """The part that Python could read."""
        return self.text[: self.column].strip()

    @property
    def unexpected(self) -> str:
        """The word or sign at which Python gave up; empty at the end of the line."""
        found = _TOKEN.match(self.text[self.column :].lstrip())
        return found[0] if found and self.bare[self.column :].strip() else ""

    @property
    def marked(self) -> str:
        """What the error marks, on this line."""
        end = self.end_column if self.end_number == self.number else len(self.text)
        return self.text[self.column : end].strip()

    @property
    def first_word(self) -> str:
        found = re.match(r"\s*(\w+)", self.text)
        return found[1] if found else ""

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    def finds(self, pattern: str) -> re.Match[str] | None:
        """Where the pattern stands in the code of the line, when the error is in that very place or just behind it."""
        for found in re.finditer(pattern, self.bare):
            if found.start() <= self.column <= found.end():
                return found
        return None

    @property
    def open_bracket(self) -> str:
        """The innermost bracket that is open where the error is; empty for none."""
        waiting: list[str] = []
        for sign in self.bare[: self.column]:
            if sign in _CLOSING:
                waiting.append(sign)
            elif waiting and sign == _CLOSING[waiting[-1]]:
                waiting.pop()
        return waiting[-1] if waiting else ""


def line_of(failure: Failure) -> SourceLine | None:
    """The line of a file of the project that cannot be read; None for text that the program itself compiles."""
    error = failure.error
    if not isinstance(error, SyntaxError) or not str(error.filename).startswith(f"{failure.root}/"):
        return None
    return SourceLine(error)
