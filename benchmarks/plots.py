"""Bars as SVG, drawn so that they read on a light page and on a dark one."""

from __future__ import annotations

from html import escape

from benchmarks.results import BARE, JUPYTERLITE, NATIVE, OURS, Row, Section

WIDTH = 760
LABEL_WIDTH = 300
BAR_HEIGHT = 14
GAP = 3
GROUP_GAP = 12
TOP = 34
RIGHT = 90
# Their lightness is such that each stands out from white and from near-black (at least 3 to 1).
COLOURS = {OURS: "#2f7ed8", BARE: "#d9711a", JUPYTERLITE: "#8b6fd1", NATIVE: "#4d9a57"}
OTHER_COLOURS = ("#b0608c", "#8a8468", "#3f9a9a")
TEXT_COLOUR = "#777e87"


def plot(section: Section) -> str:
    """The medians of all rows, one bar each; rows of one thing stand together, and each unit has a scale of its own."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in section.rows:
        groups.setdefault((row.under, row.what), []).append(row)
    longest: dict[str, float] = {}
    for row in section.rows:
        longest[row.unit] = max(longest.get(row.unit, 0), row.take("median"))
    contenders = list(dict.fromkeys(row.contender for row in section.rows))
    colours = _colours(contenders)
    parts = _legend(contenders, colours)
    y = TOP
    for (under, what), rows in groups.items():
        label = f"{what}, {under}" if under else what
        for line_number, line in enumerate(_lines(label, max(2, len(rows)))):
            parts.append(_text(LABEL_WIDTH - 8, y + 11 + line_number * 13, line, "end"))
        for bar, row in enumerate(rows):
            parts += _bar(y + bar * (BAR_HEIGHT + GAP), row, longest[row.unit], colours[row.contender])
        y += max(len(rows) * (BAR_HEIGHT + GAP), 13 * min(2, len(_lines(label, 2)))) + GROUP_GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="11.5" fill="{TEXT_COLOUR}">\n'
        f"<title>{escape(section.title)}: medians</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _colours(contenders: list[str]) -> dict[str, str]:
    others = iter(OTHER_COLOURS * len(contenders))
    return {name: COLOURS.get(name) or next(others) for name in contenders}


def _legend(contenders: list[str], colours: dict[str, str]) -> list[str]:
    parts, x = [], 8
    for name in contenders:
        parts.append(f'<rect x="{x}" y="8" width="12" height="12" rx="2" fill="{colours[name]}"/>')
        parts.append(_text(x + 17, 18, name, "start"))
        x += 34 + 7 * len(name)
    return parts


def _bar(y: int, row: Row, longest: float, colour: str) -> list[str]:
    value = row.take("median")
    scale = (WIDTH - LABEL_WIDTH - RIGHT) / (longest or 1)
    width = max(1.0, value * scale)
    low, high = row.take("min") * scale, row.take("max") * scale
    parts = [f'<rect x="{LABEL_WIDTH}" y="{y}" width="{width:.1f}" height="{BAR_HEIGHT}" rx="2" fill="{colour}"/>']
    middle = y + BAR_HEIGHT / 2
    most = WIDTH - LABEL_WIDTH - RIGHT
    if high - low >= 2:
        ends = f'x1="{LABEL_WIDTH + low:.1f}" x2="{LABEL_WIDTH + min(high, most):.1f}"'
        parts.append(f'<line {ends} y1="{middle}" y2="{middle}" stroke="{TEXT_COLOUR}" stroke-width="1.5"/>')
    shown = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
    parts.append(_text(LABEL_WIDTH + max(width, min(high, most)) + 5, y + 11, f"{shown} {row.unit}", "start"))
    return parts


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'


def _lines(label: str, most: int) -> list[str]:
    """The label in at most so many lines of about fifty characters."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) > 46 and len(lines) < most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
