from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.static.python.program_input import lines_of, open_console_input


def typed(*lines: str | None) -> Callable[[], str | None]:
    left = list(lines)
    return lambda: left.pop(0)


def test_one_line_is_asked_for_at_a_time() -> None:
    lines = ["one", "two"]
    stdin = open_console_input(lambda: lines.pop(0))
    assert stdin.readline() == "one\n"
    assert lines == ["two"]


def test_end_of_input_is_not_for_ever() -> None:
    stdin = open_console_input(typed("a", None, "b", None))
    assert stdin.read() == "a\n"
    assert stdin.readline() == "b\n"


def test_long_lines_and_every_script() -> None:
    text = "Åsa 日本語 👩‍🏫 " * 5_000
    assert open_console_input(typed(text)).readline() == f"{text}\n"


def test_half_a_character_does_not_end_the_program() -> None:
    assert open_console_input(typed("a\ud800b")).readline() == "a?b\n"


def test_bytes_are_read_beneath() -> None:
    assert open_console_input(typed("é", None)).buffer.read() == "é\n".encode()


def test_it_has_no_descriptor() -> None:
    stdin = open_console_input(typed())
    assert stdin.isatty()
    with pytest.raises(OSError):
        stdin.fileno()


def test_a_signal_leaves_it_usable() -> None:
    answers: list[str | BaseException] = [KeyboardInterrupt(), "after"]

    def read_line() -> str:
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    stdin = open_console_input(read_line)
    with pytest.raises(KeyboardInterrupt):
        stdin.readline()
    assert stdin.readline() == "after\n"


@pytest.mark.parametrize(("prepared", "lines"), [("", []), ("a", ["a"]), ("a\n\nb\r\nc\n", ["a", "", "b", "c"])])
def test_prepared_lines(prepared: str, lines: list[str]) -> None:
    read_line = lines_of(prepared)
    assert [read_line() for _ in lines] == lines
    assert read_line() is None
    assert read_line() is None
