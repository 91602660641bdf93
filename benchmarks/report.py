"""The report: a page with table and plot for each section, and an index with all targets, met or missed."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from pathlib import Path

from benchmarks.plots import plot
from benchmarks.results import OURS, Row, Section, Target, stored_sections

DATA = "data"


def write_report(folder: Path) -> None:
    """Write the pages of all sections stored in `folder`/data, and README.md as their index."""
    sections = stored_sections(folder / DATA)
    for section in sections:
        (folder / f"{section.key}.svg").write_text(plot(section))
        (folder / f"{section.key}.md").write_text(page_of(section))
    own = {"README.md", *(f"{section.key}.md" for section in sections)}
    others = [path for path in sorted(folder.glob("*.md")) if path.name not in own]
    (folder / "README.md").write_text(index_of(sections, others))


def index_of(sections: list[Section], others: Iterable[Path] = ()) -> str:
    """The page of all targets. `others` are pages that something else makes, with their title in the first line."""
    judged = [line for section in sections for line in _judged(section, with_link=True)]
    machines = sorted({section.machine for section in sections if section.machine})
    lines = [
        "# How fast it is, side by side",
        "",
        "Made by `make bench`: each contender in turn, in the same Chromium on the same machine. Compare figures",
        "within a page; seconds differ from machine to machine, ratios hardly.",
        "",
        *(f"- {machine}" for machine in machines),
        "",
        "## What was measured",
        "",
        *(f"- [{section.title}]({section.key}.md) (row {section.number})" for section in sections),
        *(f"- [{page.read_text().splitlines()[0].lstrip('# ')}]({page.name})" for page in others),
        "",
    ]
    if judged:
        met = sum(line.endswith("| met |") for line in judged)
        lines += ["## Targets", "", f"{met} of {len(judged)} are met.", "", *_target_table(judged)]
    return "\n".join(lines).rstrip() + "\n"


def page_of(section: Section) -> str:
    lines = [
        f"# {section.title}",
        "",
        f"Made by `python -m benchmarks --only {section.key}`, a part of `make bench`. {section.machine}.".strip(),
        "",
        section.text.strip(),
        "",
        f"![{section.title}: medians as bars]({section.key}.svg)",
        "",
    ]
    lines += _tables(section.rows)
    judged = _judged(section)
    if judged:
        lines += ["## Targets", "", *_target_table(judged)]
    lines += _tables(section.details)
    return "\n".join(lines).rstrip() + "\n"


def as_text(row: Row, rows: Iterable[Row]) -> str:
    """A row as it is told while the measuring goes on."""
    under = f" ({row.under})" if row.under else ""
    ratio = _ratio(row, rows)
    beside = f", {ratio} of ours" if ratio not in ("", "1") else ""
    return f"{row.what}{under}: {row.contender} {number(row.take('median'))} {row.unit}{beside}"


def number(value: float) -> str:
    """Three figures that count, and all of what stands before the point."""
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def machine(browser_version: str = "") -> str:
    """What the figures were measured on, without naming the machine."""
    processor = next(
        (line.split(":", 1)[1].strip() for line in _cpu_info() if line.startswith("model name")), platform.machine()
    )
    cores = sum(1 for line in _cpu_info() if line.startswith("processor"))
    browser = f"Chromium {browser_version}, " if browser_version else ""
    return f"{browser}{platform.system()}, {cores or '?'} cores ({processor})"


def _tables(rows: list[Row]) -> list[str]:
    lines = []
    for under in dict.fromkeys(row.under for row in rows):
        if under:
            lines += [f"## {under[0].upper()}{under[1:]}", ""]
        lines += [*_table([row for row in rows if row.under == under]), ""]
    return lines


def _table(rows: list[Row]) -> list[str]:
    lines = [
        "| measured | contender | runs | median | min | max | p95 | unit | times ours |",
        "|---|---|---:|---:|---:|---:|---:|---|---:|",
    ]
    for row in rows:
        figures = " | ".join(number(row.take(which)) for which in ("median", "min", "max", "p95"))
        lines.append(
            f"| {row.what} | {row.contender} | {len(row.values)} | {figures} | {row.unit} | {_ratio(row, rows)} |"
        )
    return lines


def _ratio(row: Row, rows: Iterable[Row]) -> str:
    """Its median divided by ours: above 1 it takes more than we do."""
    own = next((o for o in rows if (o.what, o.under, o.contender) == (row.what, row.under, OURS)), None)
    if own is None or not own.take("median"):
        return ""
    return "1" if row is own else f"{row.take('median') / own.take('median'):.2f}"


def _target_table(judged: list[str]) -> list[str]:
    return ["| measured | target | figure | |", "|---|---:|---:|---|", *judged, ""]


def _judged(section: Section, with_link: bool = False) -> list[str]:
    lines = []
    for target in section.targets:
        figure = target.figure(section.rows)
        name = f"{target.what}, {target.under}" if target.under else target.what
        name = f"[{name}]({section.key}.md)" if with_link else name
        lines.append(f"| {name} | {_wanted(target, section)} | {_shown(figure, target)} | {verdict(target, figure)} |")
    return lines


def verdict(target: Target, figure: float | None) -> str:
    """Met, or missed by what factor, or not measured."""
    if figure is None:
        return "not measured"
    if target.is_met(figure):
        return "met"
    if not target.limit or not figure:
        return f"**missed** by {number(abs(figure - target.limit))}"
    factor = target.limit / figure if target.is_least else figure / target.limit
    return f"**missed**, {factor:.2f} times too {'little' if target.is_least else 'much'}"


def _wanted(target: Target, section: Section) -> str:
    sign = "≥" if target.is_least else "≤"
    if target.versus:
        other = f" ({target.versus_what})" if target.versus_what else ""
        return f"{target.take} {sign} {number(target.limit)} × {target.versus}{other}"
    unit = next((row.unit for row in section.rows if row.what == target.what), "")
    return f"{target.take} {sign} {number(target.limit)} {unit}".rstrip()


def _shown(figure: float | None, target: Target) -> str:
    if figure is None:
        return "–"
    return f"{figure:.2f}" if target.versus else number(figure)


def _cpu_info() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.is_file() else []
