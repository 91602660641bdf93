"""Puts programs to tests in a process of its own: `python -m frontend.tests.python.check_player <script.json>`."""

from __future__ import annotations

import base64
import os
import sys
import tempfile
from json import dumps, loads
from pathlib import Path

from frontend.static.python.checking.run_test import TestRunner
from frontend.static.python.run_program import ProgramRunner
from frontend.tests.python.player import ScriptedHost


class FilePrinter:
    """Descriptor 1 is a file; what was not read of it yet is what has been printed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._read = 0
        os.dup2(self._file.fileno(), 1)

    def take_output(self) -> str:
        size = os.fstat(1).st_size
        printed = os.pread(1, size - self._read, self._read)
        self._read = size
        return printed.decode()


def main(script_path: str) -> None:
    script = loads(Path(script_path).read_text())
    printer = FilePrinter()
    programs = ProgramRunner(ScriptedHost([], Path(script_path).parent), {}, script["root"])
    tests = TestRunner(programs, printer)
    observations = []
    for files, test in script["checks"]:
        given = {path: base64.b64decode(content) for path, content in files.items()}
        observations.append(loads(tests.observe(given, "main.py", dumps(test))) | {"worn": programs.is_worn()})
    Path(script_path).with_name("observations.json").write_text(dumps(observations))


if __name__ == "__main__":
    main(sys.argv[1])
