"""Standard input of a program: each read asks the person at the console for one line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

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


class Asker(Protocol):
    """Who is asked; see run_program.Host."""

    def read_line(self, hidden: bool) -> str | None: ...

    def show_typed(self, text: str) -> None: ...


class Answers:
    """Where a program's answers come from: first the lines prepared before the run, then the person."""

    def __init__(self, person: Asker) -> None:
        self._person = person
        self._prepared: Iterator[str] = iter(())
        self._has_person = True

    def prepare(self, text: str | None, *, has_person: bool = True) -> None:
        """Begin a run with these lines; their last needs no end. Without a person, input ends with them, unseen."""
        self._has_person = has_person
        lines = (text or "").replace("\r\n", "\n").split("\n")
        self._prepared = iter(lines[:-1] if lines[-1] == "" else lines)

    def read_line(self) -> str | None:
        """The next line, shown in the console like one that was typed; None at the end of input."""
        line = next(self._prepared, None)
        if not self._has_person:
            return line
        if line is None:
            return self._person.read_line(hidden=False)
        self._person.show_typed(f"{line}\n")
        return line

    def getpass(self, prompt: str = "Password: ", stream: Any = None, *, echo_char: str | None = None) -> str:
        """`getpass.getpass`: what is typed is not shown. `stream` and `echo_char` change nothing here."""
        line = next(self._prepared, None)
        if self._has_person:
            sys.stdout.write(prompt)
            sys.stdout.flush()
            if line is None:
                line = self._person.read_line(hidden=True)
            else:
                self._person.show_typed("\n")
        if line is None:
            raise EOFError("EOF when reading a line")
        return line
