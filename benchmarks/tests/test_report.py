"""What the report says of a target."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.report import page_of, verdict, write_report
from benchmarks.results import BARE, OURS, Row, Section, Target, stored_sections

ROWS = [
    Row("start", OURS, [300, 100, 200]),
    Row("start", BARE, [900, 1000, 1100]),
    Row("queries", OURS, [12], unit="queries"),
    Row("autosave", OURS, [30.0], unit="requests/s"),
    Row("autosave", "bare Django", [60.0], unit="requests/s"),
]
MET = Target("start", 0.25, versus=BARE)
MISSED = Target("start", 0.1, versus=BARE)
TOO_LITTLE = Target("autosave", 0.6, versus="bare Django", is_least=True)


def judge(target: Target) -> str:
    return verdict(target, target.figure(ROWS))


class TestVerdict:
    def test_a_ratio_within_the_limit_is_met(self) -> None:
        assert MET.figure(ROWS) == 0.2
        assert judge(MET) == "met"

    def test_a_ratio_beyond_it_is_missed_by_a_factor(self) -> None:
        assert judge(MISSED) == "**missed**, 2.00 times too much"

    def test_what_must_be_at_least_so_much(self) -> None:
        assert judge(TOO_LITTLE) == "**missed**, 1.20 times too little"

    def test_other_figures_than_the_median(self) -> None:
        assert judge(Target("start", 250, take="p95")) == "**missed**, 1.20 times too much"
        assert judge(Target("start", 250)) == "met"

    def test_nothing_allowed(self) -> None:
        assert judge(Target("queries", 0)) == "**missed** by 12"

    def test_what_was_not_measured_is_not_met(self) -> None:
        assert judge(Target("start", 5, under="50 Mbit/s")) == "not measured"
        assert judge(Target("start", 5, versus="JupyterLite")) == "not measured"


def test_the_report_of_a_part_keeps_the_other_parts(tmp_path: Path) -> None:
    Section("first", 1, "How fast it starts", "As said.", ROWS, [MET]).store(tmp_path / "data")
    Section("second", 2, "How it goes on", "", ROWS[2:3], [Target("queries", 20)]).store(tmp_path / "data")
    (tmp_path / "load.md").write_text("# A lesson of 300\n\nMade by something else.\n")
    write_report(tmp_path)
    index = (tmp_path / "README.md").read_text()
    assert "[start](first.md) | median ≤ 0.25 × bare Pyodide | 0.20 | met |" in index
    assert "- [A lesson of 300](load.md)" in index
    assert "[queries](second.md) | median ≤ 20 queries | 12 | met |" in index
    assert [section.key for section in stored_sections(tmp_path / "data")] == ["first", "second"]
    for name in ("first", "second"):
        ElementTree.fromstring((tmp_path / f"{name}.svg").read_text())  # noqa: S314 - our own file


def test_a_table_says_how_many_times_ours_another_takes() -> None:
    page = page_of(Section("first", 1, "How fast it starts", "", ROWS))
    assert f"| start | {BARE} | 3 | 1000 | 900 | 1100 | 1100 | ms | 5.00 |" in page
