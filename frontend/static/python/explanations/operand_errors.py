"""Operators between values that do not go together."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from .failure import UNKNOWN, Failure, is_literal, is_numeric
from .origins import is_from_input, origin_of_none
from .quoting import code, kind, kind_named, name_of, plain, value


class _Operation(NamedTuple):
    """`left symbol right`, with the kinds of the two as the message names them."""

    left: ast.expr
    symbol: str
    right: ast.expr
    kinds: tuple[str, str]


def text_and_number(failure: Failure) -> str | None:
    """`"Age: " + 12`, `"12" - 1`: an operator between text and a number."""
    found = _operation(failure)
    if found is None or not _are_text_and_number(found.kinds):
        return None
    text, number = (found.left, found.right) if found.kinds[0] == "str" else (found.right, found.left)
    known = failure.value_of(text)
    if found.symbol in ("+", "+=") and not is_numeric(known):
        advice = f"To join them as text, write {code(f'str({failure.text_of(number)})')}."
    else:
        advice = _calculate_with(failure, text)
    return f"{_both_told(failure, found)} {advice}".rstrip()


def none_in_a_sum(failure: Failure) -> str | None:
    found = _operation(failure)
    if found is None or "NoneType" not in found.kinds:
        return None
    side = found.left if found.kinds[0] == "NoneType" else found.right
    if is_literal(side):
        return f"`None` stands for “no value”, and {code(found.symbol)} needs a value."
    why = origin_of_none(failure, side)
    told = f"{failure.shown(side)} is `None`, which stands for “no value”, and {code(found.symbol)} needs a value."
    return f"{told} {why}" if why else told


def item_added_to_list(failure: Failure) -> str | None:
    found = _operation(failure)
    if found is None or found.symbol != "+" or found.kinds[0] != "list" or found.kinds[1] in ("tuple", "dict", "set"):
        return None
    items, item = found.left, found.right
    if is_literal(items):
        return None
    return (
        f"{_both_told(failure, found)} To add one item to the list, write "
        f"{code(f'{failure.text_of(items)}.append({failure.text_of(item)})')}."
    )


def other_operands(failure: Failure) -> str | None:
    found = _operation(failure)
    return _both_told(failure, found) if found else None


def summed_text(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if call is None or not isinstance(call.func, ast.Name) or call.func.id != "sum":
        return None
    if not failure.message.startswith("unsupported operand type(s) for +: 'int' and 'str'"):
        return None
    return (
        "`sum()` adds numbers, and it was given text. Turn each item into a number first, such as "
        "`sum(int(item) for item in items)`."
    )


def multiplied_by_text(failure: Failure) -> str | None:
    found = re.fullmatch(r"can't multiply sequence by non-int of type '(\w+)'", failure.message)
    sides = _sides(failure)
    if not found or sides is None:
        return None
    told = " and ".join(_told(failure, side) for side in sides if failure.value_of(side) is not UNKNOWN)
    texts = [side for side in sides if is_numeric(failure.value_of(side))]
    advice = f" {_calculate_with(failure, texts[0])}" if texts else ""
    return f"`*` can repeat text or a list a whole number of times, and no more{f': {told}' if told else ''}.{advice}"


def compared(failure: Failure) -> str | None:
    found = re.fullmatch(r"'(\S+)' not supported between instances of '([\w.]+)' and '([\w.]+)'", failure.message)
    if not found:
        return None
    symbol, kinds = found[1], (found[2], found[3])
    node = failure.at(ast.Compare)
    if node is None:
        return _unlike_items(kinds) if failure.at(ast.Call) else None
    if len(node.ops) != 1:
        return (
            _text_among_numbers(failure, symbol, [node.left, *node.comparators])
            if _are_text_and_number(kinds)
            else None
        )
    comparison = _Operation(node.left, symbol, node.comparators[0], kinds)
    if "NoneType" in kinds:
        side = node.left if kinds[0] == "NoneType" else node.comparators[0]
        why = origin_of_none(failure, side)
        told = (
            f"{failure.shown(side)} is `None`, which stands for “no value”, and cannot be compared by {code(symbol)}."
        )
        return f"{told} {why}" if why else told
    advice = ""
    if _are_text_and_number(kinds):
        advice = (
            f" {_calculate_with(failure, node.left if kinds[0] == 'str' else node.comparators[0], 'compare numbers')}"
        )
    return (_both_told(failure, comparison) + advice).rstrip()


def _text_among_numbers(failure: Failure, symbol: str, sides: list[ast.expr]) -> str | None:
    texts = [side for side in sides if type(failure.value_of(side)) is str]
    if len(texts) != 1:
        return None
    told = f"{_told(failure, texts[0])}, and {code(symbol)} cannot compare it with a number."
    return f"{told} {_calculate_with(failure, texts[0], 'compare numbers')}".rstrip()


def minus_text(failure: Failure) -> str | None:
    found = re.fullmatch(r"bad operand type for unary ([-+~]): '(\w+)'", failure.message)
    node = failure.at(ast.UnaryOp)
    if not found or node is None:
        return None
    advice = _calculate_with(failure, node.operand) if found[2] == "str" else ""
    told = f"{code(found[1])} before a value needs a number, and {_told(failure, node.operand, found[2])}."
    return f"{told} {advice}".rstrip()


def percent_on_text(failure: Failure) -> str | None:
    node = failure.at(ast.BinOp)
    if failure.message != "not all arguments converted during string formatting" or node is None:
        return None
    if not is_numeric(failure.value_of(node.left)):
        return None
    return (
        f"{_told(failure, node.left)}, and `%` after a string is no division: it fills in text. "
        f"{_calculate_with(failure, node.left)}"
    )


RULES = (
    summed_text,
    text_and_number,
    none_in_a_sum,
    item_added_to_list,
    other_operands,
    multiplied_by_text,
    compared,
    minus_text,
    percent_on_text,
)
ANYWHERE = ()


def _operation(failure: Failure) -> _Operation | None:
    sides = _sides(failure)
    found = re.fullmatch(r"unsupported operand type\(s\) for ([^ :]+)[^:]*: '([\w.]+)' and '([\w.]+)'", failure.message)
    if found and sides:
        return _Operation(sides[0], found[1], sides[1], (found[2], found[3]))
    found = re.fullmatch(r'can only concatenate (\w+) \(not "([\w.]+)"\) to \w+', failure.message)
    return _Operation(sides[0], "+", sides[1], (found[1], found[2])) if found and sides else None


def _sides(failure: Failure) -> tuple[ast.expr, ast.expr] | None:
    node = failure.at(ast.BinOp)
    if node is not None:
        return node.left, node.right
    change = failure.at(ast.AugAssign)
    return (change.target, change.value) if change is not None else None


def _both_told(failure: Failure, operation: _Operation) -> str:
    left, symbol, right, kinds = operation
    return (
        f"{_told(failure, left, kinds[0])} and {_told(failure, right, kinds[1])}: {code(symbol)} does not work between "
        "the two."
    )


def _told(failure: Failure, node: ast.expr, type_name: str | None = None) -> str:
    """`age` is the string `'12'`; for a literal, and where the value is not known for certain, its kind only."""
    known = failure.value_of(node)
    if known is UNKNOWN or (type_name is not None and name_of(type(known)) != type_name):
        return f"{failure.shown(node)} is {kind_named(type_name)}" if type_name else failure.shown(node)
    if is_literal(node) or known is None or plain(known) is None:
        return f"{failure.shown(node)} is {kind(known)}"
    return f"{failure.shown(node)} is the {kind(known).partition(' ')[2]} {value(known)}"


def _calculate_with(failure: Failure, text: ast.expr, purpose: str = "calculate with it") -> str:
    known = failure.value_of(text)
    if type(known) is str and not is_numeric(known):
        return ""
    if is_literal(text):
        return "Without the quotes it is a number."
    convert = "float" if type(known) is str and "." in known else "int"
    note = "`input()` always gives a string. " if is_from_input(failure, text) else ""
    return f"{note}To {purpose}, write {code(f'{convert}({failure.text_of(text)})')}."


def _unlike_items(kinds: tuple[str, str]) -> str:
    return (
        f"The items are not all of one kind: {kind_named(kinds[0])} and {kind_named(kinds[1])} cannot be put in order."
    )


def _are_text_and_number(kinds: tuple[str, str]) -> bool:
    return set(kinds) in ({"str", "int"}, {"str", "float"})
