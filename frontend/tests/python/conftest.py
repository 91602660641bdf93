from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontend.static.python.tracebacks import ErrorReport, remember_sources, report_error
from frontend.tests.python.player import RUN_ENDS

PROJECT = "/project"
ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Played:
    """How one run went: what the runner returned, what the host was told, and what was printed."""

    report: dict[str, Any]
    worn: bool
    written: dict[str, str]
    deleted: list[str]
    skipped: dict[str, str]
    slept: list[float]
    loaded: list[list[str]]
    pictures: list[int]
    typed: list[str]
    hidden: list[bool]
    out: str
    err: str

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.report["error"]
        return error


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., list[Played]]:
    """Run programs one after the other in one worker's Python; a program is its text or a dictionary of files."""

    def player(
        *programs: str | dict[str, str | bytes],
        answers: tuple[str | None, ...] = (),
        entry: str = "main.py",
        prepared: str | None = None,
        package_of: dict[str, str] | None = None,
    ) -> list[Played]:
        script = {
            "root": str(tmp_path / "project"),
            "answers": answers,
            "package_of": package_of or {},
            "runs": [{"files": _encoded(program), "entry": entry, "prepared": prepared} for program in programs],
        }
        path = tmp_path / "script.json"
        path.write_text(json.dumps(script))
        command = [sys.executable, "-m", "frontend.tests.python.player", str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        endings = json.loads((tmp_path / "endings.json").read_text())
        printed = zip(done.stdout.split(RUN_ENDS), done.stderr.split(RUN_ENDS), strict=True)
        return [
            Played(**ending, out=out.decode(), err=err.decode())
            for ending, (out, err) in zip(endings, printed, strict=False)
        ]

    return player


@pytest.fixture
def play_one(play: Callable[..., list[Played]]) -> Callable[..., Played]:
    return lambda program, **options: play(program, **options)[0]


@pytest.fixture
def explain(monkeypatch: pytest.MonkeyPatch) -> Callable[..., ErrorReport]:
    """The report of the error that `source` raises; further files can be named and called by `load`."""
    monkeypatch.setattr("linecache.cache", {})

    def explainer(source: str, **others: str) -> ErrorReport:
        files = {"main.py": source, **{f"{name}.py": text for name, text in others.items()}}
        remember_sources(PROJECT, files)

        def load(name: str) -> dict[str, object]:
            space: dict[str, object] = {"load": load}
            exec(compile(files[f"{name}.py"], f"{PROJECT}/{name}.py", "exec"), space)  # noqa: S102 - the case under test
            return space

        try:
            load("main")
        except BaseException as error:  # noqa: BLE001 - the case under test
            return report_error(error, PROJECT)
        raise AssertionError("nothing was raised")

    return explainer


def _encoded(program: str | dict[str, str | bytes]) -> dict[str, str]:
    files = {"main.py": program} if isinstance(program, str) else program
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return {path: base64.b64encode(content).decode() for path, content in contents.items()}
