"""Functions that cannot work in a browser fail at their call, with the sentence of the table."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from .sentences import CALLS, Refusal


def steps() -> list[tuple[str, Callable[[ModuleType], None]]]:
    """The modules of the table, each with what to do once it is imported."""
    return [(refusal.module, functools.partial(_refuse, refusal)) for refusal in CALLS]


def _refuse(refusal: Refusal, module: ModuleType) -> None:
    for path in refusal.names.split():
        _replace(module, path, refusal)


def _replace(module: ModuleType, path: str, refusal: Refusal) -> None:
    holder_name, _, name = path.rpartition(".")
    holder = getattr(module, holder_name) if holder_name else module
    original = getattr(holder, name, None)
    if original is None:
        return
    refused = functools.wraps(original)(_refusing_coroutine(refusal) if refusal.is_coroutine else _refusing(refusal))
    setattr(holder, name, refused)
    # `asyncio` holds the functions of its submodules as its own.
    package = sys.modules.get(module.__name__.partition(".")[0])
    if package is not None and getattr(package, name, None) is original:
        setattr(package, name, refused)


def _refusing(refusal: Refusal) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise refusal.error(refusal.sentence)

    return refuse


def _refusing_coroutine(refusal: Refusal) -> Callable[..., Any]:
    async def refuse(*_: object, **__: object) -> None:
        raise refusal.error(refusal.sentence)

    return refuse
