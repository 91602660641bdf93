"""How the methods of a unittest file fared, one by one."""

from __future__ import annotations

import types
import unittest
from typing import Any, TypedDict

MAX_MESSAGE = 2_000


class Result(TypedDict):
    """One test method: `Class.test_name`, passed, failed or error, and a sentence where it did not pass."""

    name: str
    outcome: str
    message: str


def results_of(source: str, path: str) -> list[Result]:
    """Run the test classes of `source`, which stands in the file `path`. What the file itself raises is raised."""
    module = types.ModuleType("tests_of_exercise")
    module.__file__ = path
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)  # nosec B102 # noqa: S102 - the exercise's own tests
    results = _Results()
    unittest.TestLoader().loadTestsFromModule(module).run(results)
    return list(results.seen.values())


class _Results(unittest.TestResult):
    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, Result] = {}

    def addSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802 - unittest's own name, and those below
        self._keep(test, "passed", None)

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        self._keep(test, "failed", err[1])

    def addError(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        self._keep(test, "error", err[1])

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:  # noqa: N802
        if err is not None:
            self._keep(test, "failed" if issubclass(err[0], test.failureException) else "error", err[1])

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:  # noqa: N802
        self._keep(test, "failed", f"skipped: {reason}")

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802
        self._keep(test, "failed", "it passed, and was expected to fail")

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        self._keep(test, "passed", None)

    def _keep(self, test: unittest.TestCase, outcome: str, problem: object) -> None:
        name = ".".join(test.id().split(".")[-2:])
        # Of several subtests the first that fails speaks for the method.
        if self.seen.get(name, {"outcome": "passed"})["outcome"] == "passed":
            self.seen[name] = {"name": name, "outcome": outcome, "message": _words(problem)}


def _words(problem: object) -> str:
    if problem is None or isinstance(problem, str):
        return problem or ""
    try:
        text = str(problem)
    except Exception:  # noqa: BLE001 - the program's own exception
        text = ""
    name = type(problem).__name__
    told = text if isinstance(problem, AssertionError) and text else f"{name}: {text}" if text else name
    return told[:MAX_MESSAGE]
