"""What `make load` writes: a page with tables, and a plot of each part."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.faults.trial import Check
from benchmarks.load.lesson import Outcome

# How many lessons a student has in a year: two a week in 38 weeks.
LESSONS_PER_YEAR = 76
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 240, 46, 28, 26
RATE_COLOUR, SAVE_COLOUR, TEXT_COLOUR = "#2f7ed8", "#d9711a", "#777e87"


@dataclass(frozen=True)
class Part:
    """One lesson of the report, and what it was held against."""

    key: str
    title: str
    students: int
    outcome: Outcome
    checks: list[Check]

    def as_text(self) -> str:
        lines = [f"{self.title}: {len([check for check in self.checks if check.is_kept])} of {len(self.checks)} kept"]
        for check in self.checks:
            mark = " " if check.is_kept else "!"
            lines.append(f"  {mark} {check.what}: {check.measured:.3g}{check.unit} (at most {check.limit:.3g})")
        return "\n".join(lines)


def write_report(folder: Path, parts: list[Part], machine: str) -> None:
    lines = [
        "# What one host carries",
        "",
        "Made by `make load`: PostgreSQL, gunicorn and nginx with TLS as they are shipped, and locust, which plays the",
        f"students, on the same machine. {machine}.",
        "",
        "In a lesson everybody signs in within a minute and opens four pages. Then each saves every 5 s while typing,",
        "which is half of the time, checks an exercise every 45 s, and saves once more within the last 10 s. A",
        "teacher for every 30 students looks at the class every 10 s. Passwords are hashed as in production.",
        "",
    ]
    for part in parts:
        (folder / f"load-{part.key}.svg").write_text(_plot(part))
        lines += [f"## {part.title}", "", *_section(part), ""]
    (folder / "load.md").write_text("\n".join(lines).rstrip() + "\n")


def _section(part: Part) -> list[str]:
    outcome = part.outcome
    assert outcome.kept
    count = sum(found.count for found in outcome.requests.values())
    cpu = ", ".join(f"{name} {used:.0f} s" for name, used in outcome.cpu_s.items())
    lines = [
        f"![Requests per second, and the p95 of saves](load-{part.key}.svg)",
        "",
        f"{outcome.seconds:.0f} s, {count:,} requests, {outcome.kept.acknowledged:,} saves acknowledged. "
        f"CPU: {cpu}. gunicorn held {max(outcome.memory_bytes, default=0) / 2**20:.0f} MB at most.",
        "",
        "| held against | figure | at most | |",
        "|---|---:|---:|---|",
    ]
    for check in part.checks:
        verdict = "kept" if check.is_kept else "**not kept**"
        lines.append(f"| {check.what} | {check.measured:.3g}{check.unit} | {check.limit:.3g}{check.unit} | {verdict} |")
    lines += ["", "| requests | count | failed | median | p95 | p99 | longest |", "|---|---:|---:|---:|---:|---:|---:|"]
    for what, found in sorted(outcome.requests.items()):
        times = " | ".join(f"{time:.0f}" for time in (found.median, found.p95, found.p99, found.longest))
        lines.append(f"| {what} | {found.count} | {found.failures} | {times} |")
    if part.key == "lesson":
        each = outcome.database_bytes / part.students
        versions = outcome.kept.acknowledged / part.students
        lines += [
            "",
            "Times in ms. "
            f"The database grew by {outcome.database_bytes / 2**20:.1f} MB: {each / 2**10:.0f} kB for each student and "
            f"lesson, with {versions:.0f} versions of a text of 4 kB that compresses badly. "
            f"With two lessons in each of 38 weeks that is {each * LESSONS_PER_YEAR / 2**20:.0f} MB a year and student "
            "at most; `purge` thins old versions out.",
        ]
    return lines


def _plot(part: Part) -> str:
    history = part.outcome.history
    longest = max((second for second, _, _ in history), default=1) or 1
    parts = []
    for number, (name, colour) in enumerate((("requests per second", RATE_COLOUR), ("p95 of saves, ms", SAVE_COLOUR))):
        values = [(second, row[number]) for second, *row in history]
        most = max((value for _, value in values), default=1) or 1
        points = " ".join(
            f"{LEFT + second / longest * (WIDTH - 2 * LEFT):.1f},"
            f"{HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP):.1f}"
            for second, value in values
        )
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        x, anchor = ((LEFT, "start"), (WIDTH - LEFT, "end"))[number]
        parts.append(f'<text x="{x}" y="14" text-anchor="{anchor}" fill="{colour}">{name} (top: {most:.0f})</text>')
    parts.append(
        f'<line x1="{LEFT}" x2="{WIDTH - LEFT}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}" stroke="{TEXT_COLOUR}"/>'
    )
    parts.append(f'<text x="{WIDTH - LEFT}" y="{HEIGHT - 8}" text-anchor="end">{longest:.0f} s</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="11.5" fill="{TEXT_COLOUR}">\n'
        f"<title>{escape(part.title)}</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )
