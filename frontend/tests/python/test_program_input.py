from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.static.python.program_input import Answers, open_console_input


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


class Person:
    """Answers with what is left of `lines`, and remembers what was asked and shown."""

    def __init__(self, *lines: str | None) -> None:
        self.lines = list(lines)
        self.asked: list[bool] = []
        self.shown: list[str] = []

    def read_line(self, hidden: bool) -> str | None:
        self.asked.append(hidden)
        return self.lines.pop(0)

    def show_typed(self, text: str) -> None:
        self.shown.append(text)


@pytest.mark.parametrize(
    ("prepared", "lines"),
    [(None, []), ("", []), ("\n", [""]), ("a", ["a"]), ("a\n\nb\r\nc\n", ["a", "", "b", "c"])],
)
def test_prepared_lines_come_first_and_are_shown(prepared: str | None, lines: list[str]) -> None:
    person = Person("typed", None)
    answers = Answers(person)
    answers.prepare(prepared)
    assert [answers.read_line() for _ in lines] == lines
    assert person.shown == [f"{line}\n" for line in lines]
    assert person.asked == []
    assert [answers.read_line(), answers.read_line()] == ["typed", None]


def test_prepared_lines_are_for_one_run() -> None:
    answers = Answers(Person("typed"))
    answers.prepare("left\nover")
    answers.prepare(None)
    assert answers.read_line() == "typed"


def test_password_is_asked_for_and_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    person = Person("secret", None)
    answers = Answers(person)
    answers.prepare("prepared\n")
    assert [answers.getpass(), answers.getpass("PIN? ")] == ["prepared", "secret"]
    with pytest.raises(EOFError):
        answers.getpass(stream=None, echo_char="*")
    assert person.asked == [True, True]
    assert person.shown == ["\n"]
    assert capsys.readouterr().out == "Password: PIN? Password: "
