"""A browser that gets a processor only for a part of the time: all its processes, workers and threads alike.

Chromium's own Emulation.setCPUThrottlingRate slows the main thread of a page and no worker. It would slow a page that
runs Python on its main thread and spare one that runs it in a worker, as ours does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.distribution import BASE_DIR

# Short against what is measured, long against what a signal to some ten processes takes.
PERIOD_S = 0.02


@contextmanager
def slow_processor(profile: str, factor: float) -> Iterator[None]:
    """Slow the browser of this user data directory so many times, 1 being its own speed. Needs Linux."""
    if factor == 1:
        yield
    else:
        with hold_back(_group_of(profile), factor):
            yield


@contextmanager
def hold_back(group: int, factor: float) -> Iterator[None]:
    """Stop all processes of a group for all but one `factor`th of the time."""
    command = [sys.executable, "-m", "benchmarks.slow_processor", str(group), str(factor)]
    with subprocess.Popen(command, cwd=BASE_DIR) as slowing:
        try:
            yield
        finally:
            slowing.terminate()


def processes_of(profile: str) -> list[int]:
    """The browser's first process of this user data directory, and all that come of it."""
    group = _group_of(profile)
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == group:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _group_of(profile: str) -> int:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in arguments and "--type=" not in arguments:
            return os.getpgid(int(entry.name))
    raise RuntimeError(f"No browser runs on {profile}.")


def _stop_and_go(group: int, factor: float) -> None:
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    try:
        while not stopping and os.getppid() != 1:
            os.killpg(group, signal.SIGSTOP)
            time.sleep(PERIOD_S * (1 - 1 / factor))
            os.killpg(group, signal.SIGCONT)
            time.sleep(PERIOD_S / factor)
    except ProcessLookupError:
        return
    os.killpg(group, signal.SIGCONT)


if __name__ == "__main__":
    _stop_and_go(int(sys.argv[1]), float(sys.argv[2]))
