"""A clock that jumps, for the gunicorn that serves this module as its application: `CLOCK_FILE` holds the seconds."""

from __future__ import annotations

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import time_machine

LOOK_EVERY_S = 0.5


class Clock:
    """Right at first. `application` and `environment` are what a node is started with to go by it."""

    application = "benchmarks.faults.clock:application()"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.environment = {"CLOCK_FILE": str(self._file)}
        self.set_off(timedelta(0))

    def set_off(self, by: timedelta) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(str(by.total_seconds()))
        new.replace(self._file)


def application() -> object:
    """The site, in a process whose clock is off by what the file says."""
    from codeplatform.wsgi import application

    threading.Thread(target=_follow, args=(Path(os.environ["CLOCK_FILE"]),), daemon=True).start()
    return application


def _follow(file: Path) -> None:
    off_s, journey = 0.0, None
    while True:
        wanted_s = float(file.read_text())
        if wanted_s != off_s:
            if journey:
                journey.stop()
            journey = time_machine.travel(time_machine.escape_hatch.time.time() + wanted_s, tick=True)
            journey.start()
            off_s = wanted_s
        time.sleep(LOOK_EVERY_S)
