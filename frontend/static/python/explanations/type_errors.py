"""Values that cannot be used in that way: called, indexed, looped over, counted, changed."""

from __future__ import annotations

import ast
import re

from .failure import UNKNOWN, Failure, is_literal, is_numeric
from .origins import is_from_input, origin_of_none
from .quoting import code, kind_named, name_of, plain, value

HOW_TO_FIND_DIGITS = "To work with its digits, turn it into text with `str()` first."


def not_callable(failure: Failure) -> str | None:
    found = re.fullmatch(r"'([\w.]+)' object is not callable\b.*", failure.message)
    call = failure.at(ast.Call)
    if not found or call is None:
        return None
    called = failure.shown(call.func)
    if isinstance(call.func, ast.Constant | ast.BinOp | ast.Tuple | ast.List):
        what = "calls it as if it were a function. A comma or an operator such as `*` may be missing between the two"
        return f"{called} is {kind_named(found[1])}, and the bracket after it {what}."
    if found[1] == "module":
        return (
            f"{called} is a module and cannot be called itself. Call a function in it: "
            f"{code(f'{failure.text_of(call.func)}.…()')}."
        )
    if isinstance(call.func, ast.Name) and call.func.id in _builtin_names():
        return (
            f"{called} was a function of Python's own, until this program gave that name another value: now it is "
            f"{kind_named(found[1])}. Give the variable a different name."
        )
    hint = (
        f" To reach an item, use square brackets: {code(f'{failure.text_of(call.func)}[…]')}."
        if found[1] in _WITH_ITEMS
        else ""
    )
    return f"The round brackets call {called} as a function, but {_is(failure, call.func, found[1])}.{hint}"


def not_subscriptable(failure: Failure) -> str | None:
    found = re.fullmatch(r"'([\w.]+)' object is not subscriptable\b.*", failure.message)
    node = failure.at(ast.Subscript)
    if not found or node is None:
        return None
    base = failure.shown(node.value)
    if found[1] == "NoneType":
        return _none_told(failure, node.value, "has no items")
    if found[1] in ("method", "builtin_function_or_method", "function"):
        index = failure.text_of(node.slice)
        brackets = f"()[{index}]" if isinstance(node.value, ast.Attribute) else f"({index})"
        called = failure.text_of(node.value) + brackets
        return f"{base} is a function, and a function is called with round brackets: {code(called)}."
    if found[1] == "type":
        return None
    digits = f" {HOW_TO_FIND_DIGITS}" if found[1] in ("int", "float") else ""
    return f"The square brackets ask for an item, and {_is(failure, node.value, found[1])}, which has none.{digits}"


def not_iterable(failure: Failure) -> str | None:
    found = re.fullmatch(
        r"(?:cannot unpack non-iterable ([\w.]+) object|'([\w.]+)' object is not iterable)", failure.message
    )
    if not found:
        return None
    type_name = found[1] or found[2]
    node = _looped_over(failure)
    if type_name == "NoneType":
        return _none_told(failure, node, "has no items to go through") if node else None
    if found[1]:
        return (
            "Several names stand left of the `=`, but right of it is only "
            f"{kind_named(type_name)}{_held(failure, node)}."
        )
    what = f"{_is(failure, node, type_name)}" if node else f"this is {kind_named(type_name)}"
    if type_name == "int":
        source = failure.text_of(node) if node else "10"
        return (
            f"A loop needs several items to go through, and {what}. To count up to it, use {code(f'range({source})')}."
        )
    return f"This needs several items to go through, and {what}, which has none."


def membership(failure: Failure) -> str | None:
    found = re.fullmatch(r"argument of type '([\w.]+)' is not (?:a container or )?iterable", failure.message)
    node = failure.at(ast.Compare)
    if not found or node is None or len(node.comparators) != 1:
        return None
    container = node.comparators[0]
    if found[1] == "NoneType":
        return _none_told(failure, container, "contains nothing to look for")
    return f"`in` looks for something inside a list, a string or a dictionary, and {_is(failure, container, found[1])}."


def no_length(failure: Failure) -> str | None:
    found = re.fullmatch(r"object of type '([\w.]+)' has no len\(\)", failure.message)
    call = failure.at(ast.Call)
    if not found or call is None or not call.args or failure.text_of(call.func) != "len":
        return None
    if found[1] == "NoneType":
        return _none_told(failure, call.args[0], "has no length")
    digits = (
        f" To count its digits, write {code(f'len(str({failure.text_of(call.args[0])}))')}."
        if found[1] == "int"
        else ""
    )
    return (
        "`len()` counts the items of a list or the characters of a string, and "
        f"{_is(failure, call.args[0], found[1])}.{digits}"
    )


def wrong_index_kind(failure: Failure) -> str | None:
    found = re.fullmatch(r"(\w+) ind(?:ices|ex) must be integers(?: or slices)?, not '?([\w.]+)'?", failure.message)
    node = failure.at(ast.Subscript)
    if not found or node is None:
        return None
    base, index, key = failure.shown(node.value), failure.shown(node.slice), failure.value_of(node.slice)
    start = f"The items of {kind_named('str' if found[1] == 'string' else found[1])} have whole numbers, from 0"
    if isinstance(failure.parent_of(node), ast.Subscript) or found[2] == "tuple":
        return (
            f"{start}, and {_is(failure, node.slice, found[2])}. For a list inside a list, use two pairs of brackets: "
            "`rows[1][2]`."
        )
    if found[2] == "float":
        return (
            f"{start}, and {_is(failure, node.slice, 'float')}. Division with `/` always gives a float: use `//` for a "
            "whole number."
        )
    if found[2] == "str" and _is_digits(key):
        source = "What `input()` gives is always a string. " if is_from_input(failure, node.slice) else ""
        return (
            f"{start}, and {_is(failure, node.slice, 'str')}. {source}Write "
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
        return f"{start}, and {_is(failure, node.slice, 'str')}. Names in square brackets are for dictionaries."
    return f"{start}, and {_is(failure, node.slice, found[2])}."


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
        return _none_told(failure, node.value, "has no items") if node else None
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


def wrong_argument(failure: Failure) -> str | None:
    """`int([1])`, `range(2.5)`, `", ".join([1])`, `file.write(1)`."""
    call = failure.at(ast.Call)
    if call is None:
        return None
    message = failure.message
    found = re.fullmatch(r"(int|float)\(\) argument must be a string.*, not '([\w.]+)'", message)
    if found and call.args:
        if found[2] == "NoneType":
            return _none_told(failure, call.args[0], "cannot be turned into a number")
        return (
            f"{code(f'{found[1]}()')} turns text or a number into a number, and {_is(failure, call.args[0], found[2])}."
        )
    found = re.fullmatch(r"'(str|float|list|NoneType)' object cannot be interpreted as an integer", message)
    if found:
        return _whole_number_wanted(failure, call, found[1])
    found = re.fullmatch(r"sequence item (\d+): expected str instance, ([\w.]+) found", message)
    if found:
        return (
            f"`.join()` joins strings, and item {found[1]} is {kind_named(found[2])}. Turn the items into strings "
            "first: "
            f"`.join(str(item) for item in items)`."
        )
    found = re.fullmatch(r"write\(\) argument must be str, not ([\w.]+)", message)
    if found and call.args:
        return (
            f"`.write()` takes a string, and {_is(failure, call.args[0], found[1])}. Write "
            f"{code(f'str({failure.text_of(call.args[0])})')}."
        )
    found = re.fullmatch(r"input expected at most 1 argument, got (\d+)", message)
    if found:
        return (
            f"`input()` takes one string as its question, and got {found[1]} values. Join them into one, for example "
            "with an f-string."
        )
    return None


def not_for_json(failure: Failure) -> str | None:
    found = re.fullmatch(r"Object of type ([\w.]+) is not JSON serializable", failure.message)
    if not found:
        return None
    return (
        "JSON can hold dictionaries, lists, strings, numbers, `True`, `False` and `None`, but not "
        f"{kind_named(found[1])}."
    )


def no_number_given(failure: Failure) -> str | None:
    """`abs("3")`, `round("3.5")`."""
    found = re.fullmatch(
        r"bad operand type for abs\(\): '([\w.]+)'|type ([\w.]+) doesn't define __round__ method", failure.message
    )
    call = failure.at(ast.Call)
    if not found or call is None or not call.args:
        return None
    type_name, known = found[1] or found[2], failure.value_of(call.args[0])
    fix = f" Write {code(f'float({failure.text_of(call.args[0])})')}." if is_numeric(known) else ""
    return f"{failure.shown(call.func)} works on numbers, and {_is(failure, call.args[0], type_name)}.{fix}"


def raised_text(failure: Failure) -> str | None:
    if failure.message != "exceptions must derive from BaseException":
        return None
    return '`raise` needs an exception, such as `raise ValueError("what is wrong")`; text by itself cannot be raised.'


def _whole_number_wanted(failure: Failure, call: ast.Call, type_name: str) -> str | None:
    fitting = [node for node in call.args if name_of(type(failure.value_of(node))) == type_name]
    if not fitting and len(call.args) == 1:
        fitting = call.args
    if len(fitting) != 1:
        return None
    argument = fitting[0]
    name = failure.shown(call.func)
    if type_name == "NoneType":
        return _none_told(failure, argument, "is not a number")
    told = _is(failure, argument, type_name)
    source = failure.text_of(argument)
    if type_name == "float":
        fix = (
            "Division with `/` always gives a float: use `//`"
            if "/" in source and "//" not in source
            else f"Use {code(f'int({source})')}"
        )
    elif type_name == "list":
        fix = f"Its length is {code(f'len({source})')}"
    else:
        note = "`input()` always gives a string; use " if is_from_input(failure, argument) else "Use "
        fix = f"{note}{code(f'int({source})')}"
    return f"{name} needs a whole number, and {told}. {fix}."


RULES = (
    not_callable,
    not_subscriptable,
    not_iterable,
    membership,
    no_length,
    wrong_index_kind,
    unhashable,
    fixed_items,
    wrong_argument,
    no_number_given,
    raised_text,
)
ANYWHERE = (not_for_json,)

_GO_THROUGH = ("sum", "list", "tuple", "set", "max", "min", "sorted", "enumerate", "any", "all", "reversed", "iter")
_WITH_ITEMS = ("list", "dict", "tuple", "str", "range", "DataFrame", "Series", "ndarray")


def _builtin_names() -> dict[str, object]:
    return {name: found for name, found in vars(__import__("builtins")).items() if callable(found)}


def _is(failure: Failure, node: ast.AST | None, type_name: str) -> str:
    """`age` is an integer, `12`."""
    if node is None:
        return f"this is {kind_named(type_name)}"
    return f"{failure.shown(node)} is {kind_named(type_name)}{_held(failure, node, type_name)}"


def _held(failure: Failure, node: ast.AST | None, type_name: str | None = None) -> str:
    """The value, where it is known and the text does not show it already."""
    known = failure.value_of(node)
    if known is UNKNOWN or known is None or is_literal(node) or plain(known) is None:
        return ""
    if type_name is not None and name_of(type(known)) != type_name:
        return ""
    return f", {value(known)}"


def _none_told(failure: Failure, node: ast.AST | None, consequence: str) -> str | None:
    if node is None:
        return None
    if is_literal(node):
        return f"`None` stands for “no value” and {consequence}."
    why = origin_of_none(failure, node)
    return f"{failure.shown(node)} is `None`, which stands for “no value” and {consequence}.{f' {why}' if why else ''}"


def _looped_over(failure: Failure) -> ast.expr | None:
    """What a loop, a function such as `sum`, or an unpacking was to go through."""
    call = failure.at(ast.Call)
    if call is not None and isinstance(call.func, ast.Name) and call.func.id in _GO_THROUGH:
        return call.args[0] if len(call.args) == 1 else None
    target = failure.at(ast.Tuple) or failure.at(ast.List)
    parent = failure.parent_of(target) if target is not None else None
    if isinstance(parent, ast.Assign) and target is not parent.value:
        return parent.value
    node = failure.at(ast.expr)
    parent = failure.parent_of(node) if node is not None else None
    return node if isinstance(parent, ast.For | ast.comprehension) and parent.iter is node else None


def _is_digits(text: object) -> bool:
    return type(text) is str and text.strip().isdigit()
