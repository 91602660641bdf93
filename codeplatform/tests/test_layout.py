"""Imports point one way: accounts <- schools <- {projects, exercises} <- assessment; frontend imports none of them.

Exercises take from frontend what the browser must know just as they do: names of files, values, constructs. Projects
take the public examples, which people copy.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT: dict[str, set[str]] = {
    "accounts": set(),
    "schools": {"accounts"},
    "projects": {"accounts", "schools", "frontend"},
    "exercises": {"accounts", "schools", "frontend"},
    "assessment": {"accounts", "schools", "projects", "exercises"},
    "frontend": set(),
}
# Tests may use the cast and whatever they test against.
OURS = {*MAY_IMPORT, "codeplatform"}
TALKING = {
    "urllib.request",
    "http.client",
    "socket",
    "ssl",
    "asyncio.streams",
    "smtplib",
    "ftplib",
    "xmlrpc",
    "requests",
}
TALKING |= {"urllib3", "httpx", "aiohttp", "websockets", "sentry_sdk"}
MAY_ASK = {
    "codeplatform/insight/error_reports.py",  # where the operator wants to have errors told
    "frontend/runtime/downloads.py",  # build_runtime, at addresses of the manifest and the settings
    "frontend/runtime/restored_program.py",  # runs inside Python for browsers, while that is built
}


def modules(app: str) -> Iterator[Path]:
    for path in (ROOT / app).rglob("*.py"):
        if not {"tests", "node_modules", "static", "__pycache__"} & set(path.relative_to(ROOT).parts):
            yield path


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & OURS


def type_only(path: Path) -> set[str]:
    """What is imported for the type checker alone."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            names |= {inner.module or "" for inner in ast.walk(node) if isinstance(inner, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_point_one_way(app: str) -> None:
    for path in modules(app):
        extra = imported(path) - type_only(path) - MAY_IMPORT[app] - {app}
        assert extra == set(), f"{path.relative_to(ROOT)} imports {extra}"


def test_the_rule_has_something_to_read() -> None:
    apps = {"accounts", "schools", "projects", "exercises", "frontend"}
    assert {app for app in apps if list(modules(app))} == apps


def talks(path: Path) -> set[str]:
    """The modules it imports with which one asks other servers."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name in TALKING or name.split(".")[0] in TALKING}


def test_the_server_asks_no_other_server() -> None:
    """Where nothing asks, nobody can make it ask (server-side request forgery). Mail is sent by Django."""
    asking = {path.relative_to(ROOT).as_posix() for app in OURS for path in modules(app) if talks(path)}

    assert {name for name in asking if "/examples/" not in name} == MAY_ASK
