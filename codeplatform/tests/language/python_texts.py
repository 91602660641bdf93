"""Sentences in our Python that nobody can translate: what is not looked up by gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_LOOKS_UP = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
# What of these calls people read, whatever it looks like
_READ_KEYWORDS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
    "description",
    "search_help_text",
    "empty_label",
    "error_messages",
}
_READ_FIRST = {"ValidationError", "PermissionDenied"}
_READ_SECOND = {"add_error", "refuse", "message_user"}
_READ_ATTRIBUTES = {"verbose_name", "verbose_name_plural", "search_help_text", "index_title", "site_header"}
_SENTENCE = re.compile(r"^[“\"]?[A-Z%{](?=.*[a-z]{2}).* .*[.?!]$", re.S)


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Each sentence, and each text in a place where people read it, that is not looked up; with its line."""
    tree = ast.parse(source)
    looked_up = {part for call in _calls(tree) if _name(call) in _LOOKS_UP for part in ast.walk(call)}
    left_alone = {part for node in ast.walk(tree) for part in _unread(node)}
    read = {text: None for node in ast.walk(tree) for place in _read(node) for text in _texts(place)}
    sentences = {node: None for node in ast.walk(tree) if _SENTENCE.match(_words(node))}
    for node in {**read, **sentences}:
        if node not in looked_up and node not in left_alone:
            yield node.lineno, _words(node)  # type: ignore[attr-defined]


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _words(node: ast.AST) -> str:
    """The text of a literal, with {} for what an f-string puts in; empty for all else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) or "{}" for part in node.values)
    return ""


def _unread(node: ast.AST) -> Iterator[ast.AST]:
    """What only developers see: docstrings, assertions, the log; and parts of f-strings, which are seen as wholes."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Assert) and node.msg:
        yield from ast.walk(node.msg)
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Call) and _name(node) in {"warning", "exception", "info", "AssertionError"}:
        is_for_people = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "messages"
        if not is_for_people:
            yield from (part for argument in node.args for part in ast.walk(argument))


def _read(node: ast.AST) -> Iterator[ast.expr]:
    """The places in this node whose texts people read."""
    if isinstance(node, ast.Call):
        name = _name(node)
        is_message = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "messages"
        if name in _READ_FIRST:
            yield from node.args[:1]
        if name in _READ_SECOND or is_message:
            yield from node.args[1:2]
        yield from (keyword.value for keyword in node.keywords if keyword.arg in _READ_KEYWORDS)
    elif isinstance(node, ast.ClassDef):
        is_choice = any(getattr(base, "attr", getattr(base, "id", "")) == "TextChoices" for base in node.bases)
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                if is_choice and isinstance(statement.value, ast.Tuple):
                    yield statement.value.elts[-1]
                if statement.targets[0].id in _READ_ATTRIBUTES:
                    yield statement.value
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "error":
                yield value


def _texts(place: ast.expr) -> Iterator[ast.AST]:
    """The literals that a place shows, in all branches."""
    if isinstance(place, ast.IfExp):
        yield from _texts(place.body)
        yield from _texts(place.orelse)
    elif isinstance(place, ast.Dict):
        for value in place.values:
            yield from _texts(value)
    elif isinstance(place, ast.List | ast.Tuple):
        for value in place.elts:
            yield from _texts(value)
    elif re.search(r"[A-Za-z]{2}", _words(place)):
        yield place
