"""What Python calls only “invalid syntax”, told by what stands in the line."""

from __future__ import annotations

import keyword
import re

from .did_you_mean import nearest
from .quoting import code
from .source_line import SourceLine

# Signs of other languages, and of slips, with the Python for them.
_SIGNS = (
    (r"===", "In Python, equality is asked with two signs: `==`."),
    (r"!==", "In Python, “not equal” is written `!=`."),
    (r"&&", "In Python, “and” is written as the word: `and`."),
    (r"\|\|", "In Python, “or” is written as the word: `or`."),
    (r"=>", "“Greater or equal” is written `>=`, with the `=` last."),
    (r"=<", "“Less or equal” is written `<=`, with the `=` last."),
    (r"<>", "“Not equal” is written `!=`."),
    (r"=!", "“Not equal” is written `!=`, with the `=` last."),
    (r"!(?!=)", "In Python, “not” is written as the word: `not`."),
    (r"is\s+not\s+in", "To ask whether something is missing from a list, write `not in`, without `is`."),
    (r"^\s*//", "In Python, a comment begins with `#`."),
    (r"^\s*/\*", "In Python, a comment begins with `#`, on each line."),
)
_STARTS = (
    (
        r"(!|%)?\s*(pip3?|conda|python3? -m pip)\s+install\b",
        "`pip install` is a command for a terminal and not part of a Python program. Here packages are loaded by "
        "themselves when the program imports them, so this line can go.",
    ),
    (r"%\w+", "A line with `%` in front is a command of notebooks. In a Python program, leave it out."),
    (r"(else\s+if|elseif|elsif|elsf)\b", "In Python, “else if” is one word: `elif`."),
    (r"(function|func|fun|fn|void)\s+\w+\s*\(", "In Python, a function is defined with `def`."),
    (
        r"(var|let|const|int|float|str|string|bool|double|char)\s+\w+\s*=",
        "In Python, a variable needs no word in front: begin with its name.",
    ),
    (r"(switch|case)\b", "In Python, choose with `if`, `elif` and `else`, or with `match`."),
    (r"for\s*\(.*;", "In Python, a loop that counts is written `for i in range(…):`."),
    (r"for\s+\w+\s*=", "In Python, a loop that counts is written `for i in range(…):`."),
    (r"for\s+\w+\s+(?!in\b)\w+", "Between the variable of a `for` loop and what it goes through stands `in`."),
    (r"(if|elif|while)\s*:", "The condition is missing: it stands between the first word of the line and the colon."),
    (r"(if|elif|while)\b.*\b(then|do)\b", "In Python, no word stands between the condition and its colon."),
)
_BLOCK_WORDS = (
    "if",
    "elif",
    "else",
    "for",
    "while",
    "def",
    "class",
    "try",
    "except",
    "finally",
    "with",
    "match",
    "case",
)
_FIRST_WORDS = (
    *_BLOCK_WORDS,
    "import",
    "from",
    "return",
    "print",
    "break",
    "continue",
    "pass",
    "raise",
    "global",
    "del",
)


def explain_line(line: SourceLine, is_generic_wanted: bool = True) -> str | None:
    """What is wrong with the line; without `is_generic_wanted`, only where a known slip is seen."""
    for rule in (
        _other_language,
        _counting_up,
        _lonely_branch,
        _reserved_name,
        _misspelt_word,
        _spaced_name,
        _unclosed,
    ):
        told = rule(line)
        if told:
            return told
    return _generic(line) if is_generic_wanted else None


def _other_language(line: SourceLine) -> str | None:
    start = line.bare.lstrip()
    if line.unexpected == "{" and line.first_word in _BLOCK_WORDS:
        return "Python has no braces round a block. End this line with a colon, and indent the lines that belong to it."
    for pattern, told in _STARTS:
        if re.match(pattern, start):
            return told
    return next((told for pattern, told in _SIGNS if line.finds(pattern)), None)


def _counting_up(line: SourceLine) -> str | None:
    found = line.finds(r"(\w+)\s*(\+\+|--)\s*;?\s*$")
    if not found:
        return None
    return f"Python has no {code(found[2])}. Write {code(f'{found[1]} {found[2][0]}= 1')}."


def _lonely_branch(line: SourceLine) -> str | None:
    word = line.first_word
    if word not in ("else", "elif", "except", "finally") or line.before:
        return None
    partner = "try" if word in ("except", "finally") else "if"
    return (
        f"This {code(word)} has no {code(partner)} to belong to. It must be indented like its {code(partner)}, and "
        "follow the block "
        f"of that directly."
    )


def _reserved_name(line: SourceLine) -> str | None:
    word = line.unexpected
    if not keyword.iskeyword(word) or not re.search(
        r"\bdef\s*$|\bdef\s+\w+\s*\([\w\s,]*$|\bclass\s*$|\bfor\s*$", line.text[: line.column]
    ):
        word = line.first_word if re.match(r"\s*\w+\s*=(?!=)", line.bare) else ""
    if not keyword.iskeyword(word):
        return None
    return (
        f"{code(word)} is one of Python's own words and cannot be used as a name. Choose another, such as "
        f"{code(f'{word}_')}."
    )


def _misspelt_word(line: SourceLine) -> str | None:
    word = line.first_word
    if keyword.iskeyword(word) or word in ("match", "case", "print") or not line.before.startswith(word):
        return None
    is_block = line.bare.rstrip().endswith(":")
    meant = nearest(word, _BLOCK_WORDS if is_block else _FIRST_WORDS)
    if not meant or line.before not in (word, f"{word}:"):
        return None
    if meant == "for" and re.search(r"\bimport\b", line.bare):
        meant = "from"
    return f"Python does not know the word {code(word)}. Did you mean {code(meant)}?"


def _spaced_name(line: SourceLine) -> str | None:
    found = re.match(r"\s*([A-Za-z_]\w*(?: +[A-Za-z_]\w*)+)\s*=(?!=)", line.bare)
    if not found or keyword.iskeyword(line.first_word) or line.column > found.end():
        return None
    return f"A name cannot contain spaces. Write {code('_'.join(found[1].split()))}."


def _unclosed(line: SourceLine) -> str | None:
    bracket = line.open_bracket
    if line.unexpected != ":" or bracket not in ("(", "[") or line.first_word not in _BLOCK_WORDS:
        return None
    return f"A bracket {code(bracket)} in this line is not closed before the colon."


def _generic(line: SourceLine) -> str | None:
    if line.bare.rstrip().endswith(":") and line.unexpected == ":" and line.first_word not in _BLOCK_WORDS:
        return (
            "The line ends with a colon, but begins with no word that needs one, such as `if`, `for`, `while` or `def`."
        )
    if not line.unexpected:
        return (
            f"The line stops too early: after {code(line.before[-30:])} Python expected more." if line.before else None
        )
    if not line.before:
        return f"Python did not expect {code(line.unexpected)} at the beginning of a line."
    return (
        f"Python could read this line up to {code(_end_of(line.before))}, and did not expect {code(line.unexpected)} "
        "after it."
    )


def _end_of(text: str) -> str:
    return text if len(text) <= 40 else f"…{text[-39:]}"
