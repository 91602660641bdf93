"""The books name settings, commands and targets that there are, and the README names them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from codeplatform.tests.docs.books import BASE_DIR, BOOKS, Book

README = (BASE_DIR / "README.md").read_text()
# Of other programs
FOREIGN_SETTINGS = {"PATH", "PGDATABASE", "PGHOST", "PGPASSWORD", "PGPORT", "PGUSER"}


def options_of(command: str) -> set[str]:
    app = get_commands()[command]
    found = app if isinstance(app, BaseCommand) else load_command_class(app, command)
    return set(found.create_parser("manage.py", command)._option_string_actions)


def commands_in(book: Book) -> Iterator[tuple[str, list[str]]]:
    """Each command that is written as code, with its options; a table's row is about the command it begins with."""
    for line in book.code:
        for name, rest in re.findall(r"(?:manage\.py|sudo codeplatform) ([a-z_]+)([^|&;#]*)", line):
            yield name, re.findall(r"(?<!\S)(--[a-z-]+)", rest)
    for row in book.path.read_text().splitlines():
        if match := re.match(r"\| `manage\.py ([a-z_]+)", row):
            yield match[1], re.findall(r"`(--[a-z-]+)`", row)


def test_every_setting_from_the_environment_is_in_the_readme() -> None:
    source = (BASE_DIR / "codeplatform" / "settings.py").read_text()
    names = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)
    names += re.findall(r'"([A-Z][A-Z_]+)"', (BASE_DIR / "deploy" / "gunicorn.conf.py").read_text())
    assert len(names) >= 8
    assert [name for name in names if not re.search(rf"^\| .*`{name}`.* \|", README, re.MULTILINE)] == []


def test_every_setting_in_the_readme_is_read_somewhere() -> None:
    named = re.findall(r"`([A-Z][A-Z_]+)`", "\n".join(row for row in README.splitlines() if row.startswith("| `")))
    sources = "".join(
        path.read_text()
        for pattern in ("codeplatform/**/*.py", "deploy/*.py", "frontend/runtime/*.py", "tools/*", "Makefile")
        for path in BASE_DIR.glob(pattern)
        if path.is_file() and "tests" not in path.parts
    )
    assert [name for name in named if name not in sources] == []


@pytest.mark.parametrize("book", [book for book in BOOKS if book.path.parent.name != "decisions"], ids=str)
class TestEachBook:
    def test_settings_named_in_it_are_in_the_readme(self, book: Book) -> None:
        found = (re.match(r"(?:export )?([A-Z][A-Z0-9_]*)(=|$)", line) for line in book.code)
        named = {match[1] for match in found if match and ("_" in match[1] or match[2])}
        known = set(re.findall(r"`([A-Z][A-Z_]+)`", README)) | FOREIGN_SETTINGS
        assert named - known == set()

    def test_commands_named_in_it_exist_with_their_options(self, book: Book) -> None:
        for name, options in commands_in(book):
            assert name in get_commands(), name
            assert set(options) <= options_of(name), name

    def test_make_targets_named_in_it_exist(self, book: Book) -> None:
        makefile = (BASE_DIR / "Makefile").read_text()
        targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
        named = {match[1] for line in book.code if (match := re.match(r"make ([a-z-]+)$", line.strip()))}
        assert named - targets == set()


def test_our_commands_are_in_the_readme() -> None:
    own = {
        name
        for name, app in get_commands().items()
        if app in {"codeplatform", "frontend", "accounts", "schools", "projects", "exercises", "assessment"}
    }
    assert own
    assert [name for name in own if f"manage.py {name}" not in README] == []


def test_make_names_every_target_in_its_help() -> None:
    makefile = (BASE_DIR / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in set(phony[1].split()) - {"help", "setup", "clean"}:
        assert f"make {target} " in makefile


def test_every_decision_has_a_status_and_a_date() -> None:
    decisions = sorted((BASE_DIR / "docs" / "decisions").glob("*.md"))
    assert len(decisions) >= 6
    for decision in decisions:
        assert re.search(r"Status: (accepted|replaced by \d+)", decision.read_text()), decision.name
        assert re.search(r"Date: \d{4}-\d\d-\d\d", decision.read_text()), decision.name
