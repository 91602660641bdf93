"""What people typed is shown as text: coloured by Pygments, and nothing in it does anything."""

from __future__ import annotations

from assessment.code_lines import MAX_SHOWN_CHARACTERS, as_html, lines_of


def test_lines_are_those_of_an_editor() -> None:
    assert lines_of(b"a\nb\r\nc\rd\n") == ["a", "b", "c", "d"]
    assert lines_of(b"\n\nx") == ["", "", "x"]
    assert lines_of(b"") == []


def test_each_line_has_its_html_whatever_is_in_it() -> None:
    text = 'x = """<script>\n\n</script>&"""\r\n\x0c\x1c\u2028# end\n'
    lines = lines_of(text.encode())
    html = as_html("main.py", lines)

    assert len(html) == len(lines) == 4
    assert "<script" not in "".join(html)
    assert "&lt;script&gt;" in html[0]
    assert 'class="hl-' in html[0]
    assert as_html("notes.txt", ["<b>&"]) == ["&lt;b&gt;&amp;"]


def test_what_cannot_be_seen_is_named() -> None:
    lines = lines_of("if a:\u202e } \u2066\x00\x1b[31m\n".encode() + b"\xff\xfe\n")

    assert lines == ["if a:‹U+202E› } ‹U+2066›‹U+0000›‹U+001B›[31m", "��"]


def test_long_lines_and_large_files_stay_readable() -> None:
    lines = lines_of(b"x" * 10_000_000)
    html = as_html("main.py", ["(" * 1000] * 100)

    assert [len(line) for line in lines] == [MAX_SHOWN_CHARACTERS + 1]
    assert html == ["(" * 1000] * 100
