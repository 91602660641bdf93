"""Files that people handed in, as lines, and as HTML that holds their text and Pygments' spans and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# As exercises.statement colours code
_CLASS_PREFIX = "hl-"
_LANGUAGES = {"py": "python", "json": "json", "html": "html", "sql": "sql", "toml": "toml", "ini": "ini"}
_MAX_COLOURED_CHARACTERS = 50_000  # 60 ms or so
MAX_SHOWN_CHARACTERS = 1000  # of one line

# What cannot be seen, or makes the text around it read in another order than Python reads it (CVE-2021-42574)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def lines_of(content: bytes) -> list[str]:
    """The lines of a text as an editor counts them, long ones cut, with `‹U+202E›` for what cannot be seen."""
    text = content.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    return [_shown(line) for line in (lines[:-1] if lines[-1] == "" else lines)]


def as_html(path: str, lines: Sequence[str]) -> list[SafeString]:
    """Each line coloured as the ending of the file's name says."""
    language = _LANGUAGES.get(path.rpartition(".")[2].lower())
    text = "\n".join(lines)
    if language and len(text) <= _MAX_COLOURED_CHARACTERS:
        lexer = get_lexer_by_name(language, stripnl=False)
        html = highlight(text, lexer, HtmlFormatter(nowrap=True, classprefix=_CLASS_PREFIX))
        coloured = html.removesuffix("\n").split("\n")
        if len(coloured) == len(lines):
            return [mark_safe(line) for line in coloured]  # nosec B308 B703 # noqa: S308 - Pygments has escaped it
    return [escape(line) for line in lines]


def _shown(line: str) -> str:
    cut = line if len(line) <= MAX_SHOWN_CHARACTERS else line[:MAX_SHOWN_CHARACTERS] + "…"
    return _UNSEEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", cut)
