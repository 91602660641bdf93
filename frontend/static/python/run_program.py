"""Runs one program of a project and reports how it ended. The worker calls this; it knows nothing of the browser."""

from __future__ import annotations

import builtins
import gc
import getpass
import io
import os
import sys
import time
import types
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, NotRequired, Protocol, TypedDict

from . import figures
from .adaptations import Surroundings, adaptations
from .after_import import AfterImport
from .fresh_state import FreshState
from .limits.missing_modules import MissingModuleFinder
from .limits.shadowing import shadowing_files
from .package_imports import LatePackageFinder, packages_for
from .program_input import Answers, open_console_input
from .project_folder import Changes, ProjectFolder
from .tracebacks import ErrorReport, remember_sources, report_error

ROOT = "/project"


class Host(Surroundings, Protocol):
    """What the worker provides."""

    def read_line(self, hidden: bool) -> str | None:
        """One line typed by the person, without its end; None at the end of input. Raises KeyboardInterrupt.

        `hidden`: what is typed cannot be read by others.
        """

    def show_typed(self, text: str) -> None:
        """Show text in the console as if it had been typed there."""

    def sleep(self, seconds: float) -> None:
        """Wait without keeping the processor busy; returns early when Stop was pressed."""

    def load_packages(self, names: list[str]) -> None:
        """Install packages, waiting until they are there. Raises ImportError where that is not possible."""

    def is_stopping(self) -> bool:
        """Whether the person has pressed Stop in this run."""


class Report(TypedDict):
    """How a run ended. `outcome`: ok, error, exit (with `code`), or stopped."""

    outcome: str
    code: NotRequired[int]
    error: NotRequired[ErrorReport]


class Ending(NamedTuple):
    """What a run left: its report and the files it changed."""

    report: Report
    changes: Changes


class ProgramRunner:
    """One worker's Python: prepares the folder and a fresh state, runs programs one after the other."""

    def __init__(self, host: Host, package_of: Mapping[str, str], root: str = ROOT) -> None:
        self._host = host
        self._package_of = package_of
        self._folder = ProjectFolder(root)
        self.root = root
        figures.use(host.show_png)
        self._late_packages = LatePackageFinder(package_of, host.load_packages)
        self._late_packages.install()
        self._missing_modules = MissingModuleFinder(root, package_of)
        self._missing_modules.install()
        AfterImport(root, adaptations(host)).install()
        self._wait_patiently()
        self._answers = Answers(host)
        getpass.getpass = self._answers.getpass
        self._state = FreshState(root)
        self.main = types.ModuleType("__main__")

    def packages_needed(self, files: Mapping[str, bytes], entry: str) -> list[str]:
        """The packages to load before the run."""
        return packages_for(entry, _sources(files), self._package_of)

    def shadowing_files(self, files: Mapping[str, bytes]) -> list[str]:
        """The files whose name an import may take for that of a library: worth a word before the run."""
        return shadowing_files(files, self._package_of)

    def run(self, files: dict[str, bytes], entry: str, prepared_input: str | None = None) -> Ending:
        """Run `entry` in a clean folder with fresh globals; what the program prints goes to file descriptors 1 and 2.

        The lines of `prepared_input`, when given, answer the first calls of `input()`. No error of the program leaves
        this method.
        """
        self.begin(files, entry, prepared_input)
        ends = (sys.stdout, sys.stderr)
        report = self._report(self.execute)
        if report["outcome"] in {"ok", "exit"}:
            late = self._report(figures.show_open_figures)
            report = report if late["outcome"] == "ok" else late
        self._report(self.forget)
        sys.stdout, sys.stderr = ends
        if "error" in report:
            _print_quietly(report["error"]["traceback"])
        for stream in ends:
            _flush_quietly(stream)
        self._report(figures.forget_figures)
        return Ending(report, self._folder.changes())

    def begin(
        self, files: dict[str, bytes], entry: str, prepared_input: str | None = None, *, has_person: bool = True
    ) -> None:
        """Make the folder, the interpreter and `main` as a program finds them; `execute` is next.

        Without a person input ends with the lines of `prepared_input`, and nothing of them is shown.
        """
        self._folder.fill(files)
        self._state.restore()
        self._late_packages.start_run()
        self._missing_modules.start_run(files)
        remember_sources(self.root, _sources(files))
        sys.argv = [entry]
        self._answers.prepare(prepared_input, has_person=has_person)
        sys.stdin = open_console_input(self._answers.read_line)
        sys.stdout, sys.stderr = _open_output(1), _open_output(2)
        self._entry = entry, files.get(entry)
        self.main = types.ModuleType("__main__")
        self.main.__file__ = f"{self.root}/{entry}"
        self.main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = self.main

    def execute(self) -> None:
        """Run the program. What it raises is raised."""
        entry, content = self._entry
        if content is None:
            raise FileNotFoundError(f"There is no file named {entry} to run.")
        try:
            exec(compile(content, f"{self.root}/{entry}", "exec", dont_inherit=True), self.main.__dict__)  # nosec B102 # noqa: S102 - the student's program
        finally:
            # First of all, for a tracer of the program would see every function of ours.
            sys.settrace(None)
            sys.setprofile(None)
            self.regain_control()

    def regain_control(self) -> None:
        """Let our own code run as it should once code of the program has run."""
        self._state.regain_control()

    def forget(self) -> None:
        """Let the program's objects end with it; what their destructors print is still its own."""
        self.main = sys.modules["__main__"] = types.ModuleType("__main__")
        gc.collect()

    def is_worn(self) -> bool:
        """Whether the last run left something that the next one would feel: this Python is then of no more use."""
        return self._state.is_worn()

    def _report(self, step: Callable[[], None]) -> Report:
        try:
            step()
        except SystemExit as end:
            return _report_exit(end.code)
        except KeyboardInterrupt as error:
            if self._host.is_stopping():
                return {"outcome": "stopped"}
            return {"outcome": "error", "error": report_error(error, self.root)}
        except BaseException as error:  # noqa: BLE001 - whatever a program raises ends its run, not the worker
            return {"outcome": "error", "error": report_error(error, self.root)}
        return {"outcome": "ok"}

    def _wait_patiently(self) -> None:
        def sleep(seconds: float, /) -> None:
            """Wait for the given number of seconds; Stop ends it at once."""
            if not isinstance(seconds, (int, float)) and not hasattr(seconds, "__float__"):
                raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as a number of seconds")
            if not seconds >= 0:
                raise ValueError("sleep length must be non-negative")
            _flush_quietly(sys.stdout)
            self._host.sleep(float(seconds))

        time.sleep = sleep


def _sources(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: content.decode("utf-8", "replace") for path, content in files.items() if path.endswith(".py")}


def _open_output(descriptor: int) -> io.TextIOWrapper:
    # Line by line, as in a terminal; a character that cannot be encoded is shown escaped instead of ending the run.
    return open(  # noqa: SIM115 - lives as long as the run
        descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )


def _report_exit(code: Any) -> Report:
    if code is None or code == 0:
        return {"outcome": "exit", "code": 0}
    if isinstance(code, int):
        return {"outcome": "exit", "code": code}
    _print_quietly(f"{code}\n")
    return {"outcome": "exit", "code": 1}


def _print_quietly(text: str) -> None:
    try:
        if isinstance(sys.stdout, io.TextIOBase):
            _flush_quietly(sys.stdout)
        os.write(2, text.encode("utf-8", "backslashreplace"))
    except OSError:
        return


def _flush_quietly(stream: Any) -> None:
    try:
        stream.flush()
    except (ValueError, OSError):
        return
