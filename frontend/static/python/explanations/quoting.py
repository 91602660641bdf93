"""Values and code as they appear in a sentence: short, and made without calling anything of the program."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any

MAX_SHOWN = 60
MAX_ITEMS = 6
MAX_DEPTH = 3
MAX_DIGITS = 40
_BITS_A_DIGIT = 3.3219

_KINDS: dict[type, str] = {
    str: "a string",
    int: "an integer",
    float: "a float",
    complex: "a complex number",
    bool: "a Boolean",
    list: "a list",
    tuple: "a tuple",
    dict: "a dictionary",
    set: "a set",
    frozenset: "a frozenset",
    bytes: "bytes",
    range: "a range",
    type(None): "`None`",
    types.FunctionType: "a function",
    types.BuiltinFunctionType: "a function",
    types.MethodType: "a method",
    types.ModuleType: "a module",
    types.GeneratorType: "a generator",
}
_NAMED_KINDS = {
    **{kind.__name__: words for kind, words in _KINDS.items()},
    "NoneType": "`None`",
    "type": "a class",
    "method_descriptor": "a method",
    "_io.TextIOWrapper": "a file",
    "TextIOWrapper": "a file",
    "ndarray": "a NumPy array",
    "DataFrame": "a DataFrame",
    "Series": "a Series",
}


def code(text: str) -> str:
    """`text` marked as code: on one line, cut where it is long."""
    line = text.replace("\n", " ")
    shown = line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"
    return f"“{shown}”" if "`" in shown else f"`{shown}`"


def value(shown: object) -> str:
    """The value as code: `[1, 2, 3]`; of objects that are no plain data the kind is told: `a Dog object`."""
    text = plain(shown)
    return kind(shown) if text is None else code(text)


def kind(shown: object) -> str:
    """What kind of value it is, in a beginner's words: `a string`, `a list`, `a Dog object`."""
    if issubclass(type(shown), type):
        return "a class"
    return _KINDS.get(type(shown)) or kind_named(name_of(type(shown)))


def kind_named(type_name: str) -> str:
    """The same, for the name of a type as error messages give it."""
    known = _NAMED_KINDS.get(type_name)
    if known:
        return known
    article = "an" if type_name[:1].lower() in "aeiou" else "a"
    return f"{article} {code(type_name)} object"


def name_of(kind_: type) -> str:
    """The name of a class, whatever its metaclass makes of it."""
    found = type.__dict__["__name__"].__get__(kind_)
    return found if type(found) is str else "object"


def plain(shown: Any, depth: int = MAX_DEPTH) -> str | None:
    """The value as Python would print it, cut short; None for what is no plain data."""
    exact = type(shown)
    if shown is None or exact in (bool, float, complex):
        return repr(shown)
    if exact is int:
        digits = int(shown.bit_length() / _BITS_A_DIGIT)
        return repr(shown) if digits <= MAX_DIGITS else None
    if exact in (str, bytes):
        return repr(shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN // 2]) + (
            "" if len(shown) <= MAX_SHOWN else "…"
        )
    if exact is range:
        return repr(shown) if max(abs(shown.start), abs(shown.stop), abs(shown.step)) < 10**MAX_DIGITS else None
    if exact in (list, tuple, set, frozenset, dict):
        return _container(shown, depth)
    return None


def listed(items: Iterable[object], most: int = MAX_ITEMS) -> str:
    """Several values as code, with commas between them; the first `most` of them."""
    shown = []
    for item in items:
        if len(shown) == most:
            return f"{', '.join(shown)} …"
        shown.append(value(item))
    return ", ".join(shown)


def _container(shown: Any, depth: int) -> str:
    start, end = {list: "[]", tuple: "()", dict: "{}"}.get(type(shown), "{}")
    if not shown:
        return f"{type(shown).__name__}()" if type(shown) in (set, frozenset) else start + end
    if depth == 0:
        return f"{start}…{end}"
    parts = []
    room = MAX_SHOWN
    for item in shown.items() if type(shown) is dict else shown:
        if len(parts) == MAX_ITEMS or room <= 0:
            parts.append("…")
            break
        pair = item if type(shown) is dict else (item,)
        part = ": ".join(_item(each, depth) for each in pair)
        room -= len(part)
        parts.append(part)
    if type(shown) is tuple and len(shown) == 1:
        parts.append("")
    return start + ", ".join(parts).rstrip(" ") + end


def _item(shown: object, depth: int) -> str:
    text = plain(shown, depth - 1)
    return text if text is not None else f"<{name_of(type(shown))}>"
