"""Other programs that bytes go through: pg_dump, pg_restore, psql, age, gpg."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from codeplatform.backup.refusal import Refused


def find_program(name: str, package: str) -> str:
    """The path of a program. Raises Refused, and names the package to install."""
    path = shutil.which(name)
    if path is None:
        raise Refused(f"{name} is not installed: apt-get install {package}.")
    return path


class Running:
    """A program at work. `complaint()` is what it wrote to standard error, once it has ended."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self.process = process
        self._errors = errors

    @property
    def stdin(self) -> IO[bytes]:
        assert self.process.stdin is not None  # noqa: S101 - asked for with a pipe
        return self.process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        assert self.process.stdout is not None  # noqa: S101 - asked for with a pipe
        return self.process.stdout

    def failed(self) -> bool:
        """Whether it came to a bad end, for which it is waited."""
        return self.process.wait() != 0

    def last_words(self) -> str:
        """The complaint of one that stopped taking input, for whose end it is waited."""
        self.process.wait()
        return self.complaint()

    def complaint(self) -> str:
        self._errors.seek(0)
        lines = [line.strip() for line in self._errors.read().decode(errors="replace").splitlines() if line.strip()]
        return " ".join(lines[:3]).rstrip(".") or f"it ended with {self.process.returncode}"


@contextmanager
def running(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | int | None = subprocess.DEVNULL,
    stdout: IO[bytes] | int | None = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """The program, which has ended when the block is left: by itself, or killed where the block raises."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - a list of words, no shell
            command, stdin=stdin, stdout=stdout, stderr=errors, env={**os.environ, **(environment or {})}
        )
        try:
            yield Running(process, errors)
            _close(process.stdin)
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            _close(process.stdin)
            _close(process.stdout)
            process.wait()


def _close(pipe: IO[bytes] | None) -> None:
    # Where the program is gone, its end is looked at, not this.
    with suppress(BrokenPipeError):
        if pipe:
            pipe.close()
