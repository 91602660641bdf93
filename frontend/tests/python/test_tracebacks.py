from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frontend.static.python.tracebacks import MAX_TEXT, ErrorReport, report_error

ROOT = "/project"
Explain = Callable[..., ErrorReport]


class TestPlace:
    def test_line_and_columns(self, explain: Explain) -> None:
        report = explain("x = 1\ny = x + (1 / 0)\n")
        assert (report["file"], report["line"], report["end_line"]) == ("main.py", 2, 2)
        assert "y = x + (1 / 0)"[report["column"] : report["end_column"]] == "1 / 0"

    @pytest.mark.parametrize(("text", "column"), [("日本語", 13), ("ä", 11), ("👩", 12)])
    def test_columns_count_as_javascript_does(self, explain: Explain, text: str, column: int) -> None:
        report = explain(f"x = '{text}', (1 / 0)\n")
        assert (report["column"], report["end_column"]) == (column - 1, column + 4)

    @pytest.mark.parametrize(("text", "column"), [("日本語", 10), ("ä", 8), ("👩", 9)])
    def test_columns_of_syntax_errors_too(self, explain: Explain, text: str, column: int) -> None:
        report = explain(f"x = '{text}' $ 1\n")
        assert (report["line"], report["column"]) == (1, column)

    def test_innermost_line_of_the_project(self, explain: Explain) -> None:
        report = explain("import json\ndef f(text):\n    return json.loads(text)\nf('{')\n")
        assert report["line"] == 3
        assert "json/decoder.py" not in report["traceback"]

    def test_other_file(self, explain: Explain) -> None:
        report = explain("load('other')", other="\n\nraise ValueError('there')")
        assert (report["file"], report["line"]) == ("other.py", 3)

    def test_syntax_error(self, explain: Explain) -> None:
        report = explain("x = (1,\ny = 2 3\n")
        assert (report["type"], report["file"]) == ("SyntaxError", "main.py")
        assert report["line"] in {1, 2}
        assert report["column"] is not None

    def test_syntax_error_in_another_file(self, explain: Explain) -> None:
        assert explain("load('other')", other="if:\n")["file"] == "other.py"

    def test_syntax_error_in_text_of_the_program(self, explain: Explain) -> None:
        report = explain("\ncompile('if:', 'elsewhere', 'exec')")
        assert (report["file"], report["line"]) == ("main.py", 2)

    def test_no_place_at_all(self) -> None:
        report = report_error(ValueError("x"), ROOT)
        assert (report["file"], report["line"], report["traceback"]) == (None, None, "ValueError: x\n")

    @pytest.mark.parametrize(
        ("program", "marked"),
        [
            ("x = 1\nprint((1, 2)\n", "("),
            ("x = 1\nprint(1))\n", ")"),
            ("x = 1\nprint('one, two)\n", "'one, two)"),
            ("x = 1\n5 = x\n", "5"),
            ("x = 1\nif x > 1:\nprint(x)\n", None),
            ("x = 1\n  y = 2\n", None),
        ],
    )
    def test_what_of_a_line_cannot_be_read(self, explain: Explain, program: str, marked: str | None) -> None:
        report = explain(program)
        line = program.splitlines()[(report["line"] or 0) - 1]
        assert report["end_line"] == report["line"]
        if marked is None:
            assert (report["column"], report["end_column"]) == (None, None)
        else:
            assert line[report["column"] : report["end_column"]] == marked

    def test_an_expression_of_several_lines(self, explain: Explain) -> None:
        report = explain("x = 1 + (\n    2 /\n    0\n)\n")
        assert (report["line"], report["column"], report["end_line"], report["end_column"]) == (2, 4, 3, 5)


class TestText:
    def test_no_frame_of_the_platform(self, explain: Explain) -> None:
        text = explain("1 / 0")["traceback"]
        assert text.startswith('Traceback (most recent call last):\n  File "main.py", line 1')
        assert str(Path(__file__).name) not in text

    def test_linked_errors(self, explain: Explain) -> None:
        text = explain("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('later') from e")[
            "traceback"
        ]
        assert "direct cause" in text
        assert text.count('File "main.py"') == 2

    def test_groups(self, explain: Explain) -> None:
        text = explain("raise ExceptionGroup('several', [ValueError('one'), TypeError('two')])")["traceback"]
        assert "ValueError: one" in text
        assert "TypeError: two" in text

    def test_recursion_stays_short(self, explain: Explain) -> None:
        text = explain("def f(n):\n    return f(n + 1)\nf(0)")["traceback"]
        assert "more times" in text
        assert len(text.splitlines()) < 40

    def test_long_messages_are_cut(self, explain: Explain) -> None:
        report = explain("raise ValueError('x' * 1_000_000)")
        assert len(report["message"]) == MAX_TEXT
        assert len(report["traceback"]) <= MAX_TEXT + 10

    def test_a_cause_that_goes_in_circles(self, explain: Explain) -> None:
        report = explain("a = ValueError('a')\nb = ValueError('b')\na.__cause__ = b\nb.__cause__ = a\nraise a")
        assert report["type"] == "ValueError"

    def test_source_as_it_was_run(self, explain: Explain) -> None:
        assert "1 / 0  # mine" in explain("1 / 0  # mine")["traceback"]

    @pytest.mark.parametrize("body", ["raise SystemExit", "return 1", "raise RecursionError", "1 / 0"])
    def test_text_that_misbehaves(self, explain: Explain, body: str) -> None:
        report = explain(f"class Odd(Exception):\n    def __str__(self):\n        {body}\nraise Odd")
        assert report["type"] == "Odd"
