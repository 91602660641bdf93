"""Values that cannot be used in that way: called, indexed, looped over, counted, changed."""

from __future__ import annotations

import ast
import re

from .failure import Failure, is_numeric
from .origins import is_from_input
from .quoting import code, kind_named, name_of
from .telling import held, told, told_none


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
    return f"The round brackets call {called} as a function, but {told(failure, call.func, found[1])}.{hint}"


def not_iterable(failure: Failure) -> str | None:
    found = re.fullmatch(r"'([\w.]+)' object is not iterable", failure.message)
    if not found:
        return None
    type_name = found[1]
    grown = failure.at(ast.AugAssign)
    if grown is not None:
        append = f"{failure.text_of(grown.target)}.append({failure.text_of(grown.value)})"
        return (
            f"`+=` adds the items of another list, and {told(failure, grown.value, type_name)}. To add one item, write "
            f"{code(append)}."
        )
    node = _looped_over(failure)
    if node is None:
        return None
    if type_name == "NoneType":
        return told_none(failure, node, "has no items to go through")
    what = told(failure, node, type_name)
    if type_name == "int" and failure.at(ast.Call) in (None, node):
        count = code(f"range({failure.text_of(node)})")
        return f"A loop needs several items to go through, and {what}. To count up to it, use {count}."
    return f"This needs several items to go through, and {what}."


def not_unpackable(failure: Failure) -> str | None:
    """`a, b = 5`."""
    found = re.fullmatch(r"cannot unpack non-iterable ([\w.]+) object", failure.message)
    target = failure.at(ast.Tuple) or failure.at(ast.List)
    parent = failure.parent_of(target) if target is not None else None
    if not found or not isinstance(parent, ast.Assign | ast.For):
        return None
    if isinstance(parent, ast.For):
        return f"The loop has several names for each item, and an item here is only {kind_named(found[1])}."
    if found[1] == "NoneType":
        return told_none(failure, parent.value, "cannot fill several names")
    what = f"{kind_named(found[1])}{held(failure, parent.value)}"
    return f"Several names stand left of the `=`, but right of it is only {what}."


def membership(failure: Failure) -> str | None:
    found = re.fullmatch(r"argument of type '([\w.]+)' is not (?:a container or )?iterable", failure.message)
    node = failure.at(ast.Compare)
    if not found or node is None or len(node.comparators) != 1:
        return None
    container = node.comparators[0]
    if found[1] == "NoneType":
        return told_none(failure, container, "contains nothing to look for")
    return (
        f"`in` looks for something inside a list, a string or a dictionary, and {told(failure, container, found[1])}."
    )


def number_in_text(failure: Failure) -> str | None:
    """`5 in "1 5 9"`."""
    found = re.fullmatch(r"'in <string>' requires string as left operand, not ([\w.]+)", failure.message)
    node = failure.at(ast.Compare)
    if not found or node is None or len(node.comparators) != 1:
        return None
    wanted = code(f"str({failure.text_of(node.left)})")
    fix = f" Write {wanted}." if found[1] in ("int", "float") else ""
    return f"In a string only another string can be looked for, and {told(failure, node.left, found[1])}.{fix}"


def no_length(failure: Failure) -> str | None:
    found = re.fullmatch(r"object of type '([\w.]+)' has no len\(\)", failure.message)
    call = failure.at(ast.Call)
    if not found or call is None or not call.args or failure.text_of(call.func) != "len":
        return None
    if found[1] == "NoneType":
        return told_none(failure, call.args[0], "has no length")
    digits = (
        f" To count its digits, write {code(f'len(str({failure.text_of(call.args[0])}))')}."
        if found[1] == "int"
        else ""
    )
    return (
        "`len()` counts the items of a list or the characters of a string, and "
        f"{told(failure, call.args[0], found[1])}.{digits}"
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
            return told_none(failure, call.args[0], "cannot be turned into a number")
        return (
            f"{code(f'{found[1]}()')} turns text or a number into a number, and "
            f"{told(failure, call.args[0], found[2])}."
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
            f"`.write()` takes a string, and {told(failure, call.args[0], found[1])}. Write "
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
        r"bad operand type for abs\(\): '([\w.]+)'|type ([\w.]+) doesn't define __round__ method"
        r"|must be real number, not ([\w.]+)",
        failure.message,
    )
    call = failure.at(ast.Call)
    if not found or call is None or not call.args:
        return None
    type_name, known = found[1] or found[2] or found[3], failure.value_of(call.args[0])
    fix = f" Write {code(f'float({failure.text_of(call.args[0])})')}." if is_numeric(known) else ""
    return f"{failure.shown(call.func)} works on numbers, and {told(failure, call.args[0], type_name)}.{fix}"


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
        return told_none(failure, argument, "is not a number")
    given = told(failure, argument, type_name)
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
    return f"{name} needs a whole number, and {given}. {fix}."


RULES = (
    not_callable,
    not_iterable,
    not_unpackable,
    membership,
    number_in_text,
    no_length,
    wrong_argument,
    no_number_given,
    raised_text,
)
ANYWHERE = (not_for_json,)

_GO_THROUGH = ("sum", "list", "tuple", "set", "max", "min", "sorted", "enumerate", "any", "all", "reversed", "iter")
_WITH_ITEMS = ("list", "dict", "tuple", "str", "range", "DataFrame", "Series", "ndarray")


def _builtin_names() -> dict[str, object]:
    return {name: found for name, found in vars(__import__("builtins")).items() if callable(found)}


def _looped_over(failure: Failure) -> ast.expr | None:
    """What a loop or a function such as `sum` was to go through."""
    call = failure.at(ast.Call)
    if call is not None and isinstance(call.func, ast.Name) and call.func.id in _GO_THROUGH:
        return call.args[0] if len(call.args) == 1 else None
    node = failure.at(ast.expr)
    parent = failure.parent_of(node) if node is not None else None
    return node if isinstance(parent, ast.For | ast.comprehension) and parent.iter is node else None
