"""Small things of an operating system that can be done here in another way."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from .sentences import PROGRAMS

# What `clear` sends to a terminal: the cursor to the top, then an empty screen.
CLEAR_SCREEN = "\x1b[H\x1b[2J"
_CLEARING = {"clear", "cls", "cls||clear", "clear||cls"}


def system(command: Any) -> int:
    """`os.system`: clears the console for `clear` and `cls`; no other command can be run.

    The empty command, by which programs turn colours on in Windows, does nothing.
    """
    text = os.fsdecode(command).strip().casefold().replace(" ", "")
    if text in _CLEARING:
        sys.stdout.write(CLEAR_SCREEN)
        sys.stdout.flush()
    elif text not in {"", "color"}:
        raise OSError(PROGRAMS)
    return 0


def getpass(prompt: str = "Password: ", stream: Any = None, *, echo_char: str | None = None) -> str:
    """`getpass.getpass`: a question like any other, for the console has no way to hide what is typed."""
    return input(prompt)


def use_system(module: ModuleType) -> None:
    module.system = system  # type: ignore[attr-defined]


def use_getpass(module: ModuleType) -> None:
    module.getpass = getpass  # type: ignore[attr-defined]
