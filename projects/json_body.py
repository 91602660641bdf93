"""Reading JSON that somebody else wrote: whatever it holds, the answer is a value or one kind of error."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.utils.translation import gettext as _


class BadJson(Exception):
    """The body is not JSON that can be worked with; the text says why, for the sender."""


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in the body.

    Raises BadJson for what is no UTF-8, no JSON (NaN and infinity are not), no object, names a key twice, nests too
    deep or holds a number with thousands of digits.
    """
    try:
        value = json.loads(body.decode(), parse_constant=_refuse_constant, object_pairs_hook=_unique_keys)
    except RecursionError as error:
        raise BadJson(_("The JSON is nested too deep.")) from error
    except ValueError as error:
        raise BadJson(_("The body is not valid JSON.")) from error
    if not isinstance(value, dict):
        raise BadJson(_("The body must be a JSON object."))
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value
