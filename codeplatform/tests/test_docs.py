"""The books name what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

BASE_DIR = Path(__file__).resolve().parents[2]
README = (BASE_DIR / "README.md").read_text()
BOOKS = sorted(path for path in (*BASE_DIR.glob("*.md"), *(BASE_DIR / "docs").rglob("*.md")))


def test_every_setting_from_the_environment_is_in_the_readme() -> None:
    source = (BASE_DIR / "codeplatform" / "settings.py").read_text()
    names = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)
    assert len(names) >= 8
    assert [name for name in names if f"| `{name}`" not in README] == []


def test_every_setting_in_the_readme_is_read_somewhere() -> None:
    named = re.findall(r"`([A-Z][A-Z_]+)`", "\n".join(row for row in README.splitlines() if row.startswith("| `")))
    sources = "".join(
        path.read_text()
        for pattern in ("codeplatform/**/*.py", "deploy/*.py", "frontend/runtime/*.py", "tools/*", "Makefile")
        for path in BASE_DIR.glob(pattern)
        if path.is_file()
    )
    assert [name for name in named if name not in sources] == []


def test_our_commands_are_in_the_readme() -> None:
    own = {
        name
        for name, app in get_commands().items()
        if app in {"codeplatform", "frontend", "accounts", "schools", "projects", "exercises"}
    }
    assert own
    assert [name for name in own if f"manage.py {name}" not in README] == []


def test_commands_named_in_the_books_exist() -> None:
    named = {name for book in BOOKS for name in re.findall(r"manage\.py ([a-z_]+)", book.read_text())}
    assert named - set(get_commands()) == set()


def test_every_decision_has_a_status_and_a_date() -> None:
    decisions = sorted((BASE_DIR / "docs" / "decisions").glob("*.md"))
    assert len(decisions) >= 6
    for decision in decisions:
        assert re.search(r"Status: (accepted|replaced by \d+)", decision.read_text()), decision.name
        assert re.search(r"Date: \d{4}-\d\d-\d\d", decision.read_text()), decision.name


def test_links_between_the_books_lead_somewhere() -> None:
    for book in BOOKS:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", book.read_text()):
            assert (book.parent / target).exists(), f"{book.name} -> {target}"
