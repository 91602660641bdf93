"""Sixty places in programs as beginners write them, and the name that should be among the first five offered there.

What is offered comes from the runtime that was built, so this needs one.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from codeplatform.tests.browser.site import BASE_DIR
from frontend.runtime.node import NODE_MODULES, find_node

pytestmark = pytest.mark.browser

FOLDER = BASE_DIR / "frontend" / "tests" / "names"
LEAST_FOUND = 58


def test_the_name_meant_is_among_the_first_five() -> None:
    root = Path(os.environ.get("RUNTIME_DIR", str(BASE_DIR / "var" / "runtime")))
    runtime = root / json.loads((root / "current.json").read_text())["version"]
    command = [find_node(NODE_MODULES), FOLDER / "positions.mjs", runtime]
    answers = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    positions = json.loads((FOLDER / "positions.json").read_text())

    missed = [
        (position["code"], position["want"], answer["names"])
        for position, answer in zip(positions, answers, strict=True)
        if not is_answered(position["want"], answer["names"])
    ]
    assert len(positions) - len(missed) >= LEAST_FOUND, missed


def is_answered(wanted: str | None, names: list[str]) -> bool:
    if wanted is None:
        return names == []
    return wanted in names or f"{wanted}=" in names
