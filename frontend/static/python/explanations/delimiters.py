"""Quotes, brackets, braces, and characters that have no place in a program."""

from __future__ import annotations

import re

from .quoting import code
from .source_line import SourceLine

_CLOSING = {"(": ")", "[": "]", "{": "}"}


_CHARACTERS = {
    "×": "`*`",
    "÷": "`/`",
    "–": "`-`",
    "—": "`-`",
    "−": "`-`",
    "≤": "`<=`",
    "≥": "`>=`",
    "≠": "`!=`",
    "…": "`...`",
    "，": "`,`",
    "：": "`:`",
    "（": "`(`",
    "）": "`)`",
    "＝": "`=`",
}


_QUOTES = "“”„‟«»‘’‚‛‹›＂＇`´"


def open_string(line: SourceLine, found: re.Match[str]) -> str | None:
    quote = line.text[line.column : line.column + 3].lstrip("fFrRbBuUtT")[:1]
    apostrophe = re.search(r"'([^'\"]*\w'\w+)", line.text)
    if quote == "'" and apostrophe and apostrophe.start() < line.column:
        word = code(apostrophe[1].split()[-1])
        return f'The apostrophe in {word} ends the text too early. Put the text between double quotes, `"`.'
    other = "'" if quote == '"' else '"'
    rest = line.text[line.column + 1 :]
    if quote and other in rest and quote not in rest:
        return f"The text begins with {code(quote)} and ends with {code(other)}. Both must be the same quote."
    return (
        f"The text that begins with {code(line.text[line.column :].strip())} has no closing quote on this line. Add "
        f"{code(quote)} where it ends."
    )


def open_triple_string(line: SourceLine, found: re.Match[str]) -> str | None:
    return "The text that begins here with three quotes is never closed. Put three quotes again where it ends."


def open_bracket(line: SourceLine, found: re.Match[str]) -> str | None:
    bracket = found[1]
    rest = line.bare.rstrip()
    where = ", most likely at the end of this line" if rest[-1:] not in (",", bracket, "+") else ""
    return (
        f"The bracket {code(bracket)} that is opened here is never closed. Add {code(_CLOSING[bracket])} where it "
        f"ends{where}."
    )


def wrong_bracket(line: SourceLine, found: re.Match[str]) -> str | None:
    opened = f", opened on line {found[3]}" if found[3] else ""
    return (
        f"The bracket {code(found[2])}{opened} must be closed with {code(_CLOSING[found[2]])}, and here stands "
        f"{code(found[1])}."
    )


def extra_bracket(line: SourceLine, found: re.Match[str]) -> str | None:
    return f"There is one {code(found[1])} too many here, or the bracket that opens it is missing."


def text_in_text(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"A quote before {code(line.marked)} ends the text there. For quotes inside a text, use the other kind: single "
        "quotes "
        f"inside double ones, or the other way round."
    )


def odd_character(line: SourceLine, found: re.Match[str]) -> str | None:
    character = found[1]
    if character in _QUOTES:
        return (
            f"{code(character)} is a typographer's quote, from a text program or a web page. In Python use "
            "the straight quotes of the keyboard: `\"` or `'`."
        )
    instead = _CHARACTERS.get(character)
    hint = f" Write {instead} instead." if instead else ""
    return f"The character {code(character)} means nothing in Python outside a text in quotes.{hint}"


def hidden_character(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"An invisible character ({found[1]}) stands at this place; such ones come with text copied from elsewhere. "
        "Delete it and type a space."
    )


def f_string(line: SourceLine, found: re.Match[str]) -> str | None:
    what = found[1]
    if what.startswith("expecting '}'"):
        return "A `{` in this f-string is never closed. Add `}` after what is to be filled in."
    if what.startswith("valid expression required"):
        return (
            "The braces in this f-string are empty or hold something that is no value. Put a variable or a "
            "calculation between `{` and `}`."
        )
    if what.startswith("single '}'"):
        return "There is a `}` in this f-string without a `{` before it. To show a brace itself, write it twice: `}}`."
    return None
