"""What `tools/audit` makes of what the advisory services tell: silence is not taken for a good answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codeplatform.tests.tools import load

tool = load("audit")
HOLE = {"id": "PYSEC-1", "fix_versions": ["2"]}


def told(**more: Any) -> str:
    return json.dumps({"dependencies": [{"name": "django", "version": "1", **more}]})


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (told(vulns=[]), 0),
        (told(vulns=[HOLE]), 1),
        (json.dumps({"dependencies": [{"name": "django", "skip_reason": "not found"}]}), 2),
        ("", 2),
        ("{}", 2),
    ],
)
def test_pip(answer: str, end: int) -> None:
    assert tool.judge_pip("requirements.txt", answer) == end


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        ('{"metadata": {"vulnerabilities": {"low": 3, "high": 0}}}', 0),
        ('{"metadata": {"vulnerabilities": {"high": 1}}}', 1),
        ('{"message": "405 Method Not Allowed", "error": {}}', 2),
        ("", 2),
    ],
)
def test_npm(answer: str, end: int) -> None:
    assert tool.judge_npm(answer) == end
