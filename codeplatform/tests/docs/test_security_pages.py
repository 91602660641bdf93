"""What the pages on security name as witness is there, and their sums are right."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from codeplatform.tests.docs.books import BASE_DIR

FOLDER = BASE_DIR / "docs" / "security"
PAGES = ["asvs.md", "promises.md", "fuzz.md", "audits.md", "README.md"]
APPS = ("accounts", "assessment", "codeplatform", "deploy", "exercises", "frontend", "projects", "schools")


@cache
def defined_in(path: Path) -> frozenset[str]:
    """Classes and tests of the module, by their names."""
    return frozenset(
        node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef | ast.FunctionDef)
    )


def witnesses(page: str) -> list[tuple[str, str]]:
    """File and, behind `::`, test of each that it names as code."""
    found = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|mjs|js|toml|html))(?:::(\w+))?`", (FOLDER / page).read_text())
    return list(dict.fromkeys(found))


def rows(page: str) -> list[list[str]]:
    """The cells of its tables, but for their heads."""
    lines = [line for line in (FOLDER / page).read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("page", PAGES)
def test_witnesses_are_there(page: str) -> None:
    lacking = [
        f"{name}::{test}"
        for name, test in witnesses(page)
        if not (BASE_DIR / name).is_file() or (test and test not in defined_in(BASE_DIR / name))
    ]

    assert lacking == []


def test_every_item_is_judged_once_and_in_order() -> None:
    items = [cells for cells in rows("asvs.md") if re.fullmatch(r"\d+\.\d+\.\d+", cells[0])]
    numbers = [tuple(map(int, cells[0].split("."))) for cells in items]
    states = Counter(cells[2] for cells in items)

    assert numbers == sorted(set(numbers))
    assert set(states) == {"met", "part", "no"}
    assert f"{states['met']} met, {states['part']} in part, {states['no']} not met" in (FOLDER / "asvs.md").read_text()


def test_every_promise_is_judged_once() -> None:
    promises = [cells for cells in rows("promises.md") if cells[0].isdigit()]

    assert [int(cells[0]) for cells in promises] == list(range(1, 64))
    assert {cells[2] for cells in promises} <= {"kept", "part", "open", "no"}
    assert [cells[0] for cells in promises if cells[2] == "kept" and "`" not in cells[3]] == []


def test_what_is_said_to_be_unused_is_unused() -> None:
    own = [path for app in APPS for path in (BASE_DIR / app).rglob("*.py") if "node_modules" not in path.parts]
    unused = ("strip" + "_tags", "utils" + ".archive", "max" + "_requests =")

    assert [(path.name, word) for path in own for word in unused if word in path.read_text()] == []
