"""Runs a program for one test of an exercise and writes down what happened; the page judges it.

What a test expects never comes here (checking/without-answers.js leaves it out), so that a program that takes this
interpreter apart finds nothing to copy (docs/decisions/0014-checking.md). docs/exercise-format.md says what tests hold,
checking/observations.js which shape observations have.
"""

from __future__ import annotations

import builtins
import os
import stat
import sys
from collections.abc import Callable, Mapping
from json import dumps, loads
from typing import Any, Protocol

from .. import figures
from ..run_program import ProgramRunner
from ..tracebacks import report_error
from .structure import Structure, read_structure
from .values import encode

Test = dict[str, Any]
Files = dict[str, bytes]
Observation = dict[str, Any]

MAX_NAME = 500
MAX_FILE_BYTES = 2 * 1024 * 1024  # twice what a test can expect
_SETUP = "<the test>"


class Printer(Protocol):
    """Who catches what programs under test print."""

    def take_output(self) -> str:
        """What has been printed since this was last asked."""


class TestRunner:
    """One worker's Python, for tests: each begins as fresh as a run does."""

    __test__ = False  # none of pytest's own

    def __init__(self, programs: ProgramRunner, printer: Printer) -> None:
        self._programs = programs
        self._printer = printer

    def observe(self, files: Files, entry: str, test: str) -> str:
        """What the program does under `test` (JSON), as JSON. No error of the program leaves this method."""
        given: Test = loads(test)
        if given["kind"] == "structure":
            return dumps(_structure_of(files, entry))
        observation = dumps({"timedOut": False, **self._observers[given["kind"]](self, files, entry, given)})
        sys.stdout, sys.stderr = self._outputs
        self._programs.forget()
        self._raised_by(figures.forget_figures)
        return observation

    def _observe_io(self, files: Files, entry: str, test: Test) -> Observation:
        self._begin(files, entry, test)
        error = self._run_to_its_end()
        return {"error": error, "stdout": self._printed()}

    def _observe_file(self, files: Files, entry: str, test: Test) -> Observation:
        self._begin(files, entry, test)
        error = self._run_to_its_end()
        return {"error": error, "content": _text_in(f"{self._programs.root}/{test['path']}")}

    def _observe_call(self, files: Files, entry: str, test: Test) -> Observation:
        self._begin(files, entry, test)
        names = self._programs.main.__dict__
        seen: Observation = {"stdout": "", "returned": None, "raised": None, "leaves": {}}
        setup = _compiled(test["setup"], "exec")
        error = self._error_of(self._programs.execute)
        error = error or self._error_of(lambda: exec(setup, names))  # nosec B102 # noqa: S102 - the test's own
        if error is not None:
            return {"error": error, **seen}
        self._printed()
        returned: list[object] = []
        raised = self._raised_by(lambda: returned.append(eval(_compiled(test["call"], "eval"), names)))  # nosec B307 # noqa: S307 - the test's own
        seen["stdout"] = self._printed()
        seen["raised"] = None if raised is None else {"type": raised["type"], "message": raised["message"]}
        seen["returned"] = encode(returned[0]) if returned else None
        seen["leaves"] = {name: encode(names[name]) for name in test["leaves"] if name in names}
        return {"error": None, **seen}

    def _observe_unittest(self, files: Files, entry: str, test: Test) -> Observation:
        # Imported where no file of the project can take its name.
        self._programs.begin({}, entry, has_person=False)
        from .unittest_results import results_of

        self._begin(files | {test["path"]: test["source"].encode()}, entry, test)
        results: list[Mapping[str, str]] = []
        path = f"{self._programs.root}/{test['path']}"
        error = self._error_of(lambda: results.extend(results_of(test["source"], path)))
        return {"error": error, "results": results}

    def _begin(self, files: Files, entry: str, test: Test) -> None:
        self._entry = entry
        given = {path: text.encode() for path, text in test.get("files", {}).items()}
        self._programs.begin(files | given, entry, test.get("input", ""), has_person=False)
        self._outputs = sys.stdout, sys.stderr
        self._printer.take_output()
        builtins.input = _input

    def _run_to_its_end(self) -> Observation | None:
        error = self._error_of(self._programs.execute)
        # Files that it left open are complete only now.
        self._raised_by(self._programs.forget)
        return error

    def _error_of(self, step: Callable[[], object]) -> Observation | None:
        """How `step` went wrong. To end itself by SystemExit is nothing wrong."""
        problem = self._raised_by(step)
        return None if problem is not None and problem["type"] == "SystemExit" else problem

    def _raised_by(self, step: Callable[[], object]) -> Observation | None:
        try:
            try:
                step()
            finally:
                # First of all: see ProgramRunner.execute.
                sys.settrace(None)
                sys.setprofile(None)
                self._programs.regain_control()
                builtins.input = _input
        except BaseException as error:  # noqa: BLE001 - whatever a program raises is what is to be seen
            told = report_error(error, self._programs.root)
            line = told["line"] if told["file"] == self._entry else None
            return {"type": told["type"][:MAX_NAME], "message": told["message"], "line": line}
        return None

    def _printed(self) -> str:
        for stream in (sys.stdout, self._outputs[0]):
            self._raised_by(lambda: stream.flush())  # noqa: B023 - called at once
        return self._printer.take_output()

    _observers = {
        "io": _observe_io,
        "file": _observe_file,
        "call": _observe_call,
        "unittest": _observe_unittest,
    }


def _input(prompt: object = "", /) -> str:
    """`input()`, but for the prompt: a test types its lines, and what counts is what is printed beside questions."""
    str(prompt)
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")


_input.__name__ = _input.__qualname__ = "input"


def _compiled(source: str, mode: str) -> Any:
    return compile(source, _SETUP, mode, dont_inherit=True)


def _structure_of(files: Files, entry: str) -> Structure:
    if entry not in files:
        return {"uses": [], "syntaxError": {"message": f"There is no file named {entry}.", "line": None}}
    return read_structure(files[entry].decode("utf-8-sig", "replace"))


def _text_in(path: str) -> str | None:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return file.read(MAX_FILE_BYTES).decode()
    except (OSError, ValueError):
        return None
