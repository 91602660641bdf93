"""Square brackets on what has no items, with an index of the wrong kind, or on items that are fixed."""

from __future__ import annotations

import ast
import re

from .failure import Failure
from .origins import is_from_input
from .quoting import code, kind_named
from .telling import told, told_none

HOW_TO_FIND_DIGITS = "To work with its digits, turn it into text with `str()` first."


def not_subscriptable(failure: Failure) -> str | None:
    found = re.fullmatch(r"'([\w.]+)' object is not subscriptable\b.*", failure.message)
    node = failure.at(ast.Subscript)
    if not found or node is None:
        return None
    base = failure.shown(node.value)
    if found[1] == "NoneType":
        return told_none(failure, node.value, "has no items")
    if found[1] in ("method", "builtin_function_or_method", "function"):
        index = failure.text_of(node.slice)
        brackets = f"()[{index}]" if isinstance(node.value, ast.Attribute) else f"({index})"
        called = failure.text_of(node.value) + brackets
        return f"{base} is a function, and a function is called with round brackets: {code(called)}."
    if found[1] == "type":
        return None
    digits = f" {HOW_TO_FIND_DIGITS}" if found[1] in ("int", "float") else ""
    return f"The square brackets ask for an item, and {told(failure, node.value, found[1])}, which has none.{digits}"


def wrong_index_kind(failure: Failure) -> str | None:
    found = re.fullmatch(r"(\w+) ind(?:ices|ex) must be integers(?: or slices)?, not '?([\w.]+)'?", failure.message)
    node = failure.at(ast.Subscript)
    if not found or node is None:
        return None
    base, index, key = failure.shown(node.value), failure.shown(node.slice), failure.value_of(node.slice)
    start = f"The items of {kind_named('str' if found[1] == 'string' else found[1])} have whole numbers, from 0"
    if isinstance(failure.parent_of(node), ast.Subscript) or found[2] == "tuple":
        return (
            f"{start}, and {told(failure, node.slice, found[2])}. For a list inside a list, use two pairs of brackets: "
            "`rows[1][2]`."
        )
    if found[2] == "float":
        return (
            f"{start}, and {told(failure, node.slice, 'float')}. Division with `/` always gives a float: use `//` for "
            "a "
            "whole number."
        )
    if found[2] == "str" and _is_digits(key):
        source = "What `input()` gives is always a string. " if is_from_input(failure, node.slice) else ""
        return (
            f"{start}, and {told(failure, node.slice, 'str')}. {source}Write "
            f"{code(f'int({failure.text_of(node.slice)})')}."
        )
    if found[2] == "str":
        loop = next(
            (
                n
                for n in failure.nodes
                if isinstance(n, ast.For) and failure.text_of(n.target) == failure.text_of(node.slice)
            ),
            None,
        )
        if loop is not None and failure.text_of(loop.iter) == failure.text_of(node.value):
            return (
                f"The loop puts the items of {base} into {index} one by one, so {index} is the item already. Use "
                f"{index} by itself."
            )
        return f"{start}, and {told(failure, node.slice, 'str')}. Names in square brackets are for dictionaries."
    return f"{start}, and {told(failure, node.slice, found[2])}."


def unhashable(failure: Failure) -> str | None:
    found = re.search(r"unhashable type: '([\w.]+)'", failure.message)
    if not found:
        return None
    where = "an item of a set" if "set element" in failure.message else "the key of a dictionary"
    if "as a" not in failure.message:
        where = "the key of a dictionary or an item of a set"
    hint = " A tuple can: write round brackets instead of square ones." if found[1] == "list" else ""
    return f"{kind_named(found[1]).capitalize()} can change, so it cannot be {where}.{hint}"


def fixed_items(failure: Failure) -> str | None:
    found = re.fullmatch(
        r"'(\w+)' object (does not support item|doesn't support item) (assignment|deletion)", failure.message
    )
    if not found or found[1] not in ("str", "tuple", "range", "int", "NoneType"):
        return None
    node = failure.at(ast.Subscript)
    base = failure.shown(node.value) if node else "This"
    if found[1] == "NoneType":
        return told_none(failure, node.value, "has no items") if node else None
    if found[1] == "str":
        return (
            f"{base} is a string, and the characters of a string cannot be changed. Make a new one, for example with "
            "`.replace()` or by slices."
        )
    if found[1] == "int":
        return f"{base} is an integer, and has no items."
    return (
        f"{base} is {kind_named(found[1])}, and its items cannot be changed. Use a list, in square brackets, for items "
        "that change."
    )


def _is_digits(text: object) -> bool:
    return type(text) is str and text.strip().isdigit()


RULES = (not_subscriptable, wrong_index_kind, unhashable, fixed_items)
ANYWHERE = ()
