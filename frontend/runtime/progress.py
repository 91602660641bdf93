"""What the operator sees while a build runs: a bar that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper

_BAR_WIDTH = 30
_REDRAW_S = 0.1


class Progress:
    """Writes the build's progress to `stream`."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self.is_terminal = stream.isatty()
        self._drawn_at = 0.0
        self._is_bar_open = False

    def say(self, line: str) -> None:
        """Write one line."""
        self._close_bar()
        self._stream.write(line)
        self._stream.flush()

    def bar(self, label: str, done: int, total: int) -> None:
        """Show `done` of `total` bytes on a terminal; elsewhere one line when all is there."""
        if not self.is_terminal:
            if done >= total:
                self.say(f"  {label}: {_megabytes(done)}")
            return
        if done < total and time.monotonic() - self._drawn_at < _REDRAW_S:
            return
        filled = _BAR_WIDTH * done // total if total else _BAR_WIDTH
        figures = f"{_megabytes(done)} of {_megabytes(total)}"
        self._stream.write(f"\r\x1b[K  [{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] {figures} {label}", ending="")
        self._stream.flush()
        self._drawn_at = time.monotonic()
        self._is_bar_open = True
        if done >= total:
            self._close_bar()

    def _close_bar(self) -> None:
        if self._is_bar_open:
            self._stream.write("")
            self._is_bar_open = False


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
