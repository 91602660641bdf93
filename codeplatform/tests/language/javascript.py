"""Texts in our JavaScript that nobody can translate: literals that people read and that no gettext looks up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LOOKS_UP = re.compile(r"\b(?:gettext|ngettext|pgettext)\(")
# A literal here is read whatever it looks like.
_SHOWN = re.compile(
    r"(?:\.(?:textContent|title|ariaLabel|placeholder|alt|label) = "
    r"|\bsetAttribute\(\s*\"(?:aria-label|title|placeholder|alt|aria-description)\",\s*"
    r"|\b(?:textContent|ariaLabel|placeholder): "
    r"|\.(?:append|prepend|replaceChildren)\("
    r")\s*$"
)
_SENTENCE = re.compile(r"^[“✓… ]*(?:[A-Z]|\{)(?=[^\n]*[a-z]{2}).* .*[.?!:…]\s*$", re.S)
_BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};>]|\breturn|\bcase)\s*$")


class Literal(NamedTuple):
    start: int
    end: int
    text: str


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Each literal that is shown, or is a sentence, outside of a call that looks it up; with its line."""
    looked_up = [(call.end(), _end_of(source, call.end(), "()")) for call in _LOOKS_UP.finditer(source)]
    for literal in literals(source):
        if any(start <= literal.start < end for start, end in looked_up):
            continue
        words = re.sub(r"\$\{.*?\}", "{}", literal.text, flags=re.S)
        is_shown = _SHOWN.search(source[max(0, literal.start - 80) : literal.start])
        if (is_shown and re.search(r"[A-Za-z]{2}", words)) or _SENTENCE.match(words):
            yield source.count("\n", 0, literal.start) + 1, literal.text


def literals(source: str) -> Iterator[Literal]:
    """All strings and templates; those inside of a template's ${} after the template itself."""
    place = 0
    while place < len(source):
        sign = source[place]
        if source.startswith("//", place):
            place = _find(source, "\n", place)
        elif source.startswith("/*", place):
            place = _find(source, "*/", place) + 2
        elif sign == "/" and _BEFORE_REGEX.search(source[max(0, place - 200) : place]):
            place = _end_of_regex(source, place)
        elif sign in "\"'`":
            end, inner = _end_of_literal(source, place)
            yield Literal(place, end, source[place + 1 : end - 1])
            for start, stop in inner:
                for literal in literals(source[start:stop]):
                    yield Literal(start + literal.start, start + literal.end, literal.text)
            place = end
        else:
            place += 1


def _end_of(source: str, start: int, brackets: str) -> int:
    """Behind the bracket that closes the one before `start`; `brackets` are the two of their kind."""
    opening, closing = brackets
    depth, place = 1, start
    while depth:
        sign = source[place]
        if sign in "\"'`":
            place, _ = _end_of_literal(source, place)
            continue
        depth += (sign == opening) - (sign == closing)
        place += 1
    return place


def _end_of_literal(source: str, start: int) -> tuple[int, list[tuple[int, int]]]:
    """Behind its last quotation mark, and where its ${} are."""
    quote, place, inner = source[start], start + 1, []
    while source[place] != quote:
        if source[place] == "\\":
            place += 2
        elif quote == "`" and source.startswith("${", place):
            stop = _end_of(source, place + 2, "{}")
            inner.append((place + 2, stop - 1))
            place = stop
        else:
            place += 1
    return place + 1, inner


def _end_of_regex(source: str, start: int) -> int:
    place, in_class = start + 1, False
    while source[place] != "/" or in_class:
        if source[place] == "\\":
            place += 1
        elif source[place] in "[]":
            in_class = source[place] == "["
        place += 1
    return place + 1


def _find(source: str, sign: str, place: int) -> int:
    found = source.find(sign, place)
    return len(source) if found == -1 else found
