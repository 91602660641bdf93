"""Items that are not there: IndexError and KeyError."""

from __future__ import annotations

import ast

from .did_you_mean import nearest
from .failure import UNKNOWN, Failure, is_literal, is_number, length_of
from .quoting import code, kind, listed, plain, value

_COUNTED = (list, tuple, str, range)


def command_line(failure: Failure) -> str | None:
    node = failure.at(ast.Subscript)
    if node is None or failure.text_of(node.value) not in ("sys.argv", "argv"):
        return None
    return (
        "`sys.argv` holds what was typed after a program's name in a terminal. Here there is no terminal: ask with "
        "`input()`."
    )


def no_such_item(failure: Failure) -> str | None:
    node = failure.at(ast.Subscript)
    if node is None:
        return None
    items, index = failure.value_of(node.value), failure.value_of(node.slice)
    if type(items) not in _COUNTED or type(index) is not int or -len(items) <= index < len(items):
        return None
    base = failure.shown(node.value)
    if not items:
        add = (
            f" Use {code(f'{failure.text_of(node.value)}.append(…)')} to add a first item."
            if _is_target(node, items)
            else ""
        )
        return f"{base} is empty, so it has no item {value(index)}.{add}"
    word = "character" if type(items) is str else "item"
    asked = (
        f"{word} {value(index)}"
        if is_literal(node.slice)
        else f"{word} {failure.shown(node.slice)}, which is {value(index)}"
    )
    return (
        f"{base} has {_count(items)}, and this line asks for {asked}. "
        f"{_numbering(items, index)}{_hint(failure, node, items, index)}"
    )


def nothing_to_take(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    base, items = failure.shown(call.func.value), failure.value_of(call.func.value)
    if failure.message == "pop from empty list":
        return (
            f"{base} is empty, so `.pop()` has nothing to take out. Ask first, with "
            f"{code(f'if {failure.text_of(call.func.value)}:')}."
        )
    if failure.message == "pop index out of range" and call.args and type(items) is list and items:
        index = failure.value_of(call.args[0])
        asked = "" if type(index) is not int else f" {value(index)}"
        return f"{base} has {_count(items)}, and `.pop()` is asked for item{asked}. {_numbering(items, index)}"
    return None


def empty_choice(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if failure.message != "Cannot choose from an empty sequence" or call is None or not call.args:
        return None
    if length_of(failure.value_of(call.args[0])) != 0:
        return None
    return f"There is nothing to choose from: {failure.shown(call.args[0])} is empty."


def no_such_key(failure: Failure) -> str | None:
    node = failure.at(ast.Subscript)
    if node is None:
        return None
    items, key = failure.value_of(node.value), _key_of(failure)
    if type(items) is not dict or key is UNKNOWN or key in items:
        return None
    return _key_told(failure.shown(node.value), items, key)


def no_such_key_by_method(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    items, key = failure.value_of(call.func.value), _key_of(failure)
    base = failure.shown(call.func.value)
    if failure.message.strip("'\"") in ("pop from an empty set", "popitem(): dictionary is empty"):
        return f"{base} is empty, so there is nothing to take out."
    if key is UNKNOWN:
        return None
    if type(items) is dict and call.func.attr == "pop" and key not in items:
        return _key_told(base, items, key)
    if type(items) is set and call.func.attr == "remove" and key not in items:
        return (
            f"The set {base} does not contain {value(key)}. To remove something only if it is there, use `.discard()`."
        )
    return None


def no_such_column(failure: Failure) -> str | None:
    """A column that a pandas DataFrame does not have."""
    node, key = failure.at(ast.Subscript), _key_of(failure)
    if node is None or type(key) is not str:
        return None
    table = failure.value_of(node.value)
    if not type(table).__module__.startswith("pandas") or type(table).__name__ != "DataFrame":
        return None
    columns = [name for name in list(table.columns)[:200] if type(name) in (str, int)]
    if key in columns:
        return None
    meant = nearest(key, columns)
    spaced = next((name for name in columns if type(name) is str and name.strip() == key), None)
    if spaced is not None:
        return (
            f"The table {failure.shown(node.value)} has no column {value(key)}, but {value(spaced)}, with spaces in "
            "its name."
        )
    hint = f" Did you mean {value(meant)}?" if meant else ""
    return f"The table {failure.shown(node.value)} has no column {value(key)}.{hint} Its columns are {listed(columns)}."


RULES = (command_line, no_such_item, nothing_to_take, no_such_key, no_such_key_by_method)
ANYWHERE = (empty_choice, no_such_column)


def _key_of(failure: Failure) -> object:
    """The key that was not found; only plain data, so that it can be compared without running the program's code."""
    arguments = failure.error.args
    if len(arguments) != 1 or not _is_plain(arguments[0]):
        return UNKNOWN
    key: object = arguments[0]
    return key


def _is_plain(key: object) -> bool:
    if type(key) is tuple:
        return all(_is_plain(part) for part in key)
    return key is None or type(key) in (str, bool, bytes) or is_number(key)


def _key_told(base: str, items: dict[object, object], key: object) -> str:
    if not items:
        return f"The dictionary {base} is empty, so it has no key {value(key)}."
    keys = [name for name in list(items)[:3_000] if _is_plain(name)]
    start = f"The dictionary {base} has no key {value(key)}"
    twin = next(
        (name for name in keys if type(name) is not type(key) and plain(name) == str(key) or str(name) == plain(key)),
        None,
    )
    if twin is not None:
        return f"{start} ({kind(key)}), but it has {value(twin)} ({kind(twin)})."
    meant = nearest(key, keys) if type(key) is str else None
    hint = f" Did you mean {value(meant)}?" if meant else ""
    return f"{start}.{hint} Its keys are {listed(keys)}." if keys else f"{start}."


def _count(items: object) -> str:
    word = "character" if type(items) is str else "item"
    number = length_of(items)
    return f"{number} {word}{'' if number == 1 else 's'}"


def _numbering(items: object, index: object) -> str:
    last = length_of(items) - 1
    if type(index) is int and index < 0:
        return f"Counted from the end, they have the numbers -1 to -{last + 1}."
    if not last:
        return "Counting starts at 0, so the only one is number 0."
    return f"Counting starts at 0, so the last one is number {last}."


def _hint(failure: Failure, node: ast.Subscript, items: object, index: int) -> str:
    loop = next(
        (n for n in failure.nodes if isinstance(n, ast.For) and n.lineno <= failure.line <= (n.end_lineno or 0)), None
    )
    if index != length_of(items) or loop is None or not isinstance(loop.iter, ast.Call):
        return ""
    is_range = isinstance(loop.iter.func, ast.Name) and loop.iter.func.id == "range"
    names = {n.id for n in ast.walk(node.slice) if isinstance(n, ast.Name)}
    if not is_range or not isinstance(loop.target, ast.Name) or loop.target.id not in names:
        return ""
    return f" The loop over {failure.shown(loop.iter)} goes one too far."


def _is_target(node: ast.Subscript, items: object) -> bool:
    return isinstance(node.ctx, ast.Store) and type(items) is list
