"""Clauses about a value: what it is, and why it is None."""

from __future__ import annotations

import ast

from .failure import UNKNOWN, Failure, is_literal
from .origins import origin_of_none
from .quoting import kind_named, name_of, plain, value


def told(failure: Failure, node: ast.AST | None, type_name: str) -> str:
    """`age` is an integer, `12`."""
    if node is None:
        return f"this is {kind_named(type_name)}"
    return f"{failure.shown(node)} is {kind_named(type_name)}{held(failure, node, type_name)}"


def held(failure: Failure, node: ast.AST | None, type_name: str | None = None) -> str:
    """The value, where it is known and the text does not show it already."""
    known = failure.value_of(node)
    if known is UNKNOWN or known is None or is_literal(node) or plain(known) is None:
        return ""
    if type_name is not None and name_of(type(known)) != type_name:
        return ""
    return f", {value(known)}"


def told_none(failure: Failure, node: ast.AST | None, consequence: str) -> str | None:
    if node is None:
        return None
    if is_literal(node):
        return f"`None` stands for “no value” and {consequence}."
    why = origin_of_none(failure, node)
    return f"{failure.shown(node)} is `None`, which stands for “no value” and {consequence}.{f' {why}' if why else ''}"
