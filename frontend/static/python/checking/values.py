"""Python values as tagged JSON, so that two can be compared without running anybody's code.

A value is a list: its tag, then what it holds.

    ["none"]  ["bool", true]  ["int", "12"]  ["float", "1.5"]  ["complex", "0.0", "1.0"]
    ["str", "abc"]  ["bytes", "616263"]
    ["list", [...]]  ["tuple", [...]]  ["set", [...]]  ["frozenset", [...]]  ["dict", [[key, value], ...]]
    ["other", "Dog", "<Dog Rex>"]

Numbers are text because JSON's have neither the size nor `nan` and `inf`. An `int` of more than MAX_DECIMAL_BITS bits
is written in hexadecimal. Sets are sorted by their JSON, dictionaries keep their order. Subclasses of these types count
as the type itself (a `Counter` is a dictionary, a named tuple a tuple), scalars of NumPy as Python's. Everything else,
arrays and tables of pandas too, is "other": the name of its type and its repr, cut to MAX_REPR characters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

Tagged = list[Any]

MAX_DEPTH = 60  # a list inside a list inside a list …
MAX_PARTS = 50_000  # values inside values
MAX_CHARACTERS = 1_000_000  # of texts, bytes and numbers together
MAX_REPR = 1_000
MAX_DECIMAL_BITS = 14_000  # about 4,200 digits: Python refuses to write more than 4,300 in decimal


def encode(value: object) -> Tagged:
    """The value as tagged JSON.

    Of the program's own code only `repr` of objects runs, and what that raises is dealt with (KeyboardInterrupt passes,
    for it may be Stop). A container that holds itself shows "…" in that place; a value over the limits is "other" as a
    whole.
    """
    try:
        return _Encoder().encode(value)
    except _TooLargeError:
        return ["other", _type_name(value), "a value that is too large to show"]


class _TooLargeError(Exception):
    pass


class _Encoder:
    def __init__(self) -> None:
        self._parts_left = MAX_PARTS
        self._characters_left = MAX_CHARACTERS
        self._open: list[int] = []

    def encode(self, value: object) -> Tagged:
        self._parts_left -= 1
        if self._parts_left < 0:
            raise _TooLargeError
        value = _without_numpy(value)
        if value is None:
            return ["none"]
        if value is True or value is False:
            return ["bool", value]
        # Not isinstance, which believes what an object says of its class; nor `in`, which asks a metaclass.
        for base in type.__dict__["__mro__"].__get__(type(value)):
            for kind, encode_kind in self._KINDS.items():
                if base is kind:
                    return encode_kind(self, value)
        return ["other", _type_name(value), self._counted(_repr(value))]

    def _counted(self, text: str) -> str:
        self._characters_left -= len(text)
        if self._characters_left < 0:
            raise _TooLargeError
        return text

    # The methods of the types themselves are called, for a subclass may have others of the same name.

    def _int(self, value: int) -> Tagged:
        plain = int.__int__(value)
        bits = plain.bit_length()
        if bits > MAX_CHARACTERS:
            raise _TooLargeError
        return ["int", self._counted(str(plain) if bits <= MAX_DECIMAL_BITS else hex(plain))]

    def _float(self, value: float) -> Tagged:
        return ["float", float.__repr__(value)]

    def _complex(self, value: complex) -> Tagged:
        plain = complex.__complex__(value)
        return ["complex", repr(plain.real), repr(plain.imag)]

    def _str(self, value: str) -> Tagged:
        return ["str", self._counted(str.__str__(value))]

    def _bytes(self, value: bytes) -> Tagged:
        return ["bytes", self._counted(bytes.hex(value))]

    def _list(self, value: list[object]) -> Tagged:
        return self._container("list", value, lambda: self._all(list.__iter__(value)))

    def _tuple(self, value: tuple[object, ...]) -> Tagged:
        return self._container("tuple", value, lambda: self._all(tuple.__iter__(value)))

    def _set(self, value: set[object]) -> Tagged:
        return self._container("set", value, lambda: _sorted(self._all(set.__iter__(value))))

    def _frozenset(self, value: frozenset[object]) -> Tagged:
        return self._container("frozenset", value, lambda: _sorted(self._all(frozenset.__iter__(value))))

    def _dict(self, value: dict[object, object]) -> Tagged:
        return self._container(
            "dict", value, lambda: [self._all(entry) for entry in self._small(dict.items(value).__iter__())]
        )

    def _container(self, tag: str, value: object, contents: Callable[[], list[Tagged]]) -> Tagged:
        if id(value) in self._open:
            return ["other", tag, "…"]
        if len(self._open) >= MAX_DEPTH:
            raise _TooLargeError
        self._open.append(id(value))
        try:
            return [tag, contents()]
        finally:
            self._open.pop()

    def _all(self, values: Iterable[object]) -> list[Tagged]:
        return [self.encode(value) for value in self._small(values)]

    def _small(self, values: Iterable[Any]) -> list[Any]:
        # All at once, because the repr of one element may change the container.
        taken = list(values)
        if len(taken) > self._parts_left:
            raise _TooLargeError
        return taken

    _KINDS: dict[type, Callable[[_Encoder, Any], Tagged]] = {
        int: _int,
        float: _float,
        complex: _complex,
        str: _str,
        bytes: _bytes,
        list: _list,
        tuple: _tuple,
        set: _set,
        frozenset: _frozenset,
        dict: _dict,
    }


def _sorted(values: list[Tagged]) -> list[Tagged]:
    return sorted(values, key=json.dumps)


def _without_numpy(value: object) -> object:
    numpy: Any = sys.modules.get("numpy")
    try:
        return value.item() if isinstance(value, numpy.generic) else value
    except Exception:  # noqa: BLE001 - no NumPy here, half of one, or a project's module of that name
        return value


def _type_name(value: object) -> str:
    # As it is kept: a metaclass may say otherwise, or raise.
    name: str = type.__dict__["__name__"].__get__(type(value))
    return name[:MAX_REPR]


def _repr(value: object) -> str:
    try:
        return str.__getitem__(repr(value), slice(MAX_REPR))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - the program's own code
        return f"its repr raised {_type_name(error)}"
