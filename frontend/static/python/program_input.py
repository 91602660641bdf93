"""Standard input of a program: each read asks the person at the console for one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

ReadLine = Callable[[], "str | None"]


class ConsoleInput(io.RawIOBase):
    """A raw stream whose bytes are typed lines; `None` from `read_line` is the end of input (Ctrl+D).

    It has no file descriptor, so that `input()` writes its prompt to `sys.stdout` and reads from here.
    """

    name = "<stdin>"

    def __init__(self, read_line: ReadLine) -> None:
        self._read_line = read_line
        self._rest = b""

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            sys.stdout.flush()
            line = self._read_line()
            if line is None:
                return 0
            self._rest = line.encode("utf-8", "replace") + b"\n"
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def open_console_input(read_line: ReadLine) -> io.TextIOWrapper:
    """`sys.stdin` for one run, with the usual `.buffer` beneath it."""
    return io.TextIOWrapper(io.BufferedReader(ConsoleInput(read_line)), encoding="utf-8")


def lines_of(prepared: str) -> ReadLine:
    """A `read_line` that answers from text written before the run, one line a time, then the end of input."""
    lines = iter(prepared.splitlines())
    return lambda: next(lines, None)
