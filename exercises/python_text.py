"""Python and regular expressions that teachers write into tests: checked here as far as can be without running them."""

from __future__ import annotations

import ast
import keyword
import re
from typing import Literal

from django.utils.translation import gettext as _

from frontend.static.python.checking.structure import NAMED_CONSTRUCTS, PLAIN_CONSTRUCTS
from frontend.static.python.checking.values import Tagged, encode

# With the flag u: https://tc39.es/ecma262/#prod-AtomEscape
_ESCAPED_IN_JAVASCRIPT = frozenset("dDwWsSbBfnrtvcxupPk0123456789^$\\.*+?()[]{}|/-")
# What reading odd source raises
_UNREADABLE = (ValueError, TypeError, SyntaxError, MemoryError, RecursionError)


class UnreadableError(ValueError):
    """The text is not what it should be; the message is a clause that says what to write."""


def tagged_literal(source: str) -> Tagged:
    """The value of a Python literal as tagged JSON (see frontend/static/python/checking/values.py).

    Raises UnreadableError for all else, and for a value too large to compare.
    """
    try:
        tagged = encode(ast.literal_eval(source))
    except _UNREADABLE as error:
        raise UnreadableError(_('write a Python literal, such as "12", "\'abc\'" or "[1, 2]"')) from error
    if _holds_other(tagged):
        raise UnreadableError(_("write a smaller value, of numbers, text, lists, tuples, sets and dictionaries"))
    return tagged


def check_code(source: str, mode: Literal["eval", "exec"]) -> None:
    """Raise UnreadableError where Python cannot read `source`: an expression (eval), or statements (exec)."""
    try:
        ast.parse(source, mode=mode)
    except _UNREADABLE as error:
        reason = f" ({error.msg})" if isinstance(error, SyntaxError) else ""
        clauses = {
            "eval": _("write an expression, such as area(3, 4); Python cannot read this%(reason)s"),
            "exec": _("write Python statements; Python cannot read this%(reason)s"),
        }
        raise UnreadableError(clauses[mode] % {"reason": reason}) from error


def is_name(text: str) -> bool:
    """Whether `text` can be a variable's name."""
    return text.isidentifier() and not keyword.iskeyword(text)


def is_construct(text: str) -> bool:
    """Whether `text` is a construct of the format: `for`, `call:sorted`, `import:os.path`, …"""
    kind, colon, name = text.partition(":")
    if not colon:
        return text in PLAIN_CONSTRUCTS
    parts = name.split(".") if kind in {"call", "import"} else [name]
    return kind in NAMED_CONSTRUCTS and all(is_name(part) for part in parts)


def check_pattern(pattern: str) -> None:
    """Raise UnreadableError where a regular expression of JavaScript cannot be one.

    Python judges it after what is JavaScript's alone has been put into Python's words; the browser has the last say.
    """
    if foreign := _pythons_alone(pattern):
        raise UnreadableError(
            _("write a regular expression of JavaScript; %(foreign)s is none of its signs") % {"foreign": foreign}
        )
    try:
        re.compile(_in_pythons_words(pattern))
    except (re.error, RecursionError, MemoryError, OverflowError, ValueError) as error:
        if "look-behind requires fixed-width" not in str(error):
            raise UnreadableError(
                _("write a regular expression; this one cannot be read (%(error)s)") % {"error": error}
            ) from error


def methods_of_unittest(source: bytes) -> tuple[str, ...]:
    """The test methods that a unittest file holds, as `ClassName.test_name`, in their order.

    Only those written in it count: in its classes, with a name that begins with `test`. Raises UnreadableError.
    """
    try:
        tree = ast.parse(source)
    except _UNREADABLE as error:
        clause = _("Python cannot read this file; run it yourself and correct it")
        if isinstance(error, SyntaxError) and error.lineno:
            clause = _("Python cannot read line %(line)s of this file; run it yourself and correct it")
            clause %= {"line": error.lineno}
        raise UnreadableError(clause) from error
    return tuple(
        f"{owner.name}.{method.name}"
        for owner in tree.body
        if isinstance(owner, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.name.startswith("test")
    )


def _holds_other(tagged: Tagged) -> bool:
    left = [tagged]
    while left:
        tag, *contents = left.pop()
        if tag == "other":
            return True
        if tag in {"list", "tuple", "set", "frozenset"}:
            left.extend(contents[0])
        elif tag == "dict":
            left.extend(part for entry in contents[0] for part in entry)
    return False


def _pythons_alone(pattern: str) -> str | None:
    """The first thing in a pattern that Python may take and JavaScript refuses."""
    for sign in re.finditer(r"\\(.)|\(\?(?:P|[aiLmsux]+\))", pattern, re.DOTALL):
        if sign[1] is None or sign[1] not in _ESCAPED_IN_JAVASCRIPT:
            return sign[0]
    return None


def _in_pythons_words(pattern: str) -> str:
    words = [(r"\(\?<(?=[A-Za-z_$])", "(?P<"), (r"\\k<(\w+)>", r"(?P=\1)"), (r"\\[pP]\{[^}]*\}", r"\\w")]
    words += [(r"\\u\{[0-9A-Fa-f]{1,6}\}", "x"), (r"\\c[A-Za-z]", "x"), (r"\\/", "/")]
    for theirs, ours in words:
        pattern = re.sub(theirs, ours, pattern)
    return pattern
