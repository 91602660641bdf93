"""Lines that are indented too far, too little, or in two ways."""

from __future__ import annotations

import re

from .quoting import code
from .source_line import SourceLine


def no_block(line: SourceLine, found: re.Match[str]) -> str | None:
    head = line.line(int(found[2])).strip()
    if (
        int(found[2]) == line.number
        or not line.bare.strip()
        or line.indent > 0
        and line.column >= len(line.text.rstrip())
    ):
        return (
            f"The block that {code(head)} on line {found[2]} begins is empty. Indent the lines that belong to it, or "
            "write `pass` there."
        )
    return (
        f"This line belongs to {code(head)} on line {found[2]}, so it must be indented: put four spaces in front of it."
    )


def unexpected_indent(line: SourceLine, found: re.Match[str]) -> str | None:
    above = next((text for number in range(line.number - 1, 0, -1) if (text := line.line(number)).strip()), None)
    if above is None:
        return "The program begins with an indented line. Remove the spaces in front of it."
    outer = len(above) - len(above.lstrip())
    told = "further than the line above"
    if "\t" not in line.text[: line.indent] + above[:outer]:
        told = f"by {_spaces(line.indent)}, the one above by {_spaces(outer)}"
    return f"This line is indented {told}, and nothing begins a block between them. Give both the same indentation."


def unfitting_indent(line: SourceLine, found: re.Match[str]) -> str | None:
    stack: list[int] = []
    for number in range(1, line.number):
        text = line.line(number)
        if text.strip() and not text.lstrip().startswith("#"):
            indent = len(text) - len(text.lstrip())
            stack = [*(level for level in stack if level < indent), indent]
    levels = " or ".join(filter(None, (", ".join(map(str, stack[:-1])), _spaces(stack[-1] if stack else 0))))
    return (
        f"This line is indented by {_spaces(line.indent)}, which fits none of the blocks above it: here they are "
        f"indented by {levels}."
    )


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


def mixed_tabs(line: SourceLine, found: re.Match[str]) -> str | None:
    return (
        "Some of these lines are indented with tabs and some with spaces, which Python cannot compare. Use four "
        "spaces everywhere."
    )
