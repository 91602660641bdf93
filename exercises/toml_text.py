"""Tables as TOML that people like to read: text of several lines stands on several lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r", "\n": "\\n"}


def toml_table(table: Mapping[str, object]) -> str:
    """Each key on its line. Values are text, numbers, truth values, lists and tables of these."""
    return "".join(f"{_key(key)} = {_block(value)}\n" for key, value in table.items())


def _block(value: object) -> str:
    if isinstance(value, str) and "\n" in value.rstrip("\n"):
        # The line end after the opening quotes is not part of the text.
        return '"""\n' + "\n".join(_escaped_in_block(line) for line in value.split("\n")) + '"""'
    if isinstance(value, list | tuple) and len(_value(value)) > 80:
        return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
    return _value(value)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    raise TypeError(f"TOML cannot hold {type(value).__name__}")


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else f'"{_escaped(key)}"'


def _text(text: str) -> str:
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    return f'"{_escaped(text)}"'


def _escaped_in_block(line: str) -> str:
    return _escaped(line).replace('\\"', '"').replace('""', '\\"\\"')


def _escaped(text: str) -> str:
    return "".join(
        _ESCAPES.get(character)
        or (character if character >= " " and character != "\x7f" else f"\\u{ord(character):04x}")
        for character in text
    )
