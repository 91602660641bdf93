"""Plays programs against tests in plain CPython and writes down what a worker would report of them.

Run as a program: `python player.py JOBS OBSERVATIONS`, both JSON. A job is {"files": {path: base64}, "entry", "tests"}.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import io
import json
import os
import signal
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from frontend.static.python.checking.structure import read_structure
from frontend.static.python.checking.values import encode

Job = dict[str, Any]
Test = dict[str, Any]


class OutOfTimeError(BaseException):
    pass


def observe(job: Job, test: Test) -> dict[str, Any]:
    files = {path: base64.b64decode(content) for path, content in job["files"].items()}
    if test["kind"] == "structure":
        return dict(read_structure(files[job["entry"]].decode()))
    files |= {path: text.encode() for path, text in test["files"].items()}
    with tempfile.TemporaryDirectory() as folder, program(files, folder, test["input"]) as space:
        return OBSERVERS[test["kind"]](space, files[job["entry"]], test)


@contextlib.contextmanager
def program(files: dict[str, bytes], folder: str, typed: str) -> Iterator[dict[str, Any]]:
    """A folder with the files, and a fresh `__main__` whose input() is answered by the lines typed."""
    for path, content in files.items():
        target = Path(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    lines = iter(typed.removesuffix("\n").split("\n") if typed else [])
    before, asked, modules = os.getcwd(), builtins.input, set(sys.modules)
    os.chdir(folder)
    sys.path.insert(0, folder)
    builtins.input = lambda prompt="": _line(lines)  # type: ignore[assignment]
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield sys.modules["__main__"].__dict__
    finally:
        sys.modules["__main__"] = main
        for name in set(sys.modules) - modules:
            if getattr(sys.modules[name], "__file__", None) and sys.modules[name].__file__.startswith(folder):  # type: ignore[union-attr]
                del sys.modules[name]
        builtins.input = asked
        sys.path.remove(folder)
        os.chdir(before)


def _line(lines: Iterator[str]) -> str:
    try:
        return next(lines)
    except StopIteration:
        raise EOFError("EOF when reading a line") from None


def ended(step: Callable[[], object], seconds: int) -> dict[str, Any]:
    """How a step ended: its printed text, its error, and whether its time was up."""
    printed = io.StringIO()
    error, is_late = None, False
    signal.signal(signal.SIGALRM, _end)
    signal.alarm(seconds)
    try:
        with contextlib.redirect_stdout(printed):
            step()
    except OutOfTimeError:
        is_late = True
    except SystemExit:
        pass
    except BaseException as problem:  # noqa: BLE001 - the program's own
        error = {"type": type(problem).__name__, "message": str(problem), "line": None}
    finally:
        signal.alarm(0)
    return {"stdout": printed.getvalue(), "error": error, "timedOut": is_late}


def _end(*_: object) -> None:
    raise OutOfTimeError


def _run(space: dict[str, Any], source: bytes) -> None:
    exec(compile(source, "main.py", "exec"), space)  # noqa: S102 - an exercise's own program


def _observe_io(space: dict[str, Any], source: bytes, test: Test) -> dict[str, Any]:
    return ended(lambda: _run(space, source), test["time_limit_s"])


def _observe_file(space: dict[str, Any], source: bytes, test: Test) -> dict[str, Any]:
    ending = ended(lambda: _run(space, source), test["time_limit_s"])
    path = Path(test["path"])
    return ending | {"content": path.read_bytes().decode() if path.is_file() else None}


def _observe_call(space: dict[str, Any], source: bytes, test: Test) -> dict[str, Any]:
    nothing = {"returned": None, "raised": None, "leaves": {}}
    ending = ended(lambda: _run(space, source), test["time_limit_s"])
    if ending["error"] is None:
        ending = ended(lambda: exec(test["setup"], space), test["time_limit_s"])  # noqa: S102 - the test's own
    if ending["error"] is not None:
        return ending | nothing
    returned: list[object] = []
    ending = ended(lambda: returned.append(eval(test["call"], space)), test["time_limit_s"])  # noqa: S307 - the test's own
    error = ending["error"]
    return {
        **ending,
        "error": None,
        "raised": error and {"type": error["type"], "message": error["message"]},
        "returned": encode(returned[0]) if returned else None,
        "leaves": {name: encode(space[name]) for name in test["leaves"] if name in space},
    }


OBSERVERS = {"io": _observe_io, "file": _observe_file, "call": _observe_call}


def main(jobs: str, observations: str) -> None:
    seen = [[observe(job, test) for test in job["tests"]] for job in json.loads(Path(jobs).read_text())]
    Path(observations).write_text(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
