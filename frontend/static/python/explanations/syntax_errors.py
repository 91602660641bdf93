"""Text that is not Python, told by what Python says of it. What it calls “invalid syntax” is in invalid_syntax.py."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import delimiters, indentation
from .failure import Failure
from .invalid_syntax import explain_line
from .quoting import code
from .source_line import SourceLine, line_of

Rule = Callable[[SourceLine, "re.Match[str]"], str | None]


def missing_colon(line: SourceLine, found: re.Match[str]) -> str | None:
    if re.match(r"\s*else\s+if\b", line.bare):
        return "In Python, “else if” is one word: `elif`."
    if not line.unexpected:
        return f"A line that begins with {code(line.first_word)} ends with a colon. Add `:` at the end."
    if line.unexpected == "=":
        return "`=` gives a name a value. To ask whether two values are equal, write `==`."
    return explain_line(line) or f"Python expected a colon, `:`, before {code(line.unexpected)}."


def one_equals_sign(line: SourceLine, found: re.Match[str]) -> str | None:
    told = explain_line(line, is_generic_wanted=False)
    if told:
        return told
    fixed = re.sub(r"(?<![=<>!:])=(?!=)", "==", line.text.strip(), count=1)
    if line.first_word in ("if", "elif", "while"):
        return f"`=` gives a name a value. To ask whether two values are equal, write `==`: {code(fixed)}."
    return (
        "`=` gives a name a value, which is not possible inside an expression. To ask whether two values are equal, "
        "write `==`."
    )


def missing_comma(line: SourceLine, found: re.Match[str]) -> str | None:
    told = explain_line(line, is_generic_wanted=False)
    if told:
        return told
    if line.end_number > line.number:
        return f"A comma is missing between the end of this line and line {line.end_number}."
    if line.open_bracket == "{" and ":" not in line.bare[: line.column]:
        return (
            f"Something is missing in {code(line.marked)}: a colon between a key and its value, or a comma between two "
            "items."
        )
    return f"Something is missing in {code(line.marked)}: a comma, or an operator such as `+`, between the two."


def missing_call_brackets(line: SourceLine, found: re.Match[str]) -> str | None:
    name = found[1]
    argument = line.text.strip().partition(name)[2].strip()
    return (
        f"{code(name)} is a function, and what it is given stands between round brackets: "
        f"{code(f'{name}({argument})')}."
    )


def wrong_target(line: SourceLine, found: re.Match[str]) -> str | None:
    left, _, right = (part.strip() for part in line.text.partition("="))
    hyphened = re.fullmatch(r"[A-Za-z]\w*(-[A-Za-z]\w*)+", left)
    if hyphened:
        return f"{code(left)} means “minus” to Python, so it cannot be a name. Write {code(left.replace('-', '_'))}."
    if found[1] in ("True", "False", "None"):
        return f"{code(found[1])} is a fixed value of Python's own and cannot be given another."
    if re.fullmatch(r"[A-Za-z_]\w*", right) and "literal" in found[1]:
        return (
            "Left of the `=` stands a variable, right of it its value. Turn the two round: "
            f"{code(f'{right} = {left}')}."
        )
    if line.first_word in ("if", "elif", "while"):
        return "`=` gives a name a value. To ask whether two values are equal, write `==`."
    return (
        f"Left of the `=` must stand a variable, and {code(left)} is none. To ask whether two values are equal, write "
        "`==`."
    )


def outside_function(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"{code(found[1])} can stand only inside a function. Indent this line, if it belongs to the `def` above; at "
        "the top level leave it out."
    )


def outside_loop(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"{code(found[1])} can stand only inside a `for` or `while` loop. Check that this line is indented as part of "
        "one."
    )


def leading_zero(line: SourceLine, found: re.Match[str]) -> str | None:
    digits = re.match(r"\d+", line.text[line.column :])
    number = digits[0] if digits else "012"
    return (
        f"A whole number cannot begin with 0. Write {code(number.lstrip('0') or '0')}, or as text, "
        f"{code(chr(34) + number + chr(34))}, to keep the 0."
    )


def digits_first(line: SourceLine, found: re.Match[str]) -> str | None:
    word = re.match(r"\w+", line.text[line.column :])
    if not word:
        return None
    number = re.match(r"\d+", word[0])
    is_definition = not number or line.first_word in ("def", "class")
    product = "" if is_definition or not number else f"{number[0]} * {word[0][len(number[0]) :]}"
    hint = f" To multiply, write {code(product)}." if product else ""
    return f"{code(word[0])} is neither a number nor a name: names begin with a letter.{hint}"


def no_parameters(line: SourceLine, found: re.Match[str]) -> str | None:
    spaced = re.match(r"\s*def\s+(\w+(?:\s+\w+)+)\s*\(", line.text)
    if spaced:
        return f"The name of a function cannot contain spaces. Write {code('_'.join(spaced[1].split()))}."
    name = re.match(r"\s*def\s+(\w+)", line.text)
    return (
        "After the name of a function come round brackets, even when there is nothing in them: "
        f"{code(f'def {name[1]}():')}."
        if name
        else None
    )


def try_alone(line: SourceLine, found: re.Match[str]) -> str | None:
    started = next((n for n in range(line.number, 0, -1) if line.line(n).strip().startswith("try")), None)
    where = f"The `try` on line {started}" if started else "A `try`"
    return f"{where} needs an `except` after its block, indented like the `try`, that says what to do when it fails."


def import_order(line: SourceLine, found: re.Match[str]) -> str | None:
    names = re.match(r"\s*import\s+([\w.]+)\s+from\s+([\w.]+)", line.text)
    return f"The two halves are the wrong way round: {code(f'from {names[2]} import {names[1]}')}." if names else None


def plain(sentence: str) -> Rule:
    return lambda line, found: sentence


RULES_OF_MESSAGES: tuple[tuple[str, Rule], ...] = (
    (r"expected ':'", missing_colon),
    (r"invalid syntax\. Maybe you meant '==' or ':=' instead of '='\?", one_equals_sign),
    (r"unterminated (?:[ft]-)?string literal .*", delimiters.open_string),
    (
        r"\(unicode error\).*",
        plain("A backslash in a text begins a special character. Write it twice, `\\\\`, or in paths write `/`."),
    ),
    (r"unterminated triple-quoted .*", delimiters.open_triple_string),
    (r"'(.)' was never closed", delimiters.open_bracket),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'(?: on line (\d+))?",
        delimiters.wrong_bracket,
    ),
    (r"unmatched '([)\]}])'", delimiters.extra_bracket),
    (r"invalid syntax\. Perhaps you forgot a comma\?", missing_comma),
    (r"invalid syntax\. Is this intended to be part of the string\?", delimiters.text_in_text),
    (r"Missing parentheses in call to '(\w+)'.*", missing_call_brackets),
    (r"expected an indented block after (.+) on line (\d+)", indentation.no_block),
    (r"unexpected indent", indentation.unexpected_indent),
    (r"unindent does not match any outer indentation level", indentation.unfitting_indent),
    (r"inconsistent use of tabs and spaces in indentation", indentation.mixed_tabs),
    (r"invalid character '(.)' \(U\+\w+\)", delimiters.odd_character),
    (r"invalid non-printable character (U\+\w+)", delimiters.hidden_character),
    (r"cannot assign to (.+?)(?: here\..*)?", wrong_target),
    (r"f-string: (.*)", delimiters.f_string),
    (r"'(return|yield|await)' outside function", outside_function),
    (r"'(break|continue)' (?:outside loop|not properly in loop)", outside_loop),
    (r"leading zeros in decimal integer literals.*", leading_zero),
    (r"invalid decimal literal", digits_first),
    (r"expected '\('", no_parameters),
    (r"expected 'except' or 'finally' block", try_alone),
    (r"Did you mean to use 'from \.\.\. import \.\.\.' instead\?", import_order),
    (
        r"name '\w+' is (?:assigned to before|used prior to) global declaration",
        plain("The line with `global` must stand first in its function, before the name is used."),
    ),
    (r"keyword argument repeated: .*", plain("The same name is given a value twice in these brackets.")),
    (r"duplicate (?:argument|parameter) .*", plain("Two parameters of this function have the same name.")),
    (
        r"Expected one or more names after 'import'",
        plain("After `import` must stand what to import, such as `from math import sqrt`."),
    ),
    (r"trailing comma not allowed.*", plain("A comma at the end of this line promises another name. Remove it.")),
    (
        r"positional argument follows keyword argument.*",
        plain("Values without a name come first, those with a name, such as `size=3`, after them."),
    ),
    (
        r"parameter without a default follows .*|non-default argument follows .*",
        plain("Parameters with a value of their own, such as `size=3`, must come after those without one."),
    ),
    (
        r"':' expected after dictionary key",
        plain("In a dictionary, each key is followed by a colon and its value. A colon is missing here."),
    ),
    (
        r"expression expected after dictionary key and ':'",
        plain("In a dictionary, a value must stand after the colon, and here is none."),
    ),
    (
        r"expected 'else' after 'if' expression",
        plain(
            "An `if` behind something needs an `else` as well. If this is a condition of its own, put it on a line "
            "above: `if …:`."
        ),
    ),
    (
        r"unexpected character after line continuation character",
        plain("A backslash, `\\`, joins a line with the next one, so nothing may follow it. To divide, write `/`."),
    ),
    (r"invalid syntax.*", lambda line, found: explain_line(line)),
)


def unreadable_line(failure: Failure) -> str | None:
    line = line_of(failure)
    if line is None:
        return None
    for pattern, rule in RULES_OF_MESSAGES:
        found = re.fullmatch(pattern, line.message, re.DOTALL)
        if found:
            return rule(line, found)
    return None


RULES = ()
ANYWHERE = (unreadable_line,)
