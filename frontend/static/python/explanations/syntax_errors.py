"""Text that is not Python, told by what Python says of it. What it calls “invalid syntax” is in invalid_syntax.py."""

from __future__ import annotations

import re
from collections.abc import Callable

from .failure import Failure
from .invalid_syntax import explain_line
from .quoting import code
from .source_line import SourceLine, line_of

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
_STATEMENTS = {"function definition": "def", "class definition": "class"}

Rule = Callable[[SourceLine, "re.Match[str]"], str | None]


def missing_colon(line: SourceLine, found: re.Match[str]) -> str | None:
    if re.match(r"\s*else\s+if\b", line.bare):
        return "In Python, “else if” is one word: `elif`."
    if line.unexpected == "{":
        return "Python has no braces round a block. End this line with a colon, and indent the lines that belong to it."
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


def open_string(line: SourceLine, found: re.Match[str]) -> str | None:
    before, quote = line.text[: line.column], line.text[line.column : line.column + 2].lstrip("fFrRbBuU")[:1]
    apostrophe = re.search(r"'[^']*\w'\w+", before)
    if quote == "'" and apostrophe:
        word = code(apostrophe[0].lstrip("'"))
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


def text_in_text(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"A quote before {code(line.marked)} ends the text there. For quotes inside a text, use the other kind: single "
        "quotes "
        f"inside double ones, or the other way round."
    )


def missing_call_brackets(line: SourceLine, found: re.Match[str]) -> str | None:
    name = found[1]
    argument = line.text.strip().partition(name)[2].strip()
    return (
        f"{code(name)} is a function, and what it is given stands between round brackets: "
        f"{code(f'{name}({argument})')}."
    )


def no_block(line: SourceLine, found: re.Match[str]) -> str | None:
    head = line.line(int(found[2])).strip()
    if (
        int(found[2]) == line.number
        or not line.bare.strip()
        or line.indent > 0
        and line.column >= len(line.text.rstrip())
    ):
        return (
            f"The block that {code(head)} on line {found[2]} begins is empty. Indent the lines that belong to it, or "
            "write `pass` there."
        )
    return (
        f"This line belongs to {code(head)} on line {found[2]}, so it must be indented: put four spaces in front of it."
    )


def unexpected_indent(line: SourceLine, found: re.Match[str]) -> str | None:
    above = next((text for number in range(line.number - 1, 0, -1) if (text := line.line(number)).strip()), None)
    if above is None:
        return "The program begins with an indented line. Remove the spaces in front of it."
    outer = len(above) - len(above.lstrip())
    told = "further than the line above"
    if "\t" not in line.text[: line.indent] + above[:outer]:
        told = f"by {_spaces(line.indent)}, the one above by {_spaces(outer)}"
    return f"This line is indented {told}, and nothing begins a block between them. Give both the same indentation."


def unfitting_indent(line: SourceLine, found: re.Match[str]) -> str | None:
    stack: list[int] = []
    for number in range(1, line.number):
        text = line.line(number)
        if text.strip() and not text.lstrip().startswith("#"):
            indent = len(text) - len(text.lstrip())
            stack = [*(level for level in stack if level < indent), indent]
    levels = " or ".join(filter(None, (", ".join(map(str, stack[:-1])), _spaces(stack[-1] if stack else 0))))
    return (
        f"This line is indented by {_spaces(line.indent)}, which fits none of the blocks above it: here they are "
        f"indented by {levels}."
    )


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


def mixed_tabs(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        "Some of these lines are indented with tabs and some with spaces, which Python cannot compare. Use four "
        "spaces everywhere."
    )


def odd_character(line: SourceLine, found: re.Match[str]) -> str | None:
    character = found[1]
    if character in _QUOTES:
        return (
            f"{code(character)} is a quote for print, from a text program or a web page. In Python use the straight "
            "quotes of the keyboard: `\"` or `'`."
        )
    instead = _CHARACTERS.get(character)
    hint = f" Write {instead} instead." if instead else ""
    return f"The character {code(character)} means nothing in Python outside a text in quotes.{hint}"


def hidden_character(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        f"An invisible character ({found[1]}) stands at this place; such ones come with text copied from elsewhere. "
        "Delete it and type a space."
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
    (r"unterminated f?-?string literal .*", open_string),
    (r"unterminated triple-quoted .*", open_triple_string),
    (r"'(.)' was never closed", open_bracket),
    (r"closing parenthesis '(.)' does not match opening parenthesis '(.)'(?: on line (\d+))?", wrong_bracket),
    (r"unmatched '([)\]}])'", extra_bracket),
    (r"invalid syntax\. Perhaps you forgot a comma\?", missing_comma),
    (r"invalid syntax\. Is this intended to be part of the string\?", text_in_text),
    (r"Missing parentheses in call to '(\w+)'.*", missing_call_brackets),
    (r"expected an indented block after (.+) on line (\d+)", no_block),
    (r"unexpected indent", unexpected_indent),
    (r"unindent does not match any outer indentation level", unfitting_indent),
    (r"inconsistent use of tabs and spaces in indentation", mixed_tabs),
    (r"invalid character '(.)' \(U\+\w+\)", odd_character),
    (r"invalid non-printable character (U\+\w+)", hidden_character),
    (r"cannot assign to (.+?)(?: here\..*)?", wrong_target),
    (r"f-string: (.*)", f_string),
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
