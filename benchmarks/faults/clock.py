"""A clock that jumps, for the processes that are started with its environment: libfaketime."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path


class Clock:
    """Right at first. Raises RuntimeError where libfaketime is not installed."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        library = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
        if library is None:
            raise RuntimeError("This needs libfaketime: apt-get install libfaketime")
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            # Read at each question; and how long something takes is measured as ever.
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.set_off(timedelta(0))

    def set_off(self, by: timedelta) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"{by.total_seconds():+.0f}s\n")
        new.replace(self._file)
