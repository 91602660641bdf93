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
    loop = _loop_over_items(failure, node)
    if loop:
        return loop
    base = told(failure, node.value, "str" if found[1] == "string" else found[1])
    index = told(failure, node.slice, found[2])
    return (
        f"{base}, and its items are numbered from 0, but {index}. {_other_index(failure, node.slice, found[2])}".strip()
    )


def _loop_over_items(failure: Failure, node: ast.Subscript) -> str | None:
    """`for name in names: print(names[name])`."""
    base, index = failure.text_of(node.value), failure.text_of(node.slice)
    for loop in failure.nodes:
        if isinstance(loop, ast.For) and failure.text_of(loop.target) == index and failure.text_of(loop.iter) == base:
            return (
                f"The loop puts the items of {code(base)} into {code(index)} one by one, so {code(index)} is the item "
                f"already. Use {code(index)} by itself."
            )
    return None


def _other_index(failure: Failure, index: ast.expr, type_name: str) -> str:
    if type_name == "tuple":
        return "For a list inside a list, use two pairs of brackets: `rows[1][2]`."
    if type_name == "float" and "/" in failure.text_of(index):
        return "Division with `/` always gives a float: use `//` for a whole number."
    if type_name == "str" and _is_digits(failure.value_of(index)):
        source = "`input()` always gives a string. " if is_from_input(failure, index) else ""
        return f"{source}Write {code(f'int({failure.text_of(index)})')}."
    return "Names in square brackets are for dictionaries." if type_name == "str" else ""


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
